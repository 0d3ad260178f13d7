import { asTensor, childrenOf, type StridedTensor } from "./tensors.js";
import type { PickleValue } from "./values.js";

export interface NamedTensor extends StridedTensor {
  /** Its path: "state_dict.layer1.0.conv1.weight". */
  readonly name: string;
}

const MAX_DEPTH = 100;
const MAX_VISITS = 500_000;

/**
 * All tensors inside a value, by their paths and in their order. The same tensor may have several names; what holds itself is entered
 * once. Undefined where a file holds its values inside each other so often that there is no end to it.
 */
export function findTensors(root: PickleValue): readonly NamedTensor[] | undefined {
  const found: NamedTensor[] = [];
  const path = new Set<PickleValue>();
  let visits = 0;
  const visit = (value: PickleValue, name: string): boolean => {
    if (++visits > MAX_VISITS) return false;
    if (typeof value !== "object" || value === null || path.has(value) || path.size > MAX_DEPTH) return true;
    const tensor = asTensor(value);
    if (tensor) {
      found.push({ name, ...tensor });
      return true;
    }
    path.add(value);
    const all = childrenOf(value).every(([key, child]) => visit(child, name === "" ? key : `${name}.${key}`));
    path.delete(value);
    return all;
  };
  return visit(root, "") ? found : undefined;
}
