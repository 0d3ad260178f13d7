/** One thing in a row: where it would like its middle, how much that matters, and how wide it is with its room. */
export interface Wish {
  readonly at: number;
  readonly weight: number;
  readonly width: number;
}

/** Things that touch and therefore move together. */
interface Cluster {
  sum: number;
  weight: number;
  size: number;
}

/**
 * Middles for the things of a row, in their order and without overlap, as near as can be to where they would like to be: the least sum of
 * weighted squared distances, which pooling adjacent violators finds in one go.
 */
export function spread(row: readonly Wish[]): number[] {
  const offsets = new Float64Array(row.length);
  const clusters: Cluster[] = [];
  row.forEach(({ at, weight, width }, i) => {
    if (i > 0) offsets[i] = (offsets[i - 1] ?? 0) + ((row[i - 1]?.width ?? 0) + width) / 2;
    const last: Cluster = { sum: weight * (at - (offsets[i] ?? 0)), weight, size: 1 };
    for (
      let before = clusters.at(-1);
      before !== undefined && before.sum / before.weight >= last.sum / last.weight;
      before = clusters.at(-1)
    ) {
      last.sum += before.sum;
      last.weight += before.weight;
      last.size += before.size;
      clusters.pop();
    }
    clusters.push(last);
  });
  const places: number[] = [];
  for (const { sum, weight, size } of clusters) {
    for (let k = 0; k < size; k++) places.push(sum / weight + (offsets[places.length] ?? 0));
  }
  return places;
}
