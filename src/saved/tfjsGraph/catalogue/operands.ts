import type { Steps } from "../../../interpret/steps.js";
import type { TensorShape } from "../../../interpret/tensor.js";
import type { WeightSource } from "../../../interpret/trace.js";
import type { Attributes } from "../nodes.js";
import type { Known } from "../operation.js";

/** What a node is in layers of the catalogue, applied to its inputs that are computed; undefined where the catalogue has nothing like it. */
export type Lowering = (node: Operands) => Steps | undefined;

/** An input of a node: computed from the model's input, or stored under a name, or sizes that are known. */
export interface Operand extends Known {
  readonly stored: string | undefined;
}

export function isComputed({ stored, values }: Operand): boolean {
  return stored === undefined && values === undefined;
}

/** A node with its inputs. Images are channels-last, as the catalogue's. */
export class Operands {
  constructor(
    readonly inputs: readonly Operand[],
    readonly attributes: Attributes,
    readonly output: TensorShape,
  ) {}

  /** Of the first input that is computed. */
  get input(): TensorShape {
    return this.inputs.find(isComputed)?.shape ?? [];
  }

  /** Whether the first input is computed, and no other. */
  get onFirst(): boolean {
    return this.inputs.every((input, i) => isComputed(input) === (i === 0));
  }

  get allComputed(): boolean {
    return this.inputs.every(isComputed);
  }

  isComputed(index: number): boolean {
    const input = this.inputs[index];
    return input !== undefined && isComputed(input);
  }

  isStored(index: number): boolean {
    return this.inputs[index]?.stored !== undefined;
  }

  shape(index: number): TensorShape {
    return this.inputs[index]?.shape ?? [];
  }

  /** Where a stored input is read from. */
  source(index: number, permutation?: readonly number[]): WeightSource {
    return { parameter: this.inputs[index]?.stored ?? "", ...(permutation && { permutation }) };
  }

  /** Numbers of an input that are known. */
  values(index: number): readonly number[] | undefined {
    const values = this.inputs[index]?.values;
    const known = values?.filter((value) => value !== undefined);
    return known?.length === values?.length ? known : undefined;
  }

  /** A single number that is known. */
  scalar(index: number): number | undefined {
    const values = this.values(index);
    return values?.length === 1 ? values[0] : undefined;
  }

  get isImage(): boolean {
    return this.input.length === 4 && this.attributes.word("data_format") !== "NCHW";
  }
}

export const onFirst =
  (lower: Lowering): Lowering =>
  (node) =>
    node.onFirst ? lower(node) : undefined;
