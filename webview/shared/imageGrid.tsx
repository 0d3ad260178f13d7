import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import type { TileSet } from "../../src/protocol/trainingPanel.js";
import { useTheme, useWidth } from "./hooks.js";
import { drawTiles, layOut, prepare, type TileLayout, tileAt } from "./pixels.js";
import { moved } from "./roving.js";

interface Props {
  readonly tiles: TileSet;
  readonly chosen: number;
  readonly label: string;
  /** What a tile is called: "filter 3". */
  readonly nameOf: (index: number) => string;
  readonly onChoose: (index: number) => void;
  /** The tile under the pointer, undefined when it leaves. */
  readonly onPoint: (index: number | undefined) => void;
  /** About how wide a tile is, in CSS pixels. */
  readonly size: number;
}

const GAP = 6;
/** Room for the mark around a chosen tile at the edge. */
const MARGIN = 3;

/** Tiles on one canvas: one tab stop with arrow keys inside. Only rows in sight are drawn. */
export function ImageGrid({ tiles, chosen, label, nameOf, onChoose, onPoint, size }: Props) {
  const [host, width] = useWidth<HTMLDivElement>();
  const canvas = useRef<HTMLCanvasElement>(null);
  const theme = useTheme();
  const layout = layOut(tiles, size, GAP, Math.max(0, width - 2 * MARGIN));
  const draw = () => {
    if (canvas.current === null || width === 0) return;
    paint(canvas.current, tiles, layout, chosen, theme);
  };
  const latest = useRef(draw);
  latest.current = draw;
  useLayoutEffect(draw, [tiles, width, chosen, theme, size]);
  useEffect(() => onView(() => latest.current()), []);

  const under = (event: PointerEvent | MouseEvent) => tileUnder(layout, tiles.count, event.offsetX - MARGIN, event.offsetY - MARGIN);
  const id = label.replaceAll(/\W+/g, "-");
  return (
    <div ref={host} class="grid-host">
      <div
        class="image-grid"
        role="listbox"
        aria-label={label}
        tabIndex={0}
        aria-activedescendant={`${id}-${chosen}`}
        onKeyDown={(event) => {
          const to = moved(event.key, chosen, tiles.count, layout.columns);
          if (to === undefined) return;
          event.preventDefault();
          onChoose(to);
        }}
        onPointerMove={(event) => onPoint(under(event))}
        onPointerLeave={() => onPoint(undefined)}
        onClick={(event) => {
          const index = under(event);
          if (index !== undefined) onChoose(index);
        }}
      >
        <canvas ref={canvas} aria-hidden="true" />
        <span class="sr" role="option" id={`${id}-${chosen}`} aria-selected="true" aria-posinset={chosen + 1} aria-setsize={tiles.count}>
          {nameOf(chosen)}
        </span>
      </div>
    </div>
  );
}

function paint(canvas: HTMLCanvasElement, tiles: TileSet, layout: TileLayout, chosen: number, theme: ReturnType<typeof useTheme>): void {
  const pitch = layout.height + layout.gap;
  const context = prepare(
    canvas,
    layout.columns * (layout.width + layout.gap) - layout.gap + 2 * MARGIN,
    layout.rows * pitch - layout.gap + 2 * MARGIN,
  );
  if (context === null) return;
  context.translate(MARGIN, MARGIN);
  const top = canvas.getBoundingClientRect().top;
  const firstRow = Math.max(0, Math.floor(-top / pitch));
  const endRow = Math.min(layout.rows, Math.ceil((innerHeight - top) / pitch) + 1);
  drawTiles(context, tiles, layout, theme.hairline, firstRow * layout.columns, Math.min(endRow * layout.columns, tiles.count));
  const [x, y] = tileAt(layout, chosen);
  context.strokeStyle = theme.focus;
  context.lineWidth = 2;
  context.strokeRect(x - 2, y - 2, layout.width + 4, layout.height + 4);
}

function tileUnder(layout: TileLayout, count: number, x: number, y: number): number | undefined {
  const column = Math.floor(x / (layout.width + layout.gap));
  const row = Math.floor(y / (layout.height + layout.gap));
  const index = row * layout.columns + column;
  return x >= 0 && y >= 0 && column < layout.columns && index < count ? index : undefined;
}

/** Calls back when other rows may have come into sight. */
function onView(callback: () => void): () => void {
  addEventListener("scroll", callback, { passive: true, capture: true });
  addEventListener("resize", callback);
  return () => {
    removeEventListener("scroll", callback, { capture: true });
    removeEventListener("resize", callback);
  };
}
