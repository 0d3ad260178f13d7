import { firstAbove } from "../../shared/rising.js";
import type { Rows } from "./rows.js";

const SWEEPS = 4;

/** Orders the items of each row, in place, so that few edges cross: each to the mean place of its neighbours (Sugiyama's barycentre). */
export function orderRows({ rows, above, below }: Pick<Rows, "rows" | "above" | "below">): void {
  const places = new Float64Array(above.length);
  const settle = (row: readonly number[]) => {
    row.forEach((item, place) => {
      places[item] = place;
    });
  };
  const count = () => rows.reduce((sum, row, rank) => (rank === 0 ? 0 : sum + crossings(row, above, places)), 0);
  let best: number[][] = [];
  let fewest = Number.POSITIVE_INFINITY;
  const keepIfBetter = () => {
    const now = count();
    if (now >= fewest) return;
    fewest = now;
    best = rows.map((row) => [...row]);
  };
  rows.forEach(settle);
  for (let sweep = 0; sweep < SWEEPS && fewest > 0; sweep++) {
    for (const row of rows) sortBy(row, above, places, settle);
    keepIfBetter();
    if (fewest === 0) break;
    for (const row of [...rows].reverse()) sortBy(row, below, places, settle);
    keepIfBetter();
  }
  rows.forEach((row, rank) => void row.splice(0, row.length, ...(best[rank] ?? row)));
}

function sortBy(row: number[], neighbours: Rows["above"], places: Float64Array, settle: (row: readonly number[]) => void): void {
  if (row.length < 2) return;
  const sorted = row
    .map((item) => ({ item, at: mean(neighbours[item] ?? [], places) ?? places[item] ?? 0 }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
  if (sorted.every((item, place) => item === row[place])) return;
  row.splice(0, row.length, ...sorted);
  settle(row);
}

function mean(items: readonly number[], places: Float64Array): number | undefined {
  if (items.length === 0) return undefined;
  let sum = 0;
  for (const item of items) sum += places[item] ?? 0;
  return sum / items.length;
}

/** How many edges between a row and the one above cross (counted by insertions into sorted order: rows are short). */
export function crossings(row: readonly number[], above: Rows["above"], places: Float64Array): number {
  if (row.length < 2) return 0;
  const ends: number[] = [];
  let sum = 0;
  for (const item of row) {
    const parents = above[item] ?? [];
    for (const parent of parents) sum += ends.length - firstAbove(ends, places[parent] ?? 0);
    for (const parent of parents) {
      const place = places[parent] ?? 0;
      if (ends.length === 0 || place >= (ends.at(-1) ?? 0)) ends.push(place);
      else ends.splice(firstAbove(ends, place), 0, place);
    }
  }
  return sum;
}
