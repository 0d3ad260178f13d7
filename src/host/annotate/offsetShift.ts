/**
 * Where offsets of an older text are in a newer one, if all that changed is one stretch: what stands before it stays, what stands
 * behind it moves. Offsets inside go to the nearer end of the new stretch.
 */
export function offsetShift(older: string, newer: string): (offset: number) => number {
  const shorter = Math.min(older.length, newer.length);
  let start = 0;
  while (start < shorter && older.charCodeAt(start) === newer.charCodeAt(start)) start++;
  let tail = 0;
  while (tail < shorter - start && older.charCodeAt(older.length - 1 - tail) === newer.charCodeAt(newer.length - 1 - tail)) tail++;
  const end = older.length - tail;
  const growth = newer.length - older.length;
  return (offset) => {
    if (offset <= start) return offset;
    if (offset >= end) return offset + growth;
    return offset - start < end - offset ? start : end + growth;
  };
}
