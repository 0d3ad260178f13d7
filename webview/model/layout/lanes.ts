import type { Spacing } from "./place.js";
import type { Rows, Trunk } from "./rows.js";

/** A straight piece of a trunk: past rows `first` to `last` at `x`. */
export interface Lane {
  readonly x: number;
  readonly first: number;
  readonly last: number;
}

interface Window {
  readonly low: number;
  readonly high: number;
}

/**
 * Straightens trunks: each runs between its neighbours of all the rows it passes with as few bends as there can be, below its source where
 * that is free. The shortest come first and keep next to the vertices; the others go around them.
 */
export function lanesOf(
  { rows, source, trunks }: Rows,
  middles: Float64Array,
  vertices: number,
  spacing: Spacing,
): Map<number, readonly Lane[]> {
  const places = new Int32Array(source.length);
  for (const row of rows) {
    row.forEach((item, place) => {
      places[item] = place;
    });
  }
  const fixed = new Float64Array(source.length).fill(Number.NaN);
  for (let vertex = 0; vertex < vertices; vertex++) fixed[vertex] = middles[vertex] ?? 0;

  /** How far an item may go in its row, with room for the lanes between that have no place yet. */
  const reach = (row: readonly number[], item: number, step: -1 | 1): number => {
    let room = spacing.lane;
    for (let place = (places[item] ?? 0) + step; ; place += step) {
      const other = row[place];
      if (other === undefined) return step * Number.POSITIVE_INFINITY;
      const at = fixed[other] ?? Number.NaN;
      if (!Number.isNaN(at)) return at - step * (room + (other < vertices ? spacing.width / 2 : 0));
      room += spacing.lane;
    }
  };
  const windowOf = (rank: number, item: number): Window => {
    const row = rows[rank] ?? [];
    return { low: reach(row, item, -1), high: reach(row, item, 1) };
  };

  const lanes = new Map<number, readonly Lane[]>();
  for (const trunk of trunks.values()) {
    if (trunk.item === undefined) continue;
    const made = straighten(trunk, trunk.item, windowOf, middles[trunk.source] ?? 0);
    lanes.set(trunk.source, made);
    for (const { x, first, last } of made) fixed.fill(x, trunk.item + first - trunk.first, trunk.item + last - trunk.first + 1);
  }
  return lanes;
}

/** Greedy: each piece as long as the windows of its rows have a place in common. */
function straighten(trunk: Trunk, item: number, windowOf: (rank: number, item: number) => Window, wanted: number): Lane[] {
  const lanes: Lane[] = [];
  let first = trunk.first;
  let window: Window = { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };
  const end = (last: number) => {
    const x = Math.min(Math.max(lanes.at(-1)?.x ?? wanted, window.low), window.high);
    lanes.push({ x, first, last });
  };
  for (let rank = trunk.first; rank <= trunk.last; rank++) {
    const here = windowOf(rank, item + rank - trunk.first);
    const both = { low: Math.max(window.low, here.low), high: Math.min(window.high, here.high) };
    if (rank > first && both.low > both.high) {
      end(rank - 1);
      first = rank;
      window = here;
    } else window = both;
  }
  end(trunk.last);
  return lanes;
}

/** Lanes right of the whole drawing for trunks that keep out of the rows: those that pass a common row lie side by side. */
export function outerLanes(trunks: Iterable<Trunk>, right: number, spacing: Spacing): Map<number, readonly Lane[]> {
  const ends: number[] = [];
  const lanes = new Map<number, readonly Lane[]>();
  const outer = [...trunks].filter(({ item }) => item === undefined).sort((a, b) => a.first - b.first);
  for (const { source, first, last } of outer) {
    const free = ends.findIndex((end) => end < first);
    const lane = free < 0 ? ends.length : free;
    ends[lane] = last;
    lanes.set(source, [{ x: right + (lane + 1) * spacing.lane, first, last }]);
  }
  return lanes;
}
