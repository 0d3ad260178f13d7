import { useMemo, useState } from "preact/hooks";
import type { FromModelPanel, KernelPlanes, TensorSummary } from "../../../src/protocol/modelPanel.js";
import { count } from "../../shared/format.js";
import { ImageGrid } from "../../shared/imageGrid.js";
import { memo } from "../../shared/memo.js";
import { NumberGrid } from "../../shared/numberGrid.js";
import { Ramp } from "../../shared/ramp.js";
import { Pager } from "./pager.js";
import { kernelsIn, matrixOf, planeOf, scaleOf, tilesAtChannel, tilesOfKernel } from "./planes.js";

export const KERNELS_AT_ONCE = 64;
const TILE = 33;
const MATRIX = 340;
/** Wider kernels have no grid of numbers: it would not fit beside them. */
const WIDEST_GRID = 9;

interface Props {
  readonly planes: KernelPlanes;
  readonly summary: TensorSummary | undefined;
  readonly name: string;
  readonly post: (message: FromModelPanel) => void;
}

/** Kernels at one input channel, then the chosen one at all channels; choosing in one row turns the other. */
export const Kernels = memo(({ planes, summary, name, post }: Props) => {
  const [chosen, setChosen] = useState({ kernel: planes.first, channel: 0 });
  const scale = useMemo(() => scaleOf(planes, summary), [planes, summary]);
  const kernel = Math.min(Math.max(chosen.kernel, planes.first), planes.first + kernelsIn(planes) - 1);
  const tiles = useMemo(
    () => (planes.height * planes.width === 1 ? matrixOf(planes, scale) : tilesAtChannel(planes, chosen.channel, scale)),
    [planes, scale, chosen.channel],
  );
  const across = useMemo(() => tilesOfKernel(planes, kernel, scale), [planes, scale, kernel]);
  const isMatrix = planes.height * planes.width === 1;
  const title = isMatrix
    ? `${count(kernelsIn(planes))} kernels down, ${count(planes.channels)} channels across`
    : `${count(planes.kernels)} kernels${planes.channels === 1 ? "" : `, channel ${chosen.channel}`}`;
  return (
    <div class="kernels">
      <div class="bar">
        <span class="small quiet">{title}</span>
        <span class="push" />
        <Ramp scale={scale} />
      </div>
      <ImageGrid
        tiles={tiles}
        chosen={isMatrix ? 0 : kernel - planes.first}
        size={isMatrix ? MATRIX : TILE}
        label={`${name}: ${title}`}
        nameOf={(index) => (isMatrix ? title : `kernel ${planes.first + index}`)}
        onChoose={(index) => !isMatrix && setChosen({ ...chosen, kernel: planes.first + index })}
        onPoint={() => undefined}
      />
      {planes.kernels > KERNELS_AT_ONCE ? (
        <Pager
          what="kernels"
          first={planes.first}
          count={kernelsIn(planes)}
          total={planes.kernels}
          page={KERNELS_AT_ONCE}
          onGo={(first) => post({ type: "kernels", tensor: planes.tensor, first, count: KERNELS_AT_ONCE })}
        />
      ) : null}
      {isMatrix || planes.channels === 1 ? null : (
        <>
          <h3 class="small quiet">{`Kernel ${kernel}, ${count(planes.channels)} channels`}</h3>
          <ImageGrid
            tiles={across}
            chosen={chosen.channel}
            size={TILE}
            label={`${name}: kernel ${kernel}`}
            nameOf={(channel) => `kernel ${kernel}, channel ${channel}`}
            onChoose={(channel) => setChosen({ kernel, channel })}
            onPoint={() => undefined}
          />
        </>
      )}
      {isMatrix || planes.width > WIDEST_GRID ? null : (
        <>
          <h3 class="small quiet">{`Kernel ${kernel}${planes.channels === 1 ? "" : `, channel ${chosen.channel}`}`}</h3>
          <NumberGrid
            values={planeOf(planes, kernel, chosen.channel)}
            columns={planes.width}
            scale={scale}
            label={`Kernel ${kernel} at channel ${chosen.channel}, ${planes.height} by ${planes.width} weights`}
          />
        </>
      )}
    </div>
  );
});
