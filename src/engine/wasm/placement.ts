import { updateValues } from "../../program/reachable.js";
import type { Node, ProgramFunction, Value } from "../../program/types.js";
import type { Arena } from "./arena.js";
import { bytesOf, type Tensor } from "./emit.js";
import type { FusedNode } from "./fuse.js";
import { IN_PLACE } from "./operations.js";

/** Whose memory a value lies in: its own, but a reshaped value lies where the value it was made of does. */
function ownersOf(nodes: readonly Node[]): ReadonlyMap<number, number> {
  const owners = new Map<number, number>();
  const ownerOf = ({ id }: Value) => owners.get(id) ?? id;
  for (const { operation, inputs, outputs } of nodes)
    for (const output of outputs) owners.set(output.id, operation.op === "reshape" && inputs[0] ? ownerOf(inputs[0]) : output.id);
  return owners;
}

export const inputsOf = (node: FusedNode): readonly Value[] => (node.bias ? [...node.inputs, node.bias] : node.inputs);

/** Gives every value of a function its place, as late as it is made and until it is last used. */
export class Placement {
  readonly #tensors = new Map<number, Tensor>();
  readonly #owners: ReadonlyMap<number, number>;
  /** Index of the node that uses an owner's memory last; Infinity for what must last to the end of the call. */
  readonly #lastUse = new Map<number, number>();
  readonly #movable = new Set<number>();

  constructor(
    nodes: readonly FusedNode[],
    fn: ProgramFunction,
    private readonly arena: Arena,
    private readonly examples: number,
  ) {
    this.#owners = ownersOf(nodes);
    nodes.forEach((node, index) => {
      for (const value of [...node.outputs, ...inputsOf(node)]) this.#lastUse.set(this.#ownerOf(value), index);
    });
    for (const value of [...fn.fetches, ...fn.updates.flatMap(updateValues)])
      this.#lastUse.set(this.#ownerOf(value), Number.POSITIVE_INFINITY);
  }

  /** A value that has its place already. */
  find(value: Value): Tensor {
    const tensor = this.#tensors.get(value.id);
    if (!tensor) throw new Error(`Value ${value.id} is used before it is made.`);
    return tensor;
  }

  /** The value's shape and type, with the number of examples. */
  describe({ shape, dtype }: Value): Omit<Tensor, "address"> {
    return { shape: shape.map((size) => (size < 0 ? this.examples : size)), dtype };
  }

  /** Says where a value lies: memory that is not the arena's, or another value's. */
  put(value: Value, address: number): void {
    this.#tensors.set(value.id, { ...this.describe(value), address });
  }

  /** Room in the arena for a value. */
  allocate(value: Value): void {
    this.put(value, this.arena.allocate(bytesOf(this.describe(value))));
    this.#movable.add(this.#ownerOf(value));
  }

  /** Room for what a node yields: its first output may take the place of an input that is as large and is used for the last time. */
  allocateOutputs(node: FusedNode, index: number): void {
    const [first, ...others] = node.outputs;
    if (!first) return;
    const bytes = bytesOf(this.describe(first));
    const given = IN_PLACE.has(node.operation.op)
      ? node.inputs.find((input) => this.#endsAt(input, index) && bytesOf(this.find(input)) === bytes && sameShape(input, first))
      : undefined;
    if (given) {
      this.#movable.delete(this.#ownerOf(given));
      this.#movable.add(this.#ownerOf(first));
      this.put(first, this.find(given).address);
    } else this.allocate(first);
    for (const output of others) this.allocate(output);
  }

  /** Gives back the places of values that are used at this node for the last time. */
  releaseAfter(node: FusedNode, index: number): void {
    for (const value of [...node.outputs, ...inputsOf(node)]) {
      if (!this.#endsAt(value, index)) continue;
      this.#movable.delete(this.#ownerOf(value));
      this.arena.release(this.find(value).address);
    }
  }

  #ownerOf({ id }: Value): number {
    return this.#owners.get(id) ?? id;
  }

  #endsAt(value: Value, index: number): boolean {
    const owner = this.#ownerOf(value);
    return this.#movable.has(owner) && this.#lastUse.get(owner) === index;
  }
}

const sameShape = (a: Value, b: Value): boolean =>
  a.shape.length === b.shape.length && a.shape.every((size, axis) => size === b.shape[axis]);
