/** Edit distance of Damerau and Levenshtein, without transposing twice: "smae" to "same" is 1. */
function distance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const swap = a[i - 1] !== b[j - 1];
      let cost = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (swap ? 1 : 0));
      if (a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, (beforeLast[j - 2] ?? Number.POSITIVE_INFINITY) + 1);
      row.push(cost);
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length] ?? 0;
}

/**
 * Which of the known words a misspelt one probably means; undefined when none is near: a third of its letters may be wrong, but not more
 * than `most`. Case and separators do not count.
 */
export function suggest(word: string, known: readonly string[], most = Number.POSITIVE_INFINITY): string | undefined {
  if (word.length > 40) return undefined;
  const plain = (text: string) => text.toLowerCase().replace(/[^a-z0-9]/g, "");
  const typed = plain(word);
  let best: string | undefined;
  let least = Math.min(most, Math.max(1, Math.floor(typed.length / 3))) + 1;
  for (const candidate of known) {
    const cost = distance(typed, plain(candidate));
    if (cost < least) {
      least = cost;
      best = candidate;
    }
  }
  return best;
}
