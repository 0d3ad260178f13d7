import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { useSize } from "../../shared/hooks.js";
import { prepare } from "../../shared/pixels.js";
import { onThemeChange } from "../../shared/theme.js";
import { firstZoom, fitting, stepped, zoomedByKey, zoomedByWheel } from "../zoom.js";
import { movedTo } from "./moves.js";
import { type Marks, Painter } from "./paint.js";
import { readPalette } from "./palette.js";
import { Ruler } from "./ruler.js";
import { nodeAt, nodeOf, type Scene, vertexOf } from "./scene.js";
import { extent, originOf, placeAt, scrollTo, scrollToVertex, type Viewport } from "./viewport.js";

interface Props {
  readonly scene: Scene;
  readonly marks: Omit<Marks, "pointed">;
  /** Undefined until the user chose one. */
  readonly chosenZoom: number | undefined;
  readonly onZoom: (zoom: number) => void;
  readonly onSelect: (node: number) => void;
  /** Another number: the selected node should come into sight. */
  readonly revealed: number;
  /** What a node is called; -1 is the model's input. */
  readonly nameOf: (node: number) => string;
}

const DRAG = 4;
const INPUT_NODE = -1;

/** The drawing, as far as it is in sight. One tab stop; arrow keys follow the edges. */
export function GraphView({ scene, marks, chosenZoom, onZoom, onSelect, revealed, nameOf }: Props) {
  const [scroller, size] = useSize<HTMLDivElement>();
  const canvas = useRef<HTMLCanvasElement>(null);
  const zoom = chosenZoom ?? firstZoom(scene, size);
  const painter = usePainter();
  const [pointed, setPointed] = useState<number>();
  const viewport = (): Viewport => ({
    ...size,
    zoom,
    scrollLeft: scroller.current?.scrollLeft ?? 0,
    scrollTop: scroller.current?.scrollTop ?? 0,
  });
  const move = ({ left, top }: { readonly left: number; readonly top: number }) => {
    if (scroller.current === null) return;
    scroller.current.scrollLeft = left;
    scroller.current.scrollTop = top;
  };

  const draw = () => {
    if (canvas.current === null || size.width === 0) return;
    const context = prepare(canvas.current, size.width, size.height);
    if (context === null) return;
    const view = viewport();
    const origin = originOf(scene, view);
    const from = placeAt(scene, view, 0, 0);
    const to = placeAt(scene, view, size.width, size.height);
    context.translate(origin.x, origin.y);
    painter.paint(context, scene, { left: from.x, top: from.y, right: to.x, bottom: to.y, zoom }, { ...marks, pointed });
  };
  const held = useAnchor(zoom, (anchor) => move(scrollTo(scene, viewport(), anchor.place, anchor.x, anchor.y)));
  const zoomTo = (next: number, x = size.width / 2, y = size.height / 2) => {
    if (next === zoom) return;
    held.current = { x, y, place: placeAt(scene, viewport(), x, y) };
    onZoom(next);
  };
  const { selected } = marks;
  const known = size.width > 0;
  useLayoutEffect(() => {
    if (known) move(scrollToVertex(scene, viewport(), vertexOf(selected ?? INPUT_NODE), "middle"));
  }, [revealed, known]);
  useLayoutEffect(draw, [scene, marks, zoom, size, painter, pointed]);

  const latest = useRef({ draw, zoomTo, zoom });
  latest.current = { draw, zoomTo, zoom };
  useEffect(() => {
    const target = scroller.current;
    if (target === null) return;
    const onScroll = () => latest.current.draw();
    const onWheel = (event: WheelEvent) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      const box = target.getBoundingClientRect();
      latest.current.zoomTo(zoomedByWheel(event.deltaY, latest.current.zoom), event.clientX - box.left, event.clientY - box.top);
    };
    target.addEventListener("scroll", onScroll, { passive: true });
    target.addEventListener("wheel", onWheel, { passive: false });
    return () => {
      target.removeEventListener("scroll", onScroll);
      target.removeEventListener("wheel", onWheel);
    };
  }, []);

  const under = (event: MouseEvent) => {
    const place = placeAt(scene, viewport(), event.offsetX, event.offsetY);
    return nodeAt(scene, place.x, place.y);
  };
  const drag = useDrag(scroller, (event) => {
    const node = under(event);
    if (node !== undefined) onSelect(node);
  });
  const all = extent(scene, viewport());
  const name = selected === undefined ? "no layer selected" : nameOf(selected);
  return (
    <div class="graph" data-menu="graph">
      <div
        ref={scroller}
        class="graph-scroller"
        role="listbox"
        aria-label="Graph of the layers. Arrow keys follow the edges."
        aria-activedescendant="graph-selected"
        aria-keyshortcuts="ArrowUp ArrowDown ArrowLeft ArrowRight Home End + - 0"
        tabIndex={0}
        onKeyDown={(event) => {
          if (event.ctrlKey || event.metaKey || event.altKey) return;
          const next = zoomedByKey(event.key, zoom);
          const at = vertexOf(selected ?? INPUT_NODE);
          const to = next === undefined ? movedTo(scene.layout, event.key, at) : undefined;
          if (next === undefined && to === undefined) return;
          event.preventDefault();
          if (next !== undefined) zoomTo(next);
          if (to === undefined) return;
          if (nodeOf(to) !== selected) onSelect(nodeOf(to));
          move(scrollToVertex(scene, viewport(), to, "nearest"));
        }}
      >
        <div class="graph-space" style={{ width: `${all.width}px`, height: `${all.height}px` }}>
          <canvas
            ref={canvas}
            aria-hidden="true"
            class={pointed === undefined ? "" : "pointing"}
            title={pointed === undefined ? "" : nameOf(pointed)}
            {...drag}
            onPointerMove={(event) => {
              if (!drag.onPointerMove(event)) setPointed(under(event));
            }}
            onPointerLeave={() => setPointed(undefined)}
          />
        </div>
        <span class="sr" role="option" id="graph-selected" aria-selected={selected !== undefined}>
          {name}
        </span>
      </div>
      <Ruler
        scene={scene}
        marks={marks}
        painter={painter}
        onGo={(y) => move({ left: viewport().scrollLeft, top: y * all.height - size.height / 2 })}
      />
      <div class="graph-zoom">
        <Zoom icon="zoom-out" name="Smaller (-)" onClick={() => zoomTo(stepped(zoom, -1))} />
        <Zoom icon="zoom-in" name="Larger (+)" onClick={() => zoomTo(stepped(zoom, 1))} />
        <Zoom icon="screen-full" name="Fit" onClick={() => zoomTo(fitting(scene, { width: size.width - 32, height: size.height - 32 }))} />
      </div>
    </div>
  );
}

function Zoom({ icon, name, onClick }: { readonly icon: string; readonly name: string; readonly onClick: () => void }) {
  return (
    <button type="button" class="icon-button" title={name} aria-label={name} onClick={onClick}>
      <i class={`codicon codicon-${icon}`} aria-hidden="true" />
    </button>
  );
}

/** What draws, made anew for another theme. */
function usePainter(): Painter {
  const [theme, setTheme] = useState(0);
  useEffect(() => onThemeChange(() => setTheme((n) => n + 1)), []);
  return useMemo(() => new Painter(readPalette()), [theme]);
}

interface Anchor {
  readonly x: number;
  readonly y: number;
  readonly place: { readonly x: number; readonly y: number };
}

/** Keeps the place that was under a point there when the zoom has changed. */
function useAnchor(zoom: number, restore: (anchor: Anchor) => void) {
  const held = useRef<Anchor | undefined>(undefined);
  useLayoutEffect(() => {
    if (held.current !== undefined) restore(held.current);
    held.current = undefined;
  }, [zoom]);
  return held;
}

/** Dragging scrolls a box; a press without a drag is a click. */
function useDrag(scroller: { readonly current: HTMLElement | null }, onClick: (event: PointerEvent) => void) {
  const from = useRef<{ x: number; y: number; readonly moved: boolean } | undefined>(undefined);
  return {
    onPointerDown(event: PointerEvent & { currentTarget: HTMLElement }) {
      if (event.button !== 0 || event.pointerType === "touch") return;
      event.currentTarget.setPointerCapture(event.pointerId);
      from.current = { x: event.clientX, y: event.clientY, moved: false };
    },
    /** Whether it was part of a drag. */
    onPointerMove(event: PointerEvent): boolean {
      const start = from.current;
      if (start === undefined || scroller.current === null) return false;
      const [x, y] = [event.clientX - start.x, event.clientY - start.y];
      if (!start.moved && Math.hypot(x, y) < DRAG) return false;
      scroller.current.scrollLeft -= x;
      scroller.current.scrollTop -= y;
      from.current = { x: event.clientX, y: event.clientY, moved: true };
      return true;
    },
    onPointerUp(event: PointerEvent) {
      const clicked = event.pointerType === "touch" ? event.button === 0 : from.current?.moved === false;
      from.current = undefined;
      if (clicked) onClick(event);
    },
    onPointerCancel() {
      from.current = undefined;
    },
  };
}
