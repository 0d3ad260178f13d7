import { thousands } from "../base/words.js";
import { elementCount, reducedShape } from "../program/shapes.js";
import type { Pair, ReduceFunction } from "../program/types.js";
import { type Argument, type ArgumentsOf, boolean, optional } from "./arguments.js";
import { axisAt, LARGEST_RANK, position, wrongAxis } from "./axes.js";
import { defineLayer } from "./defineLayer.js";
import type { LayerKind, Reach, Shape } from "./kind.js";
import { pointwise } from "./pointwise.js";

const one = position("");

/** Axes of a shape without batch, counted from 0. */
const axes: Argument<readonly number[]> = {
  doc: "Which axes: of an image 0 height, 1 width, 2 channels; negative numbers count from the last.",
  schema: { type: "array", items: one.schema, minItems: 1, maxItems: LARGEST_RANK, examples: [[0, 1]] },
  read(json) {
    const given: readonly unknown[] = Array.isArray(json) && json.length <= LARGEST_RANK ? json : [];
    const value = given.flatMap((axis) => {
      const reading = one.read(axis);
      return reading.ok ? [reading.value] : [];
    });
    const right = value.length > 0 && value.length === given.length;
    return right ? { ok: true, value } : { ok: false, error: "a list of axes, such as [0, 1] for height and width" };
  },
};

const reduceArguments = { axes, keepDims: optional(boolean("Keeps the axes, with size 1."), false) };

/** A layer that takes all numbers along some axes together. */
export function defineReduction<const Type extends string>(
  type: Type,
  fn: ReduceFunction,
  summary: string,
): LayerKind<Type, typeof reduceArguments> {
  return defineLayer({
    type,
    summary,
    arguments: reduceArguments,

    infer(args, input) {
      const wrong = args.axes.find((axis) => axisAt(axis, input.length) === undefined);
      if (wrong !== undefined) return { ok: false, error: wrongAxis("axes", wrong, input) };
      const along = counted(args, input.length);
      const sizes = along.map((axis) => input[axis] ?? 1);
      const count = elementCount(sizes);
      return {
        ok: true,
        value: {
          ...pointwise(reducedShape(input, along, args.keepDims)),
          reach: reachOf(input, along),
          formulas: () => [{ label: "each number", expression: `${fn} of ${sizes.join("*")}`, value: `${thousands(count)} numbers` }],
        },
      };
    },

    lower: (args, x, _shape, { builder }) =>
      builder.reduce(
        fn,
        x,
        counted(args, x.shape.length - 1).map((axis) => axis + 1),
        args.keepDims,
      ),
  });
}

const counted = (args: ArgumentsOf<typeof reduceArguments>, rank: number): readonly number[] => [
  ...new Set(args.axes.flatMap((axis) => axisAt(axis, rank) ?? [])),
];

/** A window over all rows of an image, or over all columns; "global" is one over both. */
function reachOf(input: Shape, along: readonly number[]): Reach {
  const [height = 1, width = 1] = input;
  const [rows, columns] = [along.includes(0), along.includes(1)];
  if (input.length !== 3 || (!rows && !columns)) return "pointwise";
  if (rows && columns) return "global";
  const kernel: Pair = rows ? [height, 1] : [1, width];
  return { kernel, strides: [1, 1], dilation: [1, 1], padding: [0, 0, 0, 0] };
}
