import type { Layout } from "../layout/layout.js";

const PAGE = 10;

/**
 * Where a key leads from a vertex: down and up along branches, keeping to the side it is on; left and right to what stands beside it or,
 * past the end of a row, to nothing; Home and End to the first and the last row. Undefined for other keys.
 */
export function movedTo(layout: Layout, key: string, vertex: number): number | undefined {
  const { rows, rank, x } = layout;
  const nearest = (all: readonly number[] | undefined) =>
    all?.reduce<number | undefined>(
      (best, each) => (best === undefined || distance(x, each, vertex) < distance(x, best, vertex) ? each : best),
      undefined,
    );
  const row = rows[rank[vertex] ?? 0] ?? [];
  const inRow = (by: number) => nearest(rows[Math.min(rows.length - 1, Math.max(0, (rank[vertex] ?? 0) + by))]) ?? vertex;
  switch (key) {
    case "ArrowDown":
      return nearest(nearestRow(layout.children[vertex], rank, 1)) ?? vertex;
    case "ArrowUp":
      return nearest(nearestRow(layout.parents[vertex], rank, -1)) ?? vertex;
    case "ArrowLeft":
      return row[row.indexOf(vertex) - 1] ?? vertex;
    case "ArrowRight":
      return row[row.indexOf(vertex) + 1] ?? vertex;
    case "PageDown":
      return inRow(PAGE);
    case "PageUp":
      return inRow(-PAGE);
    case "Home":
      return rows[0]?.[0];
    case "End":
      return rows.at(-1)?.[0];
    default:
      return undefined;
  }
}

const distance = (x: Float64Array, a: number, b: number) => Math.abs((x[a] ?? 0) - (x[b] ?? 0));

/** Of neighbours those in the row that is reached first. */
function nearestRow(all: readonly number[] | undefined, rank: Int32Array, direction: 1 | -1): readonly number[] {
  const rows = (all ?? []).map((vertex) => direction * (rank[vertex] ?? 0));
  const first = Math.min(...rows);
  return (all ?? []).filter((_, i) => rows[i] === first);
}
