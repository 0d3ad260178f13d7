import type { Dag } from "./dag.js";
import type { Rows } from "./rows.js";
import { spread, type Wish } from "./spread.js";

/** Horizontal room, in units of the drawing. */
export interface Spacing {
  /** Of a vertex. */
  readonly width: number;
  /** Between two vertices. */
  readonly gap: number;
  /** Between two lanes, and between a lane and a vertex. */
  readonly lane: number;
}

/** Lanes give way to vertices. */
const LANE_WEIGHT = 1e-4;
const ROUNDS = 3;

/**
 * The middle of each item: vertices under the mean of what feeds them, side by side without overlap. Straight runs (one parent, one
 * child) then agree on one place, as what pushed one of them aside should move all.
 */
export function placeItems({ rows, source, above }: Rows, dag: Dag, spacing: Spacing): Float64Array {
  const vertices = dag.parents.length;
  const middles = new Float64Array(source.length);
  const wishes = new Float64Array(source.length);
  const isLane = (item: number) => item >= vertices;
  const wish = (item: number, at: number): Wish => ({
    at,
    weight: isLane(item) ? LANE_WEIGHT : 1,
    width: isLane(item) ? 2 * spacing.lane : spacing.width + spacing.gap,
  });
  const settle = (row: readonly number[], at: (item: number) => number) => {
    const [only] = row;
    if (row.length === 1 && only !== undefined) {
      middles[only] = at(only);
      return;
    }
    spread(row.map((item) => wish(item, at(item)))).forEach((place, i) => {
      middles[row[i] ?? 0] = place;
    });
  };
  const middleOf = (item: number) => middles[item] ?? 0;
  for (const row of rows) {
    settle(row, (item) => {
      if (isLane(item)) return mean(above[item] ?? [], middleOf) ?? 0;
      return mean(dag.parents[item] ?? [], middleOf) ?? meanOfSiblings(dag, item, middleOf) ?? 0;
    });
  }
  const runs = runsOf(dag);
  for (let round = 0; round < ROUNDS; round++) {
    for (const run of runs) {
      const at = mean(run, middleOf) ?? 0;
      for (const vertex of run)
        wishes[vertex] = run.length > 1 ? at : (mean([...(dag.parents[vertex] ?? []), ...(dag.children[vertex] ?? [])], middleOf) ?? at);
    }
    for (const row of rows) settle(row, (item) => (isLane(item) ? middleOf(item) : (wishes[item] ?? 0)));
  }
  return middles;
}

/** Where the other parents of its children stand: for constants, which have none of their own. */
function meanOfSiblings(dag: Dag, vertex: number, middleOf: (vertex: number) => number): number | undefined {
  return mean(
    (dag.children[vertex] ?? []).flatMap((child) => (dag.parents[child] ?? []).filter((parent) => parent < vertex)),
    middleOf,
  );
}

/** Maximal paths on which every vertex has one child and that child one parent. */
function runsOf(dag: Dag): number[][] {
  const runs: number[][] = [];
  const inRun: (number[] | undefined)[] = [];
  dag.parents.forEach((above, vertex) => {
    const [parent] = above;
    const before = above.length === 1 && parent !== undefined && dag.children[parent]?.length === 1 ? inRun[parent] : undefined;
    const run = before ?? [];
    if (before === undefined) runs.push(run);
    run.push(vertex);
    inRun[vertex] = run;
  });
  return runs;
}

function mean(items: readonly number[], of: (item: number) => number): number | undefined {
  if (items.length === 0) return undefined;
  let sum = 0;
  for (const item of items) sum += of(item);
  return sum / items.length;
}
