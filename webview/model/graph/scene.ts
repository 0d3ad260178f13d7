import type { ModelGraph } from "../../../src/protocol/modelPanel.js";
import type { Family } from "../families.js";
import { familyOf } from "../families.js";
import type { Lane } from "../layout/lanes.js";
import type { Edge, Layout } from "../layout/layout.js";
import { layOut } from "../layout/layout.js";
import { outputText, shapeText } from "../text.js";

/** Sizes of the drawing, in CSS pixels at zoom 1. */
export const NODE_WIDTH = 208;
export const NODE_HEIGHT = 40;
export const ROW_PITCH = 68;
const SPACING = { width: NODE_WIDTH, gap: 24, lane: 12 };

/** What stands in a box. */
export interface Label {
  readonly type: string;
  readonly name: string;
  readonly shape: string;
  readonly family: Family;
}

/** A piece of an edge between a row and the next. */
export interface Curve {
  readonly from: number;
  readonly to: number;
}

/** A layout with what its drawing needs, found by row. */
export interface Scene {
  readonly layout: Layout;
  readonly labels: readonly Label[];
  readonly width: number;
  readonly height: number;
  /** Below each row. */
  readonly curves: readonly (readonly Curve[])[];
  /** By page of `LANE_PAGE` rows: every lane that passes one of its rows. */
  readonly lanes: readonly (readonly Lane[])[];
}

export const LANE_PAGE = 32;

/** The layout's vertex of a node, and back; node -1 is the model's input. */
export const vertexOf = (node: number): number => node + 1;
export const nodeOf = (vertex: number): number => vertex - 1;

/** Top of a row. */
export const topOf = (rank: number): number => rank * ROW_PITCH;

export function sceneOf(graph: ModelGraph): Scene {
  const layout = layOut(graph.nodes.length, graph.edges, SPACING);
  const input: Label = { type: "Input", name: "", shape: graph.inputs.map(shapeText).join(", "), family: "other" };
  const labels = graph.nodes.map(
    (node): Label => ({ type: node.type, name: node.name, shape: outputText(node), family: familyOf(node.type) }),
  );
  return {
    layout,
    labels: [input, ...labels],
    width: layout.width,
    height: Math.max(0, layout.rows.length * ROW_PITCH - (ROW_PITCH - NODE_HEIGHT)),
    ...linesOf(layout),
  };
}

/** Every line of the drawing once: edges of one vertex share their lanes. */
function linesOf({ edges, rows, rank, x }: Layout): Pick<Scene, "curves" | "lanes"> {
  const curves = rows.map((): Curve[] => []);
  const lanes = Array.from({ length: Math.ceil(rows.length / LANE_PAGE) }, (): Lane[] => []);
  const longest = new Map<number, Edge>();
  for (const edge of edges) {
    const last = edge.lanes.at(-1);
    curves[last === undefined ? (rank[edge.from] ?? 0) : last.last]?.push({ from: last?.x ?? x[edge.from] ?? 0, to: x[edge.to] ?? 0 });
    const known = longest.get(edge.from)?.lanes.at(-1)?.last ?? -1;
    if (last !== undefined && last.last > known) longest.set(edge.from, edge);
  }
  for (const edge of longest.values()) {
    let from = x[edge.from] ?? 0;
    for (const lane of edge.lanes) {
      curves[lane.first - 1]?.push({ from, to: lane.x });
      for (let page = Math.floor(lane.first / LANE_PAGE); page <= Math.floor(lane.last / LANE_PAGE); page++) lanes[page]?.push(lane);
      from = lane.x;
    }
  }
  return { curves, lanes };
}

/** The node at a place of the drawing. */
export function nodeAt({ layout }: Scene, x: number, y: number): number | undefined {
  const rank = Math.floor(y / ROW_PITCH);
  if (y - topOf(rank) > NODE_HEIGHT) return undefined;
  const vertex = layout.rows[rank]?.find((each) => Math.abs((layout.x[each] ?? 0) - x) <= NODE_WIDTH / 2);
  return vertex === undefined ? undefined : nodeOf(vertex);
}
