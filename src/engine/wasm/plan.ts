import { reachableNodes } from "../../program/reachable.js";
import type { Node, Program, ProgramFunction, Value } from "../../program/types.js";
import { Arena } from "./arena.js";
import { bytesOf, type Epilogue, type Step, type Tensor, type Workshop } from "./emit.js";
import { type FusedNode, fuse } from "./fuse.js";
import type { Kernels } from "./kernels.js";
import { emit } from "./operations.js";
import { Placement } from "./placement.js";
import { emitUpdate } from "./updates.js";

/** What outlives a call. */
export interface Store {
  readonly kernels: Kernels;
  table(values: readonly number[]): number;
  variable(name: string): Tensor;
  /** Where a constant lies. */
  constant(node: Node): number;
}

/** A function for one number of examples: every kernel call with its addresses. */
export interface Plan {
  /** Bytes of the arena it works in. */
  readonly size: number;
  readonly feeds: readonly { readonly name: string; readonly tensor: Tensor }[];
  readonly steps: readonly Step[];
  readonly fetches: readonly Tensor[];
  readonly updates: readonly Step[];
}

export function makePlan(store: Store, program: Program, fn: ProgramFunction, examples: number, base: number): Plan {
  const nodes = fuse(reachableNodes(program, fn), fn);
  const arena = new Arena(base);
  const placement = new Placement(nodes, fn, arena, examples);
  const fed = fn.feeds.filter(({ value }) => nodes.some((node) => node.outputs.some(({ id }) => id === value.id)));
  for (const { value } of fed) placement.allocate(value);
  const feeds = fed.map(({ name, value }) => ({ name, tensor: placement.find(value) }));
  const steps = nodes.flatMap((node, index) => {
    const step = place(store, program.seed, node, index, placement, arena);
    placement.releaseAfter(node, index);
    return step ? [step] : [];
  });
  const fetches = fn.fetches.map((value) => placement.find(value));

  // An update may not read a variable that another has changed: variables that updates read are copied first.
  const variables = new Set(program.variables.map(({ name }) => store.variable(name).address));
  const value = (wanted: Value): Tensor => {
    const tensor = placement.find(wanted);
    if (!variables.has(tensor.address)) return tensor;
    const bytes = bytesOf(tensor);
    const address = arena.allocate(bytes);
    steps.push(() => store.kernels.copy(tensor.address, address, bytes));
    return { ...tensor, address };
  };
  const updates = fn.updates.map((update) => emitUpdate(update, { kernels: store.kernels, variable: store.variable, value }));
  return { size: arena.size, feeds, steps, fetches, updates };
}

/** Gives a node's outputs their places and makes it ready; nothing has to run for nodes that only say where a tensor lies. */
function place(store: Store, seed: number, node: FusedNode, index: number, placement: Placement, arena: Arena): Step | undefined {
  const { operation, inputs, outputs } = node;
  const [output] = outputs;
  const [input] = inputs;
  if (!output) return undefined;
  switch (operation.op) {
    case "input":
      return undefined;
    case "variable":
      placement.put(output, store.variable(operation.name).address);
      return undefined;
    case "constant":
      placement.put(output, store.constant(node));
      return undefined;
    case "reshape":
      if (input) placement.put(output, placement.find(input).address);
      return undefined;
    default: {
      placement.allocateOutputs(node, index);
      const scratches: number[] = [];
      const workshop: Workshop & Epilogue = {
        kernels: store.kernels,
        seed,
        table: store.table,
        scratch: (bytes) => {
          const address = arena.allocate(bytes);
          scratches.push(address);
          return address;
        },
        bias: node.bias && placement.find(node.bias),
        floor: node.relu ? 0 : Number.NEGATIVE_INFINITY,
      };
      const step = emit(
        operation,
        workshop,
        [...outputs, ...inputs].map((value) => placement.find(value)),
      );
      for (const scratch of scratches) arena.release(scratch);
      return step;
    }
  }
}
