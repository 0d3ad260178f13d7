import type { TensorShape } from "../../../interpret/tensor.js";
import { isArray } from "./data.js";
import { type KerasLayer, layer } from "./layer.js";

/** Where a model begins: what it is fed comes out. */
const inputLayer = layer("InputLayer", { shape: null, batch_size: null, dtype: null, sparse: null }, (_args, inputs) => ({
  outputs: inputs,
  catalogue: [],
}));

/** A function that a saved config cannot say; `output_shape` says what comes out, where it is given as sizes. */
const lambda = layer("Lambda", { function: null, output_shape: null, mask: null, arguments: null }, (args, [input]) => {
  const asked = args.get("output_shape");
  const sizes = typeof asked === "number" ? [asked] : isArray(asked) ? asked : undefined;
  const output: TensorShape | undefined = sizes && [input?.[0], ...sizes.map((size) => (typeof size === "number" ? size : undefined))];
  return { outputs: [output] };
});

export const FUNCTIONAL: readonly KerasLayer[] = [inputLayer, lambda];
