import type { Builder } from "../program/builder.js";
import { axisSize, withAxis } from "../program/shapes.js";
import type { Pair, Value } from "../program/types.js";
import { count, maybe, optional } from "./arguments.js";
import { axisAt, position, wrongAxis } from "./axes.js";
import { defineLayer } from "./defineLayer.js";
import type { LayerProblem, Reach, Shape } from "./kind.js";
import { pointwise } from "./pointwise.js";
import { shapeText } from "./words.js";

export const slice = defineLayer({
  type: "slice",
  summary: "Part of an axis, or every second, third ... entry of it.",
  arguments: {
    axis: position("Which axis: of an image 0 height, 1 width, 2 channels; negative numbers count from the last."),
    start: optional(position("The first entry that is taken, from 0; negative numbers count from the end."), 0),
    end: maybe(position("The entry before which it ends; the end of the axis where left out.")),
    step: optional(count("From one entry to the next."), 1),
  },

  infer(args, input) {
    const axis = axisAt(args.axis, input.length);
    if (axis === undefined) return { ok: false, error: wrongAxis("axis", args.axis, input) };
    const size = axisSize(input, axis);
    const [start, end] = ends(args, size);
    if (start < 0 || end > size || start >= end) return { ok: false, error: outside(args, axis, input) };
    const taken = Math.ceil((end - start) / args.step);
    const formulas = () => [{ label: `axis ${axis}`, expression: `ceil((${end} - ${start})/${args.step})`, value: String(taken) }];
    return { ok: true, value: { ...pointwise(withAxis(input, axis, taken)), reach: reachOf(axis, input, start, args.step), formulas } };
  },

  lower(args, x, { output }, { builder }) {
    const axis = axisAt(args.axis, output.length) ?? 0;
    const [start] = ends(args, axisSize(x.shape, axis + 1));
    return takeEvery(builder, x, axis + 1, { start, step: args.step, count: axisSize(output, axis) });
  },
});

function ends({ start, end }: { start: number; end: number | undefined }, size: number): Pair {
  const counted = (place: number) => (place < 0 ? size + place : place);
  return [counted(start), counted(end ?? size)];
}

/** Every step-th entry, as the first of each group of `step`; the last group may not be whole. */
function takeEvery(
  b: Builder,
  x: Value,
  axis: number,
  { start, step, count: taken }: { start: number; step: number; count: number },
): Value {
  if (step === 1) return b.slice(x, axis, start, taken);
  const size = axisSize(x.shape, axis);
  const groups = start + taken * step <= size ? taken : taken - 1;
  const last = groups < taken ? [b.slice(x, axis, start + groups * step, 1)] : [];
  if (groups === 0) return b.concat(last, axis);
  const grouped = b.slice(x, axis, start, groups * step);
  const split = b.reshape(grouped, [...x.shape.slice(0, axis), groups, step, ...x.shape.slice(axis + 1)]);
  const firsts = b.reshape(b.slice(split, axis + 1, 0, 1), withAxis(x.shape, axis, groups));
  return last.length === 0 ? firsts : b.concat([firsts, ...last], axis);
}

/** Taking rows and columns of an image is what a window of one entry does with strides, beginning later. */
function reachOf(axis: number, input: Shape, start: number, step: number): Reach {
  if (input.length !== 3 || axis === 2) return "pointwise";
  const kernel: Pair = [1, 1];
  return axis === 0
    ? { kernel, strides: [step, 1], dilation: kernel, padding: [-start, 0, 0, 0] }
    : { kernel, strides: [1, step], dilation: kernel, padding: [0, 0, -start, 0] };
}

function outside(args: { start: number; end: number | undefined }, axis: number, input: Shape): LayerProblem {
  const size = axisSize(input, axis);
  const [start, end] = ends(args, size);
  const takes = start >= end && end <= size ? "takes nothing" : "reaches beyond what there is";
  return {
    code: "wrong-range",
    argument: start < 0 || start >= size ? "start" : "end",
    message: `from ${args.start} to ${args.end ?? "the end"} ${takes} of the ${size} entries along axis ${axis} of ${shapeText(input)}; use a start from 0 and a larger end up to ${size}`,
    fixes: [{ title: "Take the whole axis", set: { start: 0, end: size } }],
  };
}
