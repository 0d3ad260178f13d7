import type { Node, Program, ProgramFunction, Update, Value } from "./types.js";

/** Every value an update reads. */
export function updateValues(update: Update): Value[] {
  switch (update.update) {
    case "assign":
      return [update.value];
    case "adam":
      return [update.correctedRate, ...(update.decay ? [update.decay] : []), update.gradient];
    default:
      return [update.rate, update.gradient];
  }
}

/** The nodes that `wanted` depend on, in order of computation. */
export function nodesFor(nodes: readonly Node[], wanted: readonly Value[]): Node[] {
  const needed = new Set(wanted.map((value) => value.id));
  const found: Node[] = [];
  for (const node of [...nodes].reverse()) {
    if (!node.outputs.some((output) => needed.has(output.id))) continue;
    for (const input of node.inputs) needed.add(input.id);
    found.push(node);
  }
  return found.reverse();
}

/** The nodes a function needs for its fetches and updates, in order of computation. */
export function reachableNodes(program: Pick<Program, "nodes">, fn: ProgramFunction): Node[] {
  return nodesFor(program.nodes, [...fn.fetches, ...fn.updates.flatMap(updateValues)]);
}
