import type { ModelGraph } from "../../src/protocol/modelPanel.js";
import { outputText, tensorText } from "./text.js";

/** What can be found, one text an entry: nodes by name, type and shape, or the tensors of a model without nodes. */
export function haystackOf(graph: ModelGraph): readonly string[] {
  return graph.nodes.length > 0
    ? graph.nodes.map((node) => `${node.name}\n${node.type}\n${outputText(node)}`.toLowerCase())
    : graph.tensors.map((tensor) => `${tensor.name}\n${tensor.dtype}\n${tensorText(tensor)}`.toLowerCase());
}

/** The entries that have a text, in their order; undefined for an empty one, which finds nothing and hides nothing. */
export function matchesOf(haystack: readonly string[], query: string): readonly number[] | undefined {
  const wanted = query.trim().toLowerCase();
  if (wanted === "") return undefined;
  return haystack.flatMap((text, index) => (text.includes(wanted) ? [index] : []));
}

/** The match after or before a place, round and round; undefined where there is none. */
export function nextMatch(matches: readonly number[], place: number, by: 1 | -1): number | undefined {
  if (by === 1) return matches.find((match) => match > place) ?? matches[0];
  return [...matches].reverse().find((match) => match < place) ?? matches.at(-1);
}
