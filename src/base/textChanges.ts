import type { Stretch, TextRange } from "./text.js";

/** A stretch of the older text, and how long what stands there now is. */
interface Replaced {
  readonly start: number;
  readonly end: number;
  readonly length: number;
}

/** Everywhere that a text differs from an older one, edit after edit: what stands between two edits keeps its place. */
export class TextChanges {
  static readonly none = new TextChanges([]);

  /** In their order, and apart from each other. */
  private constructor(private readonly replaced: readonly Replaced[]) {}

  /** These, and one more edit of the newer text. */
  then({ start, oldEnd, newEnd }: Stretch): TextChanges {
    if (oldEnd === start && newEnd === start) return this;
    const before: Replaced[] = [];
    const touched: Replaced[] = [];
    const behind: Replaced[] = [];
    let now = 0; // how much further an offset is in the newer text, up to what is touched
    let moved = 0; // and behind that
    for (const stretch of this.replaced) {
      const from = stretch.start + moved;
      const to = from + stretch.length;
      (to < start ? before : from > oldEnd ? behind : touched).push(stretch);
      if (from > oldEnd) continue;
      moved += growth(stretch);
      if (to < start) now = moved;
    }
    const from = Math.min(start - now, touched[0]?.start ?? Number.POSITIVE_INFINITY);
    const to = Math.max(oldEnd - moved, touched.at(-1)?.end ?? 0);
    const length = to + moved - (from + now) + newEnd - oldEnd;
    return new TextChanges([...before, { start: from, end: to, length }, ...behind]);
  }

  /** Where a range of the older text is: without what was put in right before or behind it; ends inside an edit go to its nearer end. */
  shift({ start, end }: TextRange): TextRange {
    const to = this.#shift(end, false);
    return { start: Math.min(this.#shift(start, true), to), end: to };
  }

  /** Whether any of a range of the older text was replaced, or something put inside it. */
  touch({ start, end }: TextRange): boolean {
    return this.replaced.some((stretch) => stretch.start < end && stretch.end > start);
  }

  /** Whether nothing of a range of the older text is left. */
  cover({ start, end }: TextRange): boolean {
    return this.replaced.some((stretch) => stretch.start <= start && stretch.end >= end);
  }

  #shift(offset: number, isStart: boolean): number {
    let moved = 0;
    for (const stretch of this.replaced) {
      const { start, end, length } = stretch;
      const isBefore = isStart ? offset < start : offset <= start;
      if (isBefore) break;
      if (offset < end) return moved + (offset - start < end - offset ? start : start + length);
      moved += growth(stretch);
    }
    return offset + moved;
  }
}

function growth({ start, end, length }: Replaced): number {
  return length - (end - start);
}
