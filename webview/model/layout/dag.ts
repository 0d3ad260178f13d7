/** Vertices 0 to `count` - 1, each edge from a lower to a higher one, no edge twice. */
export interface Dag {
  readonly parents: readonly (readonly number[])[];
  readonly children: readonly (readonly number[])[];
}

/** The vertex of the model's input; that of node i is i + 1. */
export const INPUT = 0;

/** A model's graph. Edges that lead nowhere, or back, or stand twice, are left out: nothing below may depend on a file being sound. */
export function dagOf(nodes: number, edges: readonly (readonly [from: number, to: number])[]): Dag {
  const parents = Array.from({ length: nodes + 1 }, (): number[] => []);
  const children = Array.from({ length: nodes + 1 }, (): number[] => []);
  const known = new Set<number>();
  for (const [from, to] of edges) {
    const [above, below] = [from + 1, to + 1];
    const key = above * (nodes + 1) + below;
    const sound = above >= INPUT && above < below && below <= nodes && Number.isInteger(key);
    if (!sound || known.has(key)) continue;
    known.add(key);
    children[above]?.push(below);
    parents[below]?.push(above);
  }
  return { parents, children };
}

/** Which vertices (1) do not hang on the input, as constants do. */
export function looseOf({ parents }: Dag): Uint8Array {
  const loose = new Uint8Array(parents.length);
  parents.forEach((above, vertex) => {
    loose[vertex] = Number(vertex !== INPUT && above.every((parent) => loose[parent] === 1));
  });
  return loose;
}

/** The graph without what constants feed to others: these stand beside the way from the input, and do not bend it. */
export function spineOf({ parents, children }: Dag, loose: Uint8Array): Dag {
  return {
    parents: parents.map((above, vertex) => (loose[vertex] === 1 ? above : above.filter((parent) => loose[parent] !== 1))),
    children: children.map((below, vertex) => (loose[vertex] === 1 ? below.filter((child) => loose[child] === 1) : below)),
  };
}

/**
 * Which row each vertex stands in: one below its lowest parent (longest path). What is loose stands as low as its children let it. An
 * input that feeds nothing stands nowhere: -1.
 */
export function ranksOf({ parents, children }: Dag, loose: Uint8Array): Int32Array {
  const ranks = new Int32Array(parents.length);
  parents.forEach((above, vertex) => {
    for (const parent of above) ranks[vertex] = Math.max(ranks[vertex] ?? 0, (ranks[parent] ?? 0) + 1);
  });
  if (children[INPUT]?.length === 0) ranks[INPUT] = -1;
  for (let vertex = parents.length - 1; vertex >= 0; vertex--) {
    const below = children[vertex] ?? [];
    if ((loose[vertex] !== 1 && vertex !== INPUT) || below.length === 0) continue;
    let rank = Number.POSITIVE_INFINITY;
    for (const child of below) rank = Math.min(rank, (ranks[child] ?? 0) - 1);
    ranks[vertex] = rank;
  }
  return ranks;
}
