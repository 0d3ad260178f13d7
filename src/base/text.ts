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

/** The position of one offset; of several a `LineIndex` tells faster. */
export function positionOf(text: string, offset: number): TextPosition {
  let line = 0;
  let start = 0;
  for (let end = text.indexOf("\n"); end >= 0 && end < offset; end = text.indexOf("\n", start)) {
    line++;
    start = end + 1;
  }
  return { line, character: offset - start };
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
  const start = common(shorter, (from, to) => older.slice(from, to) === newer.slice(from, to));
  const [oldLength, newLength] = [older.length, newer.length];
  const tail = common(
    shorter - start,
    (from, to) => older.slice(oldLength - to, oldLength - from) === newer.slice(newLength - to, newLength - from),
  );
  return { start, oldEnd: oldLength - tail, newEnd: newLength - tail };
}

/** Characters that are compared at once: engines do so many times as fast as one by one. */
const BLOCK = 1024;

/** How many of `length` characters are the same before the first that is not; `same` compares those between two of them. */
function common(length: number, same: (from: number, to: number) => boolean): number {
  let at = 0;
  for (let block = BLOCK; block >= 1; block /= 2) {
    while (at + block <= length && same(at, at + block)) at += block;
  }
  return at;
}
