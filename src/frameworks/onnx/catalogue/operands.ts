import { onColumn } from "../../../interpret/channelsFirst.js";
import type { Steps } from "../../../interpret/steps.js";
import type { TensorShape } from "../../../interpret/tensor.js";
import { axisIn, type NodeCall } from "../call.js";
import type { Fact } from "../graph.js";
import type { Constant } from "./constant.js";

/** What an operator is in layers of the catalogue, applied to its inputs that are computed; undefined where the catalogue has nothing like it. */
export type Lowering = (node: Operands) => Steps | undefined;

/** A node, and which of its inputs are stored and which are computed from the model's input. */
export class Operands {
  constructor(
    readonly call: NodeCall,
    /** The output that is asked for, and its place. */
    readonly result: Fact,
    readonly place: number,
    private readonly constants: readonly (Constant | undefined)[],
    private readonly computed: readonly boolean[],
  ) {}

  constant(index: number): Constant | undefined {
    return this.constants[index];
  }

  given(index: number): boolean {
    return this.call.given(index);
  }

  isComputed(index: number): boolean {
    return this.computed[index] ?? false;
  }

  /** Whether the first input alone is computed. */
  get onFirst(): boolean {
    return this.computed.every((each, i) => each === (i === 0));
  }

  /** A single number that is known. */
  scalar(index: number): number | undefined {
    const { elements } = this.call.input(index);
    return elements?.length === 1 && !this.isComputed(index) ? elements[0] : undefined;
  }

  shape(index: number): TensorShape {
    return this.call.input(index).shape ?? [];
  }

  /** Of the first input. */
  get input(): TensorShape {
    return this.shape(0);
  }

  get output(): TensorShape {
    return this.result.shape ?? [];
  }

  get rank(): number {
    return this.input.length;
  }

  get isImage(): boolean {
    return this.rank === 4;
  }

  /** What is done to images, also to sequences, which are images of one column; undefined for tensors of other ranks. */
  onImage(steps: Steps | undefined): Steps | undefined {
    return this.isImage ? steps : this.rank === 3 ? onColumn(this.input, this.output, steps) : undefined;
  }

  /** An axis of the first input from the front, 0 being the batch. */
  axis(fallback: number): number | undefined {
    return axisIn(this.call.number("axis", fallback), this.rank);
  }
}

/** Keeps what stands, where all of it does. */
export function all(...parts: readonly (Steps | undefined)[]): Steps | undefined {
  return parts.includes(undefined) ? undefined : parts.flatMap((part) => part ?? []);
}

/** One step after another of an operator that only its first input is computed for. */
export const onFirst =
  (lower: (node: Operands) => Steps | undefined): Lowering =>
  (node) =>
    node.onFirst && node.place === 0 ? lower(node) : undefined;
