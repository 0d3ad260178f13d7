import type { Dag } from "./dag.js";
import type { Spacing } from "./place.js";
import type { Rows } from "./rows.js";

/** Vertices that stand below each other: every one has one child, and that child one parent. */
type Run = readonly number[];

const ROUNDS = 3;

/**
 * Moves runs as one, so that they are straight: what pushes one vertex aside moves all of its run. Pushing to the right from where runs
 * would like to be keeps every distance, so does pushing to the left, and so does the mean of both, as distances are linear.
 */
export function straightenRuns(rows: Rows["rows"], dag: Dag, middles: Float64Array, spacing: Spacing): void {
  const { runs, runOf } = runsOf(dag);
  const gaps = gapsOf(rows, runOf, dag.parents.length, spacing);
  const order = orderOf(runs.length, gaps);
  if (order === undefined) return;
  const at = Float64Array.from(runs, (run) => mean(run, middles) ?? 0);
  for (let round = 0; round < ROUNDS; round++) {
    const wanted = round === 0 ? at.slice() : Float64Array.from(runs, (run, i) => wish(run, dag, runOf, at) ?? at[i] ?? 0);
    const right = wanted.slice();
    for (const run of order) for (const { to, least } of gaps[run] ?? []) right[to] = Math.max(right[to] ?? 0, (right[run] ?? 0) + least);
    const left = wanted.slice();
    for (const run of [...order].reverse())
      for (const { to, least } of gaps[run] ?? []) left[run] = Math.min(left[run] ?? 0, (left[to] ?? 0) - least);
    for (let run = 0; run < at.length; run++) at[run] = ((right[run] ?? 0) + (left[run] ?? 0)) / 2;
  }
  runs.forEach((run, i) => {
    for (const vertex of run) middles[vertex] = at[i] ?? 0;
  });
}

/** In the middle of the branches that begin below it and of those that end above it; undefined where it is itself a branch. */
function wish(run: Run, { parents, children }: Dag, runOf: Int32Array, at: Float64Array): number | undefined {
  const [head, tail] = [run[0] ?? 0, run.at(-1) ?? 0];
  const place = (vertex: number) => at[runOf[vertex] ?? 0] ?? 0;
  const below = (children[tail] ?? []).filter((child) => parents[child]?.length === 1);
  const above = (parents[head] ?? []).filter((parent) => children[parent]?.length === 1);
  const middles = [below, above]
    .filter(({ length }) => length > 1)
    .map((branches) => branches.reduce((sum, each) => sum + place(each), 0) / branches.length);
  return middles.length === 0 ? undefined : middles.reduce((sum, each) => sum + each, 0) / middles.length;
}

interface Gap {
  readonly to: number;
  readonly least: number;
}

/** How far runs that are neighbours in a row have to be apart, with room for the lanes between. */
function gapsOf(rows: Rows["rows"], runOf: Int32Array, vertices: number, spacing: Spacing): readonly (readonly Gap[])[] {
  const gaps = Array.from(runOf, (): Gap[] => []);
  for (const row of rows) {
    let before: number | undefined;
    let lanes = 0;
    for (const item of row) {
      if (item >= vertices) {
        lanes++;
        continue;
      }
      const run = runOf[item] ?? 0;
      if (before !== undefined) gaps[before]?.push({ to: run, least: spacing.width + spacing.gap + 2 * lanes * spacing.lane });
      before = run;
      lanes = 0;
    }
  }
  return gaps;
}

/** Runs from left to right; undefined where two cross, and each is left of the other somewhere. */
function orderOf(count: number, gaps: readonly (readonly Gap[])[]): number[] | undefined {
  const waits = new Int32Array(count);
  for (const all of gaps) for (const { to } of all) waits[to] = (waits[to] ?? 0) + 1;
  const order = Array.from(waits.keys()).filter((run) => waits[run] === 0);
  for (let next = 0; next < order.length; next++) {
    for (const { to } of gaps[order[next] ?? 0] ?? []) {
      waits[to] = (waits[to] ?? 0) - 1;
      if (waits[to] === 0) order.push(to);
    }
  }
  return order.length === count ? order : undefined;
}

function runsOf({ parents, children }: Dag): { readonly runs: readonly Run[]; readonly runOf: Int32Array } {
  const runs: number[][] = [];
  const runOf = new Int32Array(parents.length);
  parents.forEach((above, vertex) => {
    const [parent] = above;
    const follows = above.length === 1 && parent !== undefined && children[parent]?.length === 1;
    runOf[vertex] = follows ? (runOf[parent] ?? 0) : runs.push([]) - 1;
    runs[runOf[vertex] ?? 0]?.push(vertex);
  });
  return { runs, runOf };
}

function mean(items: readonly number[], values: Float64Array): number | undefined {
  return items.length === 0 ? undefined : items.reduce((sum, item) => sum + (values[item] ?? 0), 0) / items.length;
}
