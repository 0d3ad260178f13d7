import type { Node } from "./graph.js";

/** Nodes in an order in which each comes after those that make its inputs, the file's where that is one; the rest go round in circles. */
export function inOrder(nodes: readonly Node[]): { readonly sorted: readonly Node[]; readonly circular: readonly Node[] } {
  const makers = new Map<string, Node>();
  for (const node of nodes) for (const output of node.outputs) if (output !== "") makers.set(output, node);
  const waiting = new Map<Node, number>();
  const users = new Map<Node, Node[]>();
  for (const node of nodes) {
    const before = new Set([...node.inputs, ...captured(node)].flatMap((name) => makers.get(name) ?? []));
    waiting.set(node, before.size);
    for (const maker of before) {
      const list = users.get(maker);
      if (list === undefined) users.set(maker, [node]);
      else list.push(node);
    }
  }
  const done = new Set<Node>();
  const sorted: Node[] = [];
  // A node later in the file waits for its turn there, so that a sorted file keeps its order.
  const reached = new Set<Node>();
  const finish = (first: Node) => {
    const ready = [first];
    for (let node = ready.pop(); node !== undefined; node = ready.pop()) {
      done.add(node);
      sorted.push(node);
      for (const user of users.get(node) ?? []) {
        const left = (waiting.get(user) ?? 1) - 1;
        waiting.set(user, left);
        if (left === 0 && reached.has(user)) ready.push(user);
      }
    }
  };
  for (const node of nodes) {
    reached.add(node);
    if (waiting.get(node) === 0) finish(node);
  }
  return { sorted, circular: nodes.filter((node) => !done.has(node)) };
}

/** Names that graphs inside a node may take from around it. */
function captured(node: Node): readonly string[] {
  return [...node.attributes.values()].flatMap(({ graph }) => {
    if (graph === undefined) return [];
    const own = new Set([
      ...graph.inputs.map(({ name }) => name),
      ...graph.initializers.keys(),
      ...graph.nodes.flatMap(({ outputs }) => outputs),
    ]);
    const used = graph.nodes.flatMap((each) => [...each.inputs, ...captured(each)]);
    return [...used, ...graph.outputs.map(({ name }) => name)].filter((name) => !own.has(name));
  });
}
