import { useLayoutEffect, useRef } from "preact/hooks";
import type { LayerRow } from "../../src/protocol/trainer.js";
import type { LayerPicture } from "../../src/protocol/trainingPanel.js";
import { tabSeparated } from "../shared/csv.js";
import { count, NONE, shape } from "../shared/format.js";
import { useInSight, useTheme } from "../shared/hooks.js";
import { memo } from "../shared/memo.js";
import { drawTiles, layOut, pictureOf, prepare } from "../shared/pixels.js";
import { moved } from "../shared/roving.js";
import { layersTable } from "./saving.js";

interface Props {
  readonly layers: readonly LayerRow[];
  readonly inputShape: readonly number[] | undefined;
  readonly selected: string | undefined;
  readonly pictures: ReadonlyMap<string, LayerPicture>;
  readonly onSelect: (layer: string) => void;
  readonly onInSight: (layer: string, inSight: boolean) => void;
}

const total = (layers: readonly LayerRow[], of: (row: LayerRow) => number) => layers.reduce((sum, row) => sum + of(row), 0);

/** Every layer with what it makes and costs. One tab stop; arrow keys choose. */
export const Layers = memo(({ layers, inputShape, selected, pictures, onSelect, onInSight }: Props) => {
  const place = Math.max(
    0,
    layers.findIndex(({ name }) => name === selected),
  );
  return (
    <section class="section" data-menu="layers">
      <div class="bar">
        <h2>Layers</h2>
        <span class="push small quiet">{inputShape === undefined ? "channels last" : `${shape(inputShape)} in, channels last`}</span>
      </div>
      <table
        class="layers"
        role="grid"
        aria-label="Layers"
        onCopy={(event) => {
          if (!getSelection()?.isCollapsed) return;
          event.clipboardData?.setData("text/plain", tabSeparated(layersTable({ layers })));
          event.preventDefault();
        }}
        onKeyDown={(event) => {
          const to = moved(event.key, place, layers.length, 1);
          const row = to === undefined || event.key === "ArrowLeft" || event.key === "ArrowRight" ? undefined : layers[to];
          if (row === undefined) return;
          event.preventDefault();
          onSelect(row.name);
          event.currentTarget.querySelectorAll<HTMLElement>("tbody tr")[to ?? 0]?.focus();
        }}
      >
        <thead>
          <tr>
            <th scope="col">Layer</th>
            <th scope="col" class="arguments">
              Arguments
            </th>
            <th scope="col">Output</th>
            <th scope="col" class="n">
              Parameters
            </th>
            <th scope="col" class="n macs">
              Multiply-adds
            </th>
            <th scope="col">Weights</th>
          </tr>
        </thead>
        <tbody>
          {layers.map((row, i) => (
            <Row
              key={row.name}
              row={row}
              selected={i === place && selected !== undefined}
              tabbable={i === place}
              picture={pictures.get(row.name)}
              onSelect={onSelect}
              onInSight={onInSight}
            />
          ))}
        </tbody>
        <tfoot>
          <tr>
            <td>Total</td>
            <td class="arguments" />
            <td />
            <td class="n">{count(total(layers, (row) => row.parameters))}</td>
            <td class="n macs">{count(total(layers, (row) => row.multiplyAdds))}</td>
            <td />
          </tr>
        </tfoot>
      </table>
    </section>
  );
});

interface RowProps {
  readonly row: LayerRow;
  readonly selected: boolean;
  readonly tabbable: boolean;
  readonly picture: LayerPicture | undefined;
  readonly onSelect: (layer: string) => void;
  readonly onInSight: (layer: string, inSight: boolean) => void;
}

/** Most frames move the weights of few rows, and only those are drawn again. */
const Row = memo(({ row, selected, tabbable, picture, onSelect, onInSight }: RowProps) => {
  const numberOr = (value: number) => (value > 0 ? count(value) : <span class="quiet">{NONE}</span>);
  const name = `${row.name}, output ${shape(row.output)}, ${row.parameters > 0 ? `${count(row.parameters)} parameters` : "no parameters"}`;
  const all = `${row.summary === "" ? row.type : row.summary}; ${count(row.multiplyAdds)} multiply-adds`;
  return (
    <tr tabIndex={tabbable ? 0 : -1} aria-selected={selected} aria-label={name} title={all} onClick={() => onSelect(row.name)}>
      <td>{row.name}</td>
      <td class="arguments quiet">{row.summary}</td>
      <td class="num">{shape(row.output)}</td>
      <td class="n">{numberOr(row.parameters)}</td>
      <td class="n macs">{numberOr(row.multiplyAdds)}</td>
      <td>{row.kernelShape === undefined ? null : <Strip picture={picture} onInSight={(inSight) => onInSight(row.name, inSight)} />}</td>
    </tr>
  );
});

const STRIP_WIDTH = 140;
const STRIP_HEIGHT = 22;

/** The first filters of a layer, or the map of a dense one; moves while it trains and is in sight. */
function Strip({ picture, onInSight }: { readonly picture: LayerPicture | undefined; readonly onInSight: (inSight: boolean) => void }) {
  const host = useInSight<HTMLDivElement>(onInSight);
  const canvas = useRef<HTMLCanvasElement>(null);
  const theme = useTheme();
  useLayoutEffect(() => {
    if (canvas.current === null) return;
    const context = prepare(canvas.current, STRIP_WIDTH + 2, STRIP_HEIGHT + 2);
    if (context === null || picture === undefined) return;
    context.translate(1, 1);
    const { strip } = picture;
    if (strip.count > 1 || strip.width === strip.height) {
      const layout = layOut(strip, 20, 4, STRIP_WIDTH);
      context.translate(0, Math.floor((STRIP_HEIGHT - layout.height) / 2));
      drawTiles(context, strip, layout, theme.hairline, 0, Math.min(strip.count, layout.columns));
      return;
    }
    const map = pictureOf(strip.bytes, strip.width, strip.height, "diverging");
    context.imageSmoothingEnabled = false;
    if (map !== undefined) context.drawImage(map, 0, 0, STRIP_WIDTH, STRIP_HEIGHT);
    context.strokeStyle = theme.hairline;
    context.strokeRect(-0.5, -0.5, STRIP_WIDTH + 1, STRIP_HEIGHT + 1);
  }, [picture, theme]);
  return (
    <div ref={host} class="strip">
      <canvas ref={canvas} aria-hidden="true" />
    </div>
  );
}
