import { thousands } from "../base/words.js";
import { broadcastShapes, elementCount, sameShape } from "../program/shapes.js";
import { type Argument, type ArgumentsOf, isCount, LARGEST_COUNT, maybe, optional } from "./arguments.js";
import { type InitializerConfig, initializer, withFans } from "./initializer.js";
import type { Inferred, Shape } from "./kind.js";
import { pointwise } from "./pointwise.js";
import { regularizer } from "./regularizer.js";
import { trainableArgument, weight } from "./weights.js";
import { shapeText } from "./words.js";

const shape: Argument<Shape> = {
  doc: "Sizes of the learned tensor without the batch; where a size is 1, or axes are missing in front, its numbers are repeated.",
  schema: { type: "array", items: { type: "integer", minimum: 1, maximum: LARGEST_COUNT }, examples: [[1, 1, 64]] },
  read(json) {
    const sizes: readonly unknown[] | undefined = Array.isArray(json) ? json : undefined;
    const value = sizes?.filter((size): size is number => isCount(size, 1));
    return value && value.length === sizes?.length
      ? { ok: true, value }
      : { ok: false, error: "a list of whole numbers from 1, such as [1, 1, 64]" };
  },
};

/** Arguments of layers with one learned tensor that meets the input number by number. */
export const learnedArguments = {
  shape: maybe(shape),
  regularizer: regularizer("Penalty on the tensor, added to the loss."),
  ...trainableArgument,
};

/** How such a tensor starts. */
export const startArgument = (usual: "zeros" | "ones") => optional(initializer("How the tensor starts."), usual);

type LearnedArguments = ArgumentsOf<typeof learnedArguments> & { readonly initializer: InitializerConfig };

/** One number a channel where no shape is given. */
export function inferLearned(name: string, args: LearnedArguments, input: Shape): Inferred {
  const sizes = args.shape ?? input.slice(-1);
  const together = broadcastShapes(sizes, input);
  if (!together || !sameShape(together, input)) {
    const message = `shape ${shapeText(sizes)} cannot be repeated to the input's ${shapeText(input)}; use its sizes or 1, such as ${shapeText(input.slice(-1))}`;
    const fixes = [{ title: `Set shape [${input.at(-1)}]`, set: { shape: input.slice(-1) } }];
    return { ok: false, error: { code: "unequal-shapes", argument: "shape", message, fixes } };
  }
  const count = elementCount(sizes);
  const parameters = [weight(name, sizes, withFans(args.initializer, count, count), args, args.regularizer)];
  const formulas = () => [{ label: "parameters", expression: sizes.join("*") || "1", value: thousands(count) }];
  return { ok: true, value: { ...pointwise(input), parameters, formulas } };
}
