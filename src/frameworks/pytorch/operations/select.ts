import { takenFrom } from "../../../interpret/channelsFirst.js";
import { programError } from "../../../interpret/errors.js";
import { withSizes } from "../../../interpret/sizes.js";
import type { Steps } from "../../../interpret/steps.js";
import type { Taking } from "../../../interpret/taking.js";
import type { Size, TensorShape } from "../../../interpret/tensor.js";
import { type Call, ELLIPSIS, type TensorValue, type Value } from "../../../interpret/values.js";
import { answer, type Rule } from "../core/answer.js";
import { numberOf } from "../core/args.js";
import { functionActor, record } from "../core/record.js";
import { axisOf, withSize } from "../core/sizes.js";
import { tensorValue } from "../core/tensor.js";
import { broadcast } from "./broadcast.js";

/** x[0, :, None, ..., mask]: the shape of what is taken. Axes taken by lists and tensors of numbers stand where the first one did. */
export function indexed(tensor: TensorValue, indices: readonly Value[], call: Call): Value {
  const flat = indices.flatMap((index) => (index.kind === "tuple" ? index.items : [index]));
  const { shape } = tensor.tensor;
  const taken = shape && take(shape, flat, call);
  const result = tensorValue(taken, tensor.tensor.dtype);
  const catalogue = shape && taken && takenSteps(shape, flat, taken);
  record(answer(taken, { reach: "global", catalogue }), functionActor("[]", call.place), call, [tensor.tensor], [result.tensor]);
  return result;
}

function take(shape: TensorShape, indices: readonly Value[], call: Call): TensorShape | undefined {
  const used = indices.reduce((sum, index) => sum + axesOf(index), 0);
  const output: Size[] = [];
  let axis = 0;
  let lists: { shape: TensorShape | undefined; at: number } | undefined;
  for (const index of indices) {
    if (index === ELLIPSIS) {
      const skipped = shape.length - used;
      output.push(...shape.slice(axis, axis + skipped));
      axis += skipped;
      continue;
    }
    const size = shape[axis];
    if (index.kind === "none") output.push(1);
    else if (index.kind === "slice") output.push(sliceSize(index, size));
    else if (index.kind === "number") checkIndex(index.value, size, axis, call);
    else if (index.kind === "boolean") output.push(index.value ? 1 : 0);
    else if (index.kind === "tensor" || index.kind === "list") {
      const picks = index.kind === "tensor" ? index.tensor.shape : [index.items.length];
      const isMask = index.kind === "tensor" && index.tensor.dtype === "bool";
      lists = lists
        ? { shape: broadcast(lists.shape, picks).shape, at: lists.at }
        : { shape: isMask ? [undefined] : picks, at: output.length };
    } else return undefined;
    axis += axesOf(index);
  }
  if (axis > shape.length) {
    throw programError("IndexError", `too many indices for tensor of dimension ${shape.length}`, call.place);
  }
  output.push(...shape.slice(axis));
  if (!lists) return output;
  return lists.shape && [...output.slice(0, lists.at), ...lists.shape, ...output.slice(lists.at)];
}

/** Parts of axes by numbers and slices; places by lists and masks are not in the catalogue. */
function takenSteps(shape: TensorShape, indices: readonly Value[], output: TensorShape): Steps | undefined {
  const used = indices.reduce((sum, index) => sum + axesOf(index), 0);
  const takings: Taking[] = [];
  let axis = 0;
  for (const index of indices) {
    if (index === ELLIPSIS) {
      axis += shape.length - used;
      continue;
    }
    const taking = index.kind === "none" ? undefined : takingOf(index, axis, shape[axis]);
    if (index.kind !== "none" && !taking) return undefined;
    if (taking) takings.push(taking);
    axis += axesOf(index);
  }
  return takenFrom(shape, takings, output);
}

function takingOf(index: Value, axis: number, size: Size): Taking | undefined {
  if (size === undefined) return undefined;
  if (index.kind === "number") {
    const start = axisOf(index.value, size);
    return start === undefined ? undefined : { axis, start, end: start + 1 };
  }
  if (index.kind !== "slice") return undefined;
  const [start, end] = [sliceEnd(index.start, size, 0), sliceEnd(index.stop, size, size)];
  const step = index.step.kind === "none" ? 1 : numberOf(index.step);
  return start === undefined || end === undefined || step === undefined || step < 1 ? undefined : { axis, start, end, step };
}

/** How many axes an index uses up. */
function axesOf(index: Value): number {
  if (index === ELLIPSIS || index.kind === "none" || index.kind === "boolean") return 0;
  return index.kind === "tensor" && index.tensor.dtype === "bool" ? (index.tensor.shape?.length ?? 1) : 1;
}

function checkIndex(index: number, size: Size, axis: number, call: Call): void {
  if (size === undefined || axisOf(index, size) !== undefined) return;
  throw programError("IndexError", `index ${index} is out of bounds for dimension ${axis} with size ${size}`, call.place);
}

/** How many entries start:stop:step takes of an axis. */
function sliceSize(slice: Value & { kind: "slice" }, size: Size): Size {
  const step = slice.step.kind === "none" ? 1 : numberOf(slice.step);
  return withSizes([sliceEnd(slice.start, size, 0), sliceEnd(slice.stop, size, size), step], (from, to, by) =>
    Math.max(0, Math.ceil((to - from) / by)),
  );
}

/** An end of a slice counted from the front, within the axis. */
function sliceEnd(value: Value, size: Size, otherwise: Size): Size {
  if (value.kind === "none") return otherwise;
  return withSizes([numberOf(value), size], (at, all) => Math.min(all, Math.max(0, at < 0 ? at + all : at)));
}

/** One tensor for each entry of the first axis. */
export function entriesOf({ tensor }: TensorValue): readonly Value[] | undefined {
  const [count, ...rest] = tensor.shape ?? [];
  if (count === undefined || count > 4096) return undefined;
  return Array.from({ length: count }, () => tensorValue(rest, tensor.dtype));
}

/** narrow: `length` entries of an axis. */
export const narrow: Rule = (args) => {
  const input = args.shape("self");
  const at = input && axisOf(args.number("dim"), input.length);
  if (!input || at === undefined) return answer(undefined, { reach: "global" });
  const [start, length] = [args.number("start"), args.number("length")];
  const output = withSize(input, at, length);
  const isKnown = start !== undefined && start >= 0 && length !== undefined;
  const catalogue = isKnown ? takenFrom(input, [{ axis: at, start, end: start + length }], output) : undefined;
  return answer(output, { reach: "global", catalogue });
};

/** select: one entry of an axis. */
export const select: Rule = (args) => {
  const input = args.shape("self");
  const at = input && axisOf(args.number("dim"), input.length);
  if (!input || at === undefined) return answer(undefined, { reach: "global" });
  const output = input.filter((_, i) => i !== at);
  const entry = axisOf(args.number("index"), input[at] ?? 0);
  const catalogue = entry === undefined ? undefined : takenFrom(input, [{ axis: at, start: entry, end: entry + 1 }], output);
  return answer(output, { reach: "global", catalogue });
};

/** index_select: as many entries of an axis as there are indices. */
export const indexSelect: Rule = (args) => {
  const input = args.shape("self");
  const at = input && axisOf(args.number("dim"), input.length);
  return answer(input && at !== undefined ? withSize(input, at, args.shape("index")?.[0]) : undefined, { reach: "global" });
};

/** gather, scatter's source: the shape of the index. */
export const gather: Rule = (args) => answer(args.shape("index"), { reach: "global" });

/** x.unfold(dim, size, step): windows of an axis as a new last axis. */
export const windowed: Rule = (args) => {
  const input = args.shape("self");
  const at = input && axisOf(args.number("dimension"), input.length);
  if (!input || at === undefined) return answer(undefined);
  const [size, step] = [args.number("size"), args.number("step")];
  const count = withSizes([input[at], size, step], (all, each, by) => Math.floor((all - each) / by) + 1);
  return answer([...withSize(input, at, count), size], { reach: "global" });
};

/** masked_select, nonzero: nobody knows how many. */
export const unknownCount: Rule = () => answer([undefined], { reach: "global" });
