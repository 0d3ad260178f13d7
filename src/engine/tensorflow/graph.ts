import type { DataType } from "../../program/types.js";
import { type Attribute, DT, type NodeDef } from "./savedModel.js";

/** What an operation yields in the graph: "node" or "node:output". */
export type Output = string;

const DATA_TYPES: Readonly<Record<DataType, DT>> = { float32: DT.float, int32: DT.int32, uint8: DT.uint8 };

export const dtOf = (dtype: DataType): DT => DATA_TYPES[dtype];

/** The attribute most operations have. */
export const FLOAT = { T: { type: DT.float } } as const;

/** Collects the nodes of a TensorFlow graph. Constants and shapes that are asked for again are the same node. */
export class Graph {
  readonly #nodes: NodeDef[] = [];
  readonly #shared = new Map<string, Output>();

  get nodes(): readonly NodeDef[] {
    return this.#nodes;
  }

  /** Adds a node and answers its name, which is also its first output. */
  add(
    op: string,
    inputs: readonly Output[],
    attributes: Readonly<Record<string, Attribute>> = {},
    name = `n${this.#nodes.length}`,
  ): Output {
    this.#nodes.push({ name, op, inputs, attributes });
    return name;
  }

  /** A float constant; one number fills the whole shape. */
  floats(values: ArrayLike<number>, shape: readonly number[] = []): Output {
    return this.#constant(DT.float, Float32Array.from(values), shape);
  }

  /** An int32 constant: a vector unless a shape is given. */
  ints(values: readonly number[], shape: readonly number[] = [values.length]): Output {
    return this.#constant(DT.int32, Int32Array.from(values), shape);
  }

  /** The shape of a tensor as an int32 vector: a constant where the number of examples is not in it. */
  shapeOf(tensor: { readonly output: Output; readonly shape: readonly number[]; readonly dtype: DataType }): Output {
    if (!tensor.shape.includes(-1)) return this.ints(tensor.shape);
    return this.#once(`shape ${tensor.output}`, () =>
      this.add("Shape", [tensor.output], { T: { type: dtOf(tensor.dtype) }, out_type: { type: DT.int32 } }),
    );
  }

  #constant(dtype: DT, values: Float32Array | Int32Array, shape: readonly number[]): Output {
    const make = () => this.add("Const", [], { dtype: { type: dtype }, value: { tensor: { shape, values } } });
    return values.length > 64 ? make() : this.#once(`constant ${dtype} [${shape}] ${values}`, make);
  }

  #once(key: string, make: () => Output): Output {
    const known = this.#shared.get(key) ?? make();
    this.#shared.set(key, known);
    return known;
  }
}
