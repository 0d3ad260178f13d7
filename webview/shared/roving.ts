/** Where a key moves the place in a grid of `total` entries with `columns` a row; undefined for keys that do not move. */
export function moved(key: string, place: number, total: number, columns: number): number | undefined {
  const to = { ArrowLeft: place - 1, ArrowRight: place + 1, ArrowUp: place - columns, ArrowDown: place + columns, Home: 0, End: total - 1 }[
    key
  ];
  if (to === undefined) return undefined;
  return to < 0 || to >= total ? place : to;
}
