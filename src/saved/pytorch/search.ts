import { asTensor, childrenOf, type StridedTensor } from "./tensors.js";
import type { PickleValue } from "./values.js";

export interface NamedTensor extends StridedTensor {
  /** Its path: "state_dict.layer1.0.conv1.weight". */
  readonly name: string;
}

const MAX_DEPTH = 100;
const MAX_TENSORS = 20_000;

/**
 * All tensors inside a value, by their paths and in their order. The same tensor may have several names; what holds itself is entered
 * once. Undefined where values hold each other so often that there is no end of names.
 */
export function findTensors(root: PickleValue): readonly NamedTensor[] | undefined {
  const found: NamedTensor[] = [];
  const path = new Set<PickleValue>();
  // What holds no tensor is not entered again: a few values that hold each other many times make millions of paths.
  const barren = new Set<PickleValue>();
  const children = new Map<PickleValue, ReturnType<typeof childrenOf>>();
  const visit = (value: PickleValue, name: string): boolean => {
    if (typeof value !== "object" || value === null || path.has(value) || barren.has(value) || path.size > MAX_DEPTH) return true;
    const tensor = asTensor(value);
    if (tensor) return found.push({ name, ...tensor }) <= MAX_TENSORS;
    const before = found.length;
    const inside = children.get(value) ?? childrenOf(value).filter(([, child]) => typeof child === "object" && child !== null);
    children.set(value, inside);
    path.add(value);
    const all = inside.every(([key, child]) => visit(child, name === "" ? key : `${name}.${key}`));
    path.delete(value);
    if (found.length === before) barren.add(value);
    return all;
  };
  return visit(root, "") ? found : undefined;
}
