import type { Size, TensorShape } from "../../interpret/tensor.js";

/** What is known of a value before the model runs. */
export interface Fact {
  readonly shape: TensorShape | undefined;
  /** "float32", "int64", ...; undefined where unknown. */
  readonly dtype: string | undefined;
  /** Its numbers in row-major order where it is small and made of constants and sizes: what Reshape, Slice and Resize are told. */
  readonly elements?: readonly Size[];
}

export const UNKNOWN: Fact = { shape: undefined, dtype: undefined };

/** Values with more numbers than this are only shapes. */
export const MAX_ELEMENTS = 1024;

/** An attribute's value; what its type does not say is undefined or empty. */
export interface Attribute {
  readonly number: number | undefined;
  readonly text: string;
  readonly numbers: readonly number[];
  readonly texts: readonly string[];
  readonly tensor: Fact | undefined;
  readonly graph: Graph | undefined;
  /** Inside a function of the file: the attribute of its call that is meant instead; else "". */
  readonly reference: string;
}

/** One operator of a graph. Values have names; "" is an optional one that is left out. */
export interface Node {
  readonly name: string;
  readonly operator: string;
  /** "" is ONNX' own. */
  readonly domain: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: ReadonlyMap<string, Attribute>;
}

export interface NamedFact extends Fact {
  readonly name: string;
}

export interface Graph {
  readonly name: string;
  readonly nodes: readonly Node[];
  /** Weights and other constants. */
  readonly initializers: ReadonlyMap<string, Fact>;
  /** Those that are fed: the ones with an initializer are left out. */
  readonly inputs: readonly NamedFact[];
  readonly outputs: readonly NamedFact[];
  /** What the file says of values inside. */
  readonly declared: ReadonlyMap<string, Fact>;
}

/** An operator that the file defines itself. */
export interface GraphFunction {
  readonly name: string;
  readonly domain: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly nodes: readonly Node[];
}

export interface OnnxModel {
  readonly graph: Graph;
  readonly functions: readonly GraphFunction[];
  /** The version of ONNX' own operators. */
  readonly operatorSet: number;
}
