/** The place of a number in a tensor, counted from 0: 7 in 2x3x4 -> "0,1,3". The offset itself where a size is unknown. */
export function indexOf(shape: readonly (number | null)[], offset: number): string {
  const places: number[] = [];
  let rest = offset;
  for (const size of [...shape].reverse()) {
    if (size === null || size === 0) return String(offset);
    places.unshift(rest % size);
    rest = Math.floor(rest / size);
  }
  return places.length === 0 ? String(offset) : places.join(",");
}

const MOST_COLUMNS = 8;

/** How many numbers a line has where `room` of them fit: whole runs of the last axis if one fits. */
export function columnsOf(lastAxis: number, room: number): number {
  const most = Math.max(1, Math.min(MOST_COLUMNS, room));
  return lastAxis > 0 && lastAxis <= most ? most - (most % lastAxis) : most;
}
