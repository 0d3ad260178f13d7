import type { Tensor } from "../interpret/tensor.js";
import type { Application } from "../interpret/trace.js";

/** All tensors that some outputs are made of, themselves among them. */
export function neededTensors(applications: readonly Application[], outputs: Iterable<Tensor>): ReadonlySet<Tensor> {
  const needed = new Set(outputs);
  for (const { inputs, results } of [...applications].reverse()) {
    if (results.some((result) => needed.has(result))) for (const input of inputs) needed.add(input);
  }
  return needed;
}
