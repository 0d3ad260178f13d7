import type { Edge } from "../layout/layout.js";
import type { Severity } from "../problems.js";
import { FitText } from "./fitText.js";
import { NEUTRAL, type Palette } from "./palette.js";
import { LANE_PAGE, type Label, NODE_HEIGHT, NODE_WIDTH, nodeOf, ROW_PITCH, type Scene, topOf, vertexOf } from "./scene.js";

/** What is in sight, in units of the drawing. */
export interface Sight {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  /** CSS pixels for a unit. */
  readonly zoom: number;
}

/** What is special about nodes now, by index; -1 is the model's input. */
export interface Marks {
  readonly selected: number | undefined;
  readonly pointed: number | undefined;
  /** All others are dimmed; undefined: none is. */
  readonly found: ReadonlySet<number> | undefined;
  readonly problems: ReadonlyMap<number, Severity>;
}

const BAR = 3;
const PADDING = 11;
const ROOM = NODE_WIDTH - 2 * PADDING;
const DIMMED = 0.28;
/** Below this zoom text is not legible, and boxes take their family's colour. */
const LEGIBLE = 0.45;
const FAR = 0.6;

/** Draws a scene as far as it is in sight. Texts are fitted once, so it lives as long as its palette. */
export class Painter {
  readonly #type: FitText;
  readonly #name: FitText;
  readonly #shape: FitText;

  constructor(readonly palette: Palette) {
    this.#type = new FitText(`13px ${palette.ui}`, ROOM, "end");
    this.#name = new FitText(`11px ${palette.ui}`, ROOM, "start");
    this.#shape = new FitText(`11px ${palette.mono}`, ROOM * 0.6, "end");
  }

  /** The context is in CSS pixels, its origin the drawing's. */
  paint(context: CanvasRenderingContext2D, scene: Scene, sight: Sight, marks: Marks): void {
    const first = Math.max(0, Math.floor(sight.top / ROW_PITCH));
    const last = Math.min(scene.layout.rows.length - 1, Math.floor(sight.bottom / ROW_PITCH));
    context.save();
    context.scale(sight.zoom, sight.zoom);
    context.lineJoin = "round";
    // Upright lines of one pixel are sharp in the middle of one.
    const half = 0.5 / sight.zoom;
    context.translate(half, 0);
    this.#lines(context, scene, sight, first, last);
    if (marks.selected !== undefined) this.#ties(context, scene, vertexOf(marks.selected), sight);
    context.translate(-half, 0);
    for (let rank = first; rank <= last; rank++) {
      for (const vertex of scene.layout.rows[rank] ?? []) {
        const left = (scene.layout.x[vertex] ?? 0) - NODE_WIDTH / 2;
        if (left <= sight.right && left + NODE_WIDTH >= sight.left) this.#box(context, scene, vertex, left, topOf(rank), sight.zoom, marks);
      }
    }
    context.restore();
  }

  #lines(context: CanvasRenderingContext2D, scene: Scene, { zoom, left, right }: Sight, first: number, last: number): void {
    context.beginPath();
    for (let rank = Math.max(0, first - 1); rank <= last; rank++) {
      for (const { from, to } of scene.curves[rank] ?? []) {
        if (Math.max(from, to) >= left && Math.min(from, to) <= right) curve(context, rank, from, to);
      }
    }
    for (let page = Math.floor(first / LANE_PAGE); page <= Math.floor(last / LANE_PAGE); page++) {
      for (const lane of scene.lanes[page] ?? []) {
        const top = Math.max(lane.first, first - 1, page * LANE_PAGE);
        const bottom = Math.min(lane.last, last + 1, (page + 1) * LANE_PAGE - 1);
        // To the next row's top, as the rest of the lane may be the next page's.
        const end = bottom < lane.last ? topOf(bottom + 1) : topOf(bottom) + NODE_HEIGHT;
        if (top > bottom || lane.x < left || lane.x > right) continue;
        context.moveTo(lane.x, topOf(top));
        context.lineTo(lane.x, end);
      }
    }
    context.strokeStyle = this.palette.edge;
    context.lineWidth = 1 / Math.min(1, Math.max(zoom, 0.5));
    context.stroke();
  }

  /** What feeds the selected vertex, and what it feeds. */
  #ties(context: CanvasRenderingContext2D, { layout }: Scene, vertex: number, { zoom }: Sight): void {
    context.beginPath();
    for (const edge of layout.edgesOf(vertex)) trace(context, edge, layout.x, layout.rank);
    context.strokeStyle = this.palette.focus;
    context.lineWidth = 1.75 / Math.min(1, Math.max(zoom, 0.5));
    context.stroke();
  }

  #box(context: CanvasRenderingContext2D, scene: Scene, vertex: number, x: number, y: number, zoom: number, marks: Marks): void {
    const label = scene.labels[vertex];
    if (label === undefined) return;
    const { palette } = this;
    const node = nodeOf(vertex);
    const problem = marks.problems.get(node);
    const legible = zoom >= LEGIBLE;
    context.fillStyle = palette.background;
    context.fillRect(x, y, NODE_WIDTH, NODE_HEIGHT);
    context.globalAlpha = marks.found === undefined || marks.found.has(node) ? 1 : DIMMED;
    if (legible) {
      context.fillStyle = palette.fills[label.family];
      context.fillRect(x, y, NODE_WIDTH, NODE_HEIGHT);
      context.fillStyle = palette.accents[label.family];
      context.fillRect(x, y, BAR, NODE_HEIGHT);
      context.strokeStyle = node === marks.pointed ? palette.lines : palette.border;
      context.lineWidth = 1;
      context.strokeRect(x + 0.5, y + 0.5, NODE_WIDTH - 1, NODE_HEIGHT - 1);
      this.#text(context, label, x, y);
    } else {
      context.globalAlpha *= NEUTRAL.has(label.family) ? FAR / 2 : FAR;
      context.fillStyle = palette.accents[label.family];
      context.fillRect(x, y, NODE_WIDTH, NODE_HEIGHT);
    }
    if (problem !== undefined && problem !== "hint") {
      context.fillStyle = problem === "error" ? palette.error : palette.warning;
      context.beginPath();
      context.arc(x + NODE_WIDTH - 1, y + 1, legible ? 5 : 14, 0, 2 * Math.PI);
      context.fill();
    }
    context.globalAlpha = 1;
    if (node !== marks.selected) return;
    context.strokeStyle = palette.focus;
    context.lineWidth = 2 / Math.min(1, zoom);
    context.strokeRect(x - 1, y - 1, NODE_WIDTH + 2, NODE_HEIGHT + 2);
  }

  #text(context: CanvasRenderingContext2D, label: Label, x: number, y: number): void {
    const { palette } = this;
    const named = label.name !== "";
    const line = named ? y + 17 : y + 25;
    context.font = this.#shape.font;
    const shape = this.#shape.of(context, label.shape);
    // Digits of a monospaced font are equally wide.
    const taken = shape === "" ? 0 : shape.length * 6.7 + 8;
    context.fillStyle = palette.foreground;
    context.textAlign = "right";
    context.fillText(shape, x + NODE_WIDTH - PADDING, line);
    context.textAlign = "left";
    context.font = this.#type.font;
    context.fillText(this.#type.of(context, label.type, taken), x + PADDING, line);
    if (!named) return;
    context.font = this.#name.font;
    context.fillStyle = palette.quiet;
    context.fillText(this.#name.of(context, label.name), x + PADDING, y + 32);
  }
}

/** From the lower side of a row to the upper side of the next. */
function curve(context: CanvasRenderingContext2D, rank: number, from: number, to: number): void {
  const top = topOf(rank) + NODE_HEIGHT;
  const bottom = topOf(rank + 1);
  context.moveTo(from, top);
  if (from === to) context.lineTo(to, bottom);
  else context.bezierCurveTo(from, (top + bottom) / 2, to, (top + bottom) / 2, to, bottom);
}

function trace(context: CanvasRenderingContext2D, { from, to, lanes }: Edge, x: Float64Array, rank: Int32Array): void {
  let at = x[from] ?? 0;
  let row = rank[from] ?? 0;
  for (const lane of lanes) {
    curve(context, row, at, lane.x);
    context.lineTo(lane.x, topOf(lane.last) + NODE_HEIGHT);
    at = lane.x;
    row = lane.last;
  }
  curve(context, row, at, x[to] ?? 0);
}
