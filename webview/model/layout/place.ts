import { type Dag, spineOf } from "./dag.js";
import type { Rows } from "./rows.js";
import { straightenRuns } from "./runs.js";
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

/** Lanes give way to constants, and these to all that hangs on the input. */
const LANE_WEIGHT = 1e-6;
const LOOSE_WEIGHT = 1e-4;

/**
 * The middle of each item: vertices under the mean of what feeds them, side by side without overlap, runs of them straight. Lanes are
 * only roughly in place.
 */
export function placeItems({ rows, source, above }: Rows, dag: Dag, loose: Uint8Array, spacing: Spacing): Float64Array {
  const spine = spineOf(dag, loose);
  const vertices = dag.parents.length;
  const middles = new Float64Array(source.length);
  const isLane = (item: number) => item >= vertices;
  const wish = (item: number, at: number): Wish => ({
    at,
    weight: isLane(item) ? LANE_WEIGHT : loose[item] === 1 ? LOOSE_WEIGHT : 1,
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
      return mean(spine.parents[item] ?? [], middleOf) ?? meanOfSiblings(dag, item, middleOf) ?? 0;
    });
  }
  straightenRuns(rows, spine, middles, spacing);
  return middles;
}

/** Where the other parents of its children stand: for constants, which have none of their own. */
function meanOfSiblings(dag: Dag, vertex: number, middleOf: (vertex: number) => number): number | undefined {
  return mean(
    (dag.children[vertex] ?? []).flatMap((child) => (dag.parents[child] ?? []).filter((parent) => parent < vertex)),
    middleOf,
  );
}

function mean(items: readonly number[], of: (item: number) => number): number | undefined {
  if (items.length === 0) return undefined;
  let sum = 0;
  for (const item of items) sum += of(item);
  return sum / items.length;
}
