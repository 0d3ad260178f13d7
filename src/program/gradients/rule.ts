import type { GraphBuilder } from "../graphBuilder.js";
import type { Operation, OperationName, Value } from "../types.js";

/** What a backward rule sees of a node beside its inputs. */
export interface Backward<Name extends OperationName> {
  readonly builder: GraphBuilder;
  readonly operation: Extract<Operation, { op: Name }>;
  /** The node's first output, and the derivative of the loss by it. */
  readonly y: Value;
  readonly dy: Value;
  readonly outputs: readonly Value[];
}

/**
 * The derivative of the loss by each input, in order; undefined (or left out) where an input has none: integers, comparisons,
 * values whose shape alone is used. Rules need not care who wants them: nodes that nobody uses are left out of a program.
 */
export type GradientRule<Name extends OperationName> = (node: Backward<Name>, ...inputs: Value[]) => readonly (Value | undefined)[];
export type GradientRules<Name extends OperationName> = { readonly [K in Name]: GradientRule<K> };
