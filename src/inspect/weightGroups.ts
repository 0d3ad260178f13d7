import type { ModelNode } from "../protocol/modelPanel.js";
import type { StoredTensor } from "../reading/types.js";

/** Weights without a graph as the modules that they are named after: "layer1.0.conv1" has "weight" and "bias". In the file's order. */
export function weightGroups(tensors: readonly StoredTensor[]): ModelNode[] {
  const groups = new Map<string, number[]>();
  tensors.forEach(({ name }, i) => {
    const end = Math.max(name.lastIndexOf("."), name.lastIndexOf("/"));
    const module = end < 0 ? name : name.slice(0, end);
    const group = groups.get(module);
    if (group) group.push(i);
    else groups.set(module, [i]);
  });
  return [...groups].map(([name, indices]) => ({
    name,
    type: "weights",
    outputs: [],
    parameters: indices.reduce((sum, i) => sum + count(tensors[i]), 0),
    multiplyAdds: null,
    line: null,
    tensors: indices,
  }));
}

function count(tensor: StoredTensor | undefined): number {
  return tensor ? tensor.shape.reduce((product, size) => product * size, 1) : 0;
}
