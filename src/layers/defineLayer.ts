import type { Value } from "../program/types.js";
import type { ArgumentSchema, ArgumentsOf } from "./arguments.js";
import type { Inferred, LayerKind, LayerShape, LowerContext, Shape } from "./kind.js";

/** A layer with exactly one input; see LayerKind. */
export interface LayerDefinition<Type extends string, Schema extends ArgumentSchema> {
  readonly type: Type;
  readonly summary: string;
  readonly arguments: Schema;
  readonly singular?: true;
  infer(args: ArgumentsOf<Schema>, input: Shape): Inferred;
  lower(args: ArgumentsOf<Schema>, x: Value, shape: LayerShape, context: LowerContext): Value;
}

/** Makes a kind of layer. The arguments' types follow from their descriptions and are known inside `infer` and `lower`. */
export function defineLayer<const Type extends string, Schema extends ArgumentSchema>(
  definition: LayerDefinition<Type, Schema>,
): LayerKind<Type, Schema> {
  return {
    ...definition,
    inputs: "one",
    infer(args, [input, ...others]) {
      if (input && others.length === 0) return definition.infer(args, input);
      const message = `takes one input, but gets ${others.length + (input ? 1 : 0)}; join them by add or concatenate first`;
      return { ok: false, error: { code: "wrong-inputs", argument: "inputs", message, fixes: [] } };
    },
    lower(args, [x], shape, context) {
      if (!x) throw new Error(`${definition.type} is lowered without an input.`);
      return definition.lower(args, x, shape, context);
    },
  };
}

/** Makes a kind of layer that joins two inputs or more. */
export function defineMerge<const Type extends string, Schema extends ArgumentSchema>(
  definition: Omit<LayerKind<Type, Schema>, "inputs">,
): LayerKind<Type, Schema> {
  return {
    ...definition,
    inputs: "many",
    infer(args, inputs, names) {
      if (inputs.length >= 2) return definition.infer(args, inputs, names);
      const message = `joins two inputs or more, but gets ${inputs.length}; name them, as in "inputs": ["conv2d_1", "conv2d_2"]`;
      return { ok: false, error: { code: "wrong-inputs", argument: "inputs", message, fixes: [] } };
    },
  };
}
