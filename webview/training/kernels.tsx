import { useRef, useState } from "preact/hooks";
import type { LayerRow } from "../../src/protocol/trainer.js";
import type { LayerPicture } from "../../src/protocol/trainingPanel.js";
import { count, fixed, NONE, shape } from "../shared/format.js";
import { ImageGrid } from "../shared/imageGrid.js";
import { memo } from "../shared/memo.js";
import { NumberGrid } from "../shared/numberGrid.js";
import { Ramp } from "../shared/ramp.js";
import { KernelMap } from "./kernelMap.js";
import { channelTiles, factsOfKernel, type KernelForm, kernelAt, kernelForm } from "./kernelNumbers.js";
import type { KernelChoice } from "./saved.js";
import { numbersKey, type TrackedNumbers } from "./state.js";
import { FITTING, zoomed } from "./zoom.js";

interface Props {
  readonly row: LayerRow;
  readonly choice: KernelChoice;
  readonly picture: LayerPicture | undefined;
  readonly numbers: ReadonlyMap<string, TrackedNumbers>;
  readonly tileSize: number;
  readonly onTileSize: (size: number) => void;
  readonly onChoose: (choice: KernelChoice) => void;
  /** The output under the pointer, whose exact numbers are wanted. */
  readonly onPoint: (output: number | undefined) => void;
}

/** The selected layer's kernels. */
export const Kernels = memo((props: Props) => {
  const { row, picture, tileSize, onTileSize } = props;
  const form = kernelForm(row);
  return (
    <>
      <div class="bar">
        <h2>{row.name}</h2>
        <span class="quiet num">{row.kernelShape === undefined ? "no weights" : shape(row.kernelShape)}</span>
        <span class="push" />
        {picture === undefined || form === undefined ? null : (
          <>
            <Ramp scale={picture.scale} />
            <span class="choice">
              <ZoomButton icon="zoom-out" name="Smaller" size={tileSize} to="-" onTileSize={onTileSize} />
              <ZoomButton icon="zoom-in" name="Larger" size={tileSize} to="+" onTileSize={onTileSize} />
            </span>
          </>
        )}
      </div>
      <Body {...props} form={form} />
    </>
  );
});

function ZoomButton(props: {
  readonly icon: string;
  readonly name: string;
  readonly to: "+" | "-";
  readonly size: number;
  readonly onTileSize: (size: number) => void;
}) {
  const size = zoomed(props.to, props.size) ?? props.size;
  return (
    <button
      type="button"
      class="icon-button"
      title={`${props.name} (${props.to}; 0 returns)`}
      aria-label={`${props.name} pictures`}
      disabled={size === props.size}
      onClick={() => props.onTileSize(size)}
    >
      <i class={`codicon codicon-${props.icon}`} aria-hidden="true" />
    </button>
  );
}

function Body({ form, ...props }: Props & { readonly form: KernelForm | undefined }) {
  const { picture, choice } = props;
  if (form === undefined) return <p class="quiet">No weights in this layer. Select one that learns.</p>;
  if (picture?.detail === undefined) return <p class="quiet">Weights appear with the first step.</p>;
  if (form.form === "filters") return <Filters {...props} form={form} picture={picture} />;
  return (
    <KernelMap
      form={form}
      detail={picture.detail}
      zoom={Math.max(1, Math.round(props.tileSize / FITTING))}
      numbersOf={(unit) => props.numbers.get(numbersKey(props.row.name, unit))}
      place={{ unit: choice.output, input: choice.channel }}
      onPlace={({ unit, input }) => props.onChoose({ layer: choice.layer, output: unit, channel: input })}
      onPoint={props.onPoint}
    />
  );
}

type FiltersProps = Props & { readonly form: Extract<KernelForm, { form: "filters" }>; readonly picture: LayerPicture };

/** Filters at one input channel, then the chosen filter at all input channels; choosing in one row turns the other. */
function Filters({ row, form, choice, picture, numbers, tileSize, onChoose, onPoint }: FiltersProps) {
  const [pointed, setPointed] = useState<{ readonly output: number; readonly channel: number }>();
  // The last filter stays until the numbers of the next one are here, so that nothing flashes.
  const last = useRef<TrackedNumbers | undefined>(undefined);
  last.current = numbers.get(numbersKey(row.name, choice.output)) ?? last.current;
  const chosen = last.current;
  const tracked = (pointed && numbers.get(numbersKey(row.name, pointed.output))) ?? chosen;
  const channel = pointed?.channel ?? choice.channel;
  const point = (output: number | undefined, at: number) => {
    setPointed(output === undefined ? undefined : { output, channel: at });
    onPoint(output === choice.output ? undefined : output);
  };
  const detail = picture.detail;
  const first = chosen?.now.first ?? 0;
  const title = `${count(form.outputs)} filters${form.inputs === 1 ? "" : `, input channel ${detail?.channel ?? choice.channel}`}`;
  return (
    <div class="inspect">
      <div>
        <h3 class="small quiet">{title}</h3>
        {detail === undefined ? null : (
          <ImageGrid
            tiles={detail.tiles}
            chosen={choice.output}
            size={tileSize}
            label={title}
            nameOf={(output) => `${row.name} filter ${output}`}
            onChoose={(output) => onChoose({ ...choice, output })}
            onPoint={(output) => point(output, choice.channel)}
          />
        )}
        {form.inputs === 1 || chosen === undefined ? null : (
          <>
            <h3 class="small quiet">
              Filter {chosen.now.output}, {count(form.inputs)} input channels
            </h3>
            <ImageGrid
              tiles={channelTiles(chosen.now, form.width, form.height, picture.scale)}
              chosen={choice.channel - first}
              size={tileSize}
              label={`Filter ${choice.output}, ${form.inputs} input channels`}
              nameOf={(index) => `${row.name} filter ${choice.output}, input channel ${first + index}`}
              onChoose={(index) => onChoose({ ...choice, channel: first + index })}
              onPoint={(index) => point(index === undefined ? undefined : choice.output, first + (index ?? 0))}
            />
          </>
        )}
      </div>
      {tracked === undefined ? null : <Chosen tracked={tracked} form={form} channel={channel} scale={picture.scale} />}
    </div>
  );
}

function Chosen({
  tracked,
  form,
  channel,
  scale,
}: {
  readonly tracked: TrackedNumbers;
  readonly form: FiltersProps["form"];
  readonly channel: number;
  readonly scale: number;
}) {
  const size = form.width * form.height;
  const values = kernelAt(tracked.now, size, channel);
  const facts = factsOfKernel(tracked, size, channel);
  if (values === undefined || facts === undefined) return null;
  const { output, bias } = tracked.now;
  const rows: readonly (readonly [string, string])[] = [
    ["filter", String(output)],
    ["input channel", String(channel)],
    ["bias", bias === undefined ? NONE : fixed(bias, 3)],
    ["mean", fixed(facts.mean, 3)],
    ["norm", fixed(facts.norm, 3)],
    ["change per step", facts.changePerStep === undefined ? NONE : fixed(facts.changePerStep, 4)],
  ];
  return (
    <div class={form.width > 7 ? "chosen dense" : "chosen"}>
      <NumberGrid
        values={values}
        columns={form.width}
        scale={scale}
        label={`Filter ${output} at input channel ${channel}, ${form.height} by ${form.width} weights`}
      />
      <dl class="small">
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt class="quiet">{name}</dt>
            <dd class="num">{value}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
