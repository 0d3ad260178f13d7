import type { Dag } from "./dag.js";

/** What a result takes past rows it does not feed: one lane for all of a vertex' distant children. */
export interface Trunk {
  readonly source: number;
  /** The rows it passes, both included. */
  readonly first: number;
  readonly last: number;
  /** The item that stands for it in its first row; the next rows' follow. Undefined: it keeps out of the rows. */
  readonly item: number | undefined;
}

/** Rows of items: vertices, and one item for each row that a trunk passes. */
export interface Rows {
  /** Items from left to right. */
  readonly rows: number[][];
  /** Neighbours of an item in the row above and in the row below. */
  readonly above: readonly (readonly number[])[];
  readonly below: readonly (readonly number[])[];
  /** The vertex that an item carries the result of: its own, or its trunk's source. */
  readonly source: readonly number[];
  /** By vertex. */
  readonly trunks: ReadonlyMap<number, Trunk>;
}

/** Items that trunks may have together, for each vertex: beyond, the longest ones keep out of the rows. */
const ITEMS_PER_VERTEX = 8;
const ITEMS_AT_LEAST = 4096;

export function rowsOf({ parents, children }: Dag, ranks: Int32Array): Rows {
  const rankOf = (vertex: number) => ranks[vertex] ?? 0;
  const rows = Array.from({ length: ranks.reduce((most, rank) => Math.max(most, rank), -1) + 1 }, (): number[] => []);
  parents.forEach((_, vertex) => void rows[rankOf(vertex)]?.push(vertex));

  const source = parents.map((_, vertex) => vertex);
  const trunks = new Map<number, Trunk>();
  let room = ITEMS_AT_LEAST + ITEMS_PER_VERTEX * parents.length;
  for (const { vertex, first, last } of passages(children, rankOf)) {
    const length = last - first + 1;
    const fits = length <= room;
    trunks.set(vertex, { source: vertex, first, last, item: fits ? source.length : undefined });
    if (!fits) continue;
    room -= length;
    for (let rank = first; rank <= last; rank++) {
      rows[rank]?.push(source.length);
      source.push(vertex);
    }
  }

  const above = source.map((): number[] => []);
  const below = source.map((): number[] => []);
  const link = (upper: number, lower: number) => {
    below[upper]?.push(lower);
    above[lower]?.push(upper);
  };
  for (const { source: vertex, first, last, item } of trunks.values()) {
    if (item === undefined) continue;
    for (let rank = first; rank <= last; rank++) link(rank === first ? vertex : item + rank - first - 1, item + rank - first);
  }
  parents.forEach((all, vertex) => {
    for (const parent of all) {
      const trunk = trunks.get(parent);
      if (rankOf(parent) === rankOf(vertex) - 1) link(parent, vertex);
      else if (trunk?.item !== undefined) link(trunk.item + rankOf(vertex) - 1 - trunk.first, vertex);
    }
  });
  return { rows, above, below, source, trunks };
}

/** Which rows each vertex' result passes, the shortest way first. */
function passages(children: Dag["children"], rankOf: (vertex: number) => number) {
  return children
    .map((below, vertex) => ({
      vertex,
      first: rankOf(vertex) + 1,
      last: below.reduce((lowest, child) => Math.max(lowest, rankOf(child) - 1), -1),
    }))
    .filter(({ first, last }) => last >= first)
    .sort((a, b) => a.last - a.first - (b.last - b.first) || a.vertex - b.vertex);
}
