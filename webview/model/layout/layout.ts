import { dagOf, looseOf, ranksOf } from "./dag.js";
import { type Lane, lanesOf, outerLanes } from "./lanes.js";
import { orderRows } from "./order.js";
import { placeItems, type Spacing } from "./place.js";
import { rowsOf } from "./rows.js";

/** An edge of the drawing: from the lower side of one vertex, along lanes past other rows, to the upper side of another. */
export interface Edge {
  readonly from: number;
  readonly to: number;
  readonly lanes: readonly Lane[];
}

/**
 * A layered drawing. Vertex 0 is the model's input, vertex i + 1 its node i. Places are in units of the drawing from its left edge; a
 * vertex is as wide as the spacing says and stands in a row, the row of rank 0 on top.
 */
export interface Layout {
  readonly width: number;
  /** Middle of each vertex. */
  readonly x: Float64Array;
  readonly rank: Int32Array;
  /** Vertices of each row from left to right. */
  readonly rows: readonly (readonly number[])[];
  readonly edges: readonly Edge[];
  /** Edges to and from a vertex. */
  edgesOf(vertex: number): readonly Edge[];
  readonly parents: readonly (readonly number[])[];
  readonly children: readonly (readonly number[])[];
}

/** Lays a network out from top to bottom (Sugiyama, Tagawa and Toda 1981: ranks, order in rows, places). */
export function layOut(nodes: number, edges: readonly (readonly [from: number, to: number])[], spacing: Spacing): Layout {
  const dag = dagOf(nodes, edges);
  const loose = looseOf(dag);
  const rank = ranksOf(dag, loose);
  const rows = rowsOf(dag, rank);
  orderRows(rows);
  const middles = placeItems(rows, dag, loose, spacing);
  const inner = lanesOf(rows, middles, nodes + 1, spacing);
  const right = rightmost(middles.subarray(0, nodes + 1), inner, spacing);
  const lanes = new Map([...inner, ...outerLanes(rows.trunks.values(), right, spacing)]);

  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  const take = (from: number, to: number) => {
    low = Math.min(low, from);
    high = Math.max(high, to);
  };
  for (let vertex = 0; vertex <= nodes; vertex++) {
    const at = middles[vertex] ?? 0;
    if ((rank[vertex] ?? -1) >= 0) take(at - spacing.width / 2, at + spacing.width / 2);
  }
  for (const pieces of lanes.values()) for (const { x } of pieces) take(x, x);
  const moved = new Map([...lanes].map(([source, pieces]) => [source, pieces.map((lane) => ({ ...lane, x: Math.round(lane.x - low) }))]));
  const edgesFrom = dag.children.map((below, from) =>
    below.map((to): Edge => ({ from, to, lanes: upTo(moved.get(from), (rank[to] ?? 0) - 1) })),
  );
  return {
    width: Math.max(0, high - low),
    x: middles.slice(0, nodes + 1).map((at) => Math.round(at - low)),
    rank,
    rows: rows.rows.map((row) => row.filter((item) => item <= nodes)),
    edges: edgesFrom.flat(),
    edgesOf: (vertex) => [
      ...(edgesFrom[vertex] ?? []),
      ...(dag.parents[vertex] ?? []).flatMap((from) => edgesFrom[from]?.filter(({ to }) => to === vertex) ?? []),
    ],
    parents: dag.parents,
    children: dag.children,
  };
}

function rightmost(middles: Float64Array, lanes: ReadonlyMap<number, readonly Lane[]>, spacing: Spacing): number {
  let most = Number.NEGATIVE_INFINITY;
  for (const at of middles) most = Math.max(most, at + spacing.width / 2);
  for (const pieces of lanes.values()) for (const { x } of pieces) most = Math.max(most, x);
  return most;
}

/** The part of a trunk above a row that it turns into. */
function upTo(lanes: readonly Lane[] | undefined, last: number): readonly Lane[] {
  return (lanes ?? []).flatMap((lane) => (lane.first > last ? [] : [{ ...lane, last: Math.min(lane.last, last) }]));
}
