import { type Feeds64, ReferenceExecutor } from "../../../src/engine/reference/executor.js";
import type { Tensor } from "../../../src/engine/reference/tensor.js";
import { GraphBuilder } from "../../../src/program/graphBuilder.js";
import type { DataType, Dimension, Value } from "../../../src/program/types.js";

export interface Fed {
  readonly shape: readonly number[];
  readonly data: ArrayLike<number>;
  readonly dtype?: DataType;
  /** As declared, where the fed shape has examples. */
  readonly declared?: readonly Dimension[];
}

/** Computes what `build` makes of fed tensors, on the reference executor. */
export function call(build: (builder: GraphBuilder, ...inputs: Value[]) => Value | readonly Value[], ...fed: readonly Fed[]): Tensor[] {
  const builder = new GraphBuilder();
  const feeds = fed.map(({ shape, dtype = "float32", declared = shape }, i) => ({
    name: `x${i}`,
    value: builder.input(`x${i}`, declared, dtype),
  }));
  const results = build(builder, ...feeds.map(({ value }) => value));
  const fetches = "id" in results ? [results] : results;
  const executor = new ReferenceExecutor(builder.finish({ call: { feeds, fetches, updates: [] } }, 1));
  const values: Feeds64 = Object.fromEntries(fed.map((tensor, i) => [`x${i}`, tensor]));
  return executor.runFloat64("call", values);
}

/** The first result's numbers. */
export function numbers(...args: Parameters<typeof call>): number[] {
  return [...(call(...args)[0]?.data ?? [])];
}
