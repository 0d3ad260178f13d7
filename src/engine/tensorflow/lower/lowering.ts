import type { DataType, Dimension, Operation, OperationName, Value } from "../../../program/types.js";
import type { Graph, Output } from "../graph.js";

/** A program's value as the graph has it. */
export interface Tensor {
  readonly output: Output;
  readonly shape: readonly Dimension[];
  readonly dtype: DataType;
}

export type OperationNamed<Name extends OperationName> = Extract<Operation, { readonly op: Name }>;

/** What a lowering gets: a node of the program whose inputs are in the graph already. */
export interface LoweringContext<Name extends OperationName> {
  readonly graph: Graph;
  readonly operation: OperationNamed<Name>;
  /** In the operation's order; asking for one that is not there is a bug. */
  input(index: number): Tensor;
  readonly inputs: readonly Tensor[];
  readonly outputs: readonly Value[];
  /** Shape of the first output. */
  readonly shape: readonly Dimension[];
  /** Key of the program's random streams. */
  readonly seed: number;
}

/** Writes one operation as TensorFlow nodes; answers one output for each of the node's. */
export type Lowering<Name extends OperationName> = (context: LoweringContext<Name>) => readonly Output[];

/** Operations that are looked up in the graph, not computed. */
export type LeafName = "input" | "variable";
export type LoweringTable = { readonly [Name in Exclude<OperationName, LeafName>]: Lowering<Name> };
