import { NODE_HEIGHT, NODE_WIDTH, type Scene, topOf } from "./scene.js";

/** Where the drawing lies in a scrolled box. Everything in CSS pixels but places of the drawing, which are in its units. */
export interface Viewport {
  readonly width: number;
  readonly height: number;
  readonly zoom: number;
  readonly scrollLeft: number;
  readonly scrollTop: number;
}

type Drawing = Pick<Scene, "width" | "height">;

/** Free room around the drawing. */
const MARGIN = 16;
/** Kept between a node that is brought into sight and the edge. */
const CLEAR = 28;

/** What is scrolled: the drawing with its margins, at least as large as the box. */
export function extent(drawing: Drawing, { width, height, zoom }: Viewport): { readonly width: number; readonly height: number } {
  return {
    width: Math.max(width, Math.ceil(drawing.width * zoom) + 2 * MARGIN),
    height: Math.max(height, Math.ceil(drawing.height * zoom) + 2 * MARGIN),
  };
}

/** The drawing's origin as the box is scrolled: a narrow drawing stands in the middle. */
export function originOf(drawing: Drawing, view: Viewport): { readonly x: number; readonly y: number } {
  const x = (extent(drawing, view).width - drawing.width * view.zoom) / 2 - view.scrollLeft;
  // On whole pixels, for sharp lines.
  return { x: Math.round(x), y: Math.round(MARGIN - view.scrollTop) };
}

/** The place of the drawing under a point of the box. */
export function placeAt(drawing: Drawing, view: Viewport, x: number, y: number): { readonly x: number; readonly y: number } {
  const origin = originOf(drawing, view);
  return { x: (x - origin.x) / view.zoom, y: (y - origin.y) / view.zoom };
}

/** How to scroll so that a place of the drawing comes under a point of the box. */
export function scrollTo(drawing: Drawing, view: Viewport, place: { readonly x: number; readonly y: number }, x: number, y: number) {
  const origin = originOf(drawing, { ...view, scrollLeft: 0, scrollTop: 0 });
  return { left: origin.x + place.x * view.zoom - x, top: origin.y + place.y * view.zoom - y };
}

/** How to scroll so that a vertex is in sight: not at all, by as little as can be, or to the middle. */
export function scrollToVertex(
  scene: Scene,
  view: Viewport,
  vertex: number,
  where: "nearest" | "middle",
): { readonly left: number; readonly top: number } {
  const origin = originOf(scene, view);
  const left = origin.x + ((scene.layout.x[vertex] ?? 0) - NODE_WIDTH / 2) * view.zoom;
  const top = origin.y + topOf(scene.layout.rank[vertex] ?? 0) * view.zoom;
  return {
    left: Math.max(0, view.scrollLeft + shift(left, NODE_WIDTH * view.zoom, view.width, where)),
    top: Math.max(0, view.scrollTop + shift(top, NODE_HEIGHT * view.zoom, view.height, where)),
  };
}

function shift(start: number, size: number, room: number, where: "nearest" | "middle"): number {
  const clear = Math.max(0, Math.min(CLEAR, (room - size) / 2));
  const [before, after] = [start - clear, start + size + clear - room];
  if (before >= 0 && after <= 0) return 0;
  if (where === "middle") return start + size / 2 - room / 2;
  return before < 0 ? before : after;
}
