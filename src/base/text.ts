/** A half-open range of UTF-16 offsets in a text. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** The range of what no text has: a layer of a saved model. */
export const NOWHERE: TextRange = { start: 0, end: 0 };

/** A position as editors count it, both from zero. */
export interface TextPosition {
  readonly line: number;
  readonly character: number;
}

/** Converts offsets to lines. Lines end at \n; a \r before it belongs to the line. */
export class LineIndex {
  readonly #starts: number[] = [0];

  constructor(text: string) {
    for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) this.#starts.push(at + 1);
  }

  /** The position of an offset; offsets past the end count on in the last line. */
  position(offset: number): TextPosition {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low, character: offset - (this.#starts[low] ?? 0) };
  }
}

/** The one stretch in which a text differs from an older one: what stands before it is as it was, and what stands behind it. */
export interface Stretch {
  readonly start: number;
  /** Where it ends in the older text, and in the newer. */
  readonly oldEnd: number;
  readonly newEnd: number;
}

/** The shortest such stretch; empty at the end of both where they are the same. */
export function changedStretch(older: string, newer: string): Stretch {
  const shorter = Math.min(older.length, newer.length);
  let start = 0;
  while (start < shorter && older.charCodeAt(start) === newer.charCodeAt(start)) start++;
  let tail = 0;
  while (tail < shorter - start && older.charCodeAt(older.length - 1 - tail) === newer.charCodeAt(newer.length - 1 - tail)) tail++;
  return { start, oldEnd: older.length - tail, newEnd: newer.length - tail };
}
