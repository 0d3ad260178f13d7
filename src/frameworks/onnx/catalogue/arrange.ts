import { ownAxis, permuted, reshaped, takenFrom } from "../../../interpret/channelsFirst.js";
import { step } from "../../../interpret/steps.js";
import type { Taking } from "../../../interpret/taking.js";
import { type Lowering, onFirst } from "./operands.js";

/** Everything that keeps the numbers and their order. */
const reshape: Lowering = onFirst(({ input, output }) => reshaped(input, output));

const transpose: Lowering = onFirst(({ call, input }) => permuted(call.numbers("perm") ?? input.map((_, i) => input.length - 1 - i)));

const cast: Lowering = onFirst(({ call, result }) =>
  call.input(0).dtype?.startsWith("float") && result.dtype?.startsWith("float") ? [] : undefined,
);

const concat: Lowering = (node) => {
  const { inputs } = node.call;
  const axis = node.axis(1);
  const own = axis === undefined ? undefined : ownAxis(axis, node.rank);
  if (own === undefined || !inputs.every((_, i) => node.isComputed(i))) return undefined;
  return inputs.length === 1 ? [] : [step("concatenate", { axis: own + 1 })];
};

/** One after another along each axis that is named. */
const slice: Lowering = onFirst(({ call, input, output }) => {
  const starts = call.list("starts", 1) ?? [];
  const ends = call.list("ends", 2) ?? [];
  const axes = call.list("axes", 3) ?? starts.map((_, i) => i);
  const steps = call.given(4) ? (call.input(4).elements ?? []) : axes.map(() => 1);
  const takings = axes.map((asked, i): Taking | undefined => {
    const axis = asked !== undefined && asked < 0 ? asked + input.length : asked;
    const length = axis === undefined ? undefined : input[axis];
    const [start, end, stride] = [starts[i], ends[i], steps[i]];
    if (axis === undefined || length === undefined || start === undefined || end === undefined || stride === undefined || stride < 1)
      return undefined;
    const place = (at: number) => Math.min(Math.max(at < 0 ? at + length : at, 0), length);
    return { axis, start: place(start), end: place(end), step: stride };
  });
  const known = takings.filter((taking) => taking !== undefined);
  return known.length === takings.length ? takenFrom(input, known, output) : undefined;
});

/** Pieces follow each other; each output is a slice. */
const split: Lowering = (node) => {
  const { call, input, output, place } = node;
  const axis = node.axis(0);
  const length = axis === undefined ? undefined : input[axis];
  if (axis === undefined || length === undefined || !node.onFirst) return undefined;
  const equal = Math.ceil(length / call.number("num_outputs", call.node.outputs.length));
  const sizes = call.list("split", 1) ?? call.node.outputs.map(() => equal);
  const before = sizes.slice(0, place).reduce<number>((sum, size) => sum + (size ?? 0), 0);
  return takenFrom(input, [{ axis, start: before, end: Math.min(length, before + (sizes[place] ?? equal)) }], output);
};

/** One entry of an axis. */
const gather: Lowering = onFirst((node) => {
  const axis = node.axis(0);
  const index = node.scalar(1);
  const length = axis === undefined ? undefined : node.input[axis];
  if (axis === undefined || index === undefined || length === undefined) return undefined;
  const start = index < 0 ? index + length : index;
  return takenFrom(node.input, [{ axis, start, end: start + 1 }], node.output);
});

const blocks = (type: string): Lowering =>
  onFirst(({ call, isImage }) => {
    const blockSize = call.number("blocksize", undefined);
    return isImage && blockSize !== undefined ? [step(type, { blockSize, order: call.text("mode", "DCR") })] : undefined;
  });

const dropout: Lowering = onFirst(({ call }) => {
  const rate = call.list("ratio", 1)?.[0] ?? 0.5;
  return [step("dropout", { rate: call.number("ratio", rate) })];
});

export const ARRANGEMENTS: Readonly<Record<string, Lowering>> = {
  Identity: onFirst(() => []),
  Cast: cast,
  Reshape: reshape,
  Flatten: reshape,
  Squeeze: reshape,
  Unsqueeze: reshape,
  Transpose: transpose,
  Concat: concat,
  Slice: slice,
  Split: split,
  Gather: gather,
  SpaceToDepth: blocks("spaceToDepth"),
  DepthToSpace: blocks("depthToSpace"),
  Dropout: dropout,
};
