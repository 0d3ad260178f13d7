import { changedStretch } from "../../base/text.js";

/**
 * Where offsets of an older text are in a newer one, if all that changed is one stretch: what stands before it stays, what stands
 * behind it moves. Offsets inside go to the nearer end of the new stretch.
 */
export function offsetShift(older: string, newer: string): (offset: number) => number {
  const { start, oldEnd, newEnd } = changedStretch(older, newer);
  return (offset) => {
    if (offset <= start) return offset;
    if (offset >= oldEnd) return offset + newEnd - oldEnd;
    return offset - start < oldEnd - offset ? start : newEnd;
  };
}
