import { takenFrom } from "../../../interpret/channelsLast.js";
import { withSizes } from "../../../interpret/sizes.js";
import type { Steps } from "../../../interpret/steps.js";
import type { Taking } from "../../../interpret/taking.js";
import type { Size, TensorShape } from "../../../interpret/tensor.js";
import { ELLIPSIS, type Value } from "../../../interpret/values.js";
import type { FunctionRule } from "./applyFunction.js";
import type { FunctionSteps } from "./functionSteps.js";

/** What brackets with these indices take of a tensor: the shape, and the same in the catalogue. */
export function indexing(indices: readonly Value[]): { readonly rule: FunctionRule; readonly steps: FunctionSteps } {
  return { rule: (args) => indexed(args.shape(0), indices), steps: (_, { input, output }) => partOf(input, indices, output) };
}

/** x[0], x[:, 1:3], x[..., tf.newaxis]: basic indexing as NumPy does it. */
function indexed(shape: TensorShape | undefined, indices: readonly Value[]): TensorShape | undefined {
  if (!shape) return undefined;
  const flat = indices.length === 1 && indices[0]?.kind === "tuple" ? indices[0].items : indices;
  const used = flat.filter((index) => index !== ELLIPSIS && index.kind !== "none").length;
  const result: Size[] = [];
  let axis = 0;
  for (const index of flat) {
    if (index === ELLIPSIS) {
      const skipped = Math.max(0, shape.length - used);
      result.push(...shape.slice(axis, axis + skipped));
      axis += skipped;
    } else if (index.kind === "none") result.push(1);
    else if (index.kind === "number") axis++;
    else if (index.kind === "slice") result.push(sliced(shape[axis++], index));
    else if (index.kind === "list" || index.kind === "tuple") {
      result.push(index.items.length);
      axis++;
    } else return undefined;
  }
  return axis > shape.length ? undefined : [...result, ...shape.slice(axis)];
}

function partOf(input: TensorShape, indices: readonly Value[], output: TensorShape): Steps | undefined {
  const taken = takings(input, indices);
  return taken && takenFrom(input, taken, output);
}

/** What indices take of an image's axes; undefined where a list picks entries. */
function takings(shape: TensorShape, indices: readonly Value[]): Taking[] | undefined {
  const flat = indices.length === 1 && indices[0]?.kind === "tuple" ? indices[0].items : indices;
  const used = flat.filter((index) => index !== ELLIPSIS && index.kind !== "none").length;
  const found: Taking[] = [];
  let axis = 0;
  for (const index of flat) {
    if (index.kind === "none") continue;
    if (index === ELLIPSIS) {
      axis += Math.max(0, shape.length - used);
      continue;
    }
    const size = shape[axis];
    const part = index.kind === "number" ? [index.value, index.value + 1, 1] : index.kind === "slice" ? ends(index, size) : undefined;
    const [start, end, step] = part ?? [];
    const isWhole = index.kind === "slice" && start === 0 && end === size && step === 1;
    if (!isWhole) {
      if (start === undefined || end === undefined || step === undefined || step < 1 || size === undefined) return undefined;
      const front = start < 0 ? start + size : start;
      found.push({ axis, start: front, end: index.kind === "number" ? front + 1 : end, step });
    }
    axis++;
  }
  return found;
}

/** Start, end and step of a slice, counted from the front. */
function ends({ start, stop, step }: Extract<Value, { kind: "slice" }>, size: Size): Size[] {
  const at = (value: Value, otherwise: Size): Size => {
    if (value.kind !== "number") return value.kind === "none" ? otherwise : undefined;
    return value.value < 0
      ? withSizes([size], (all) => Math.max(0, all + value.value))
      : withSizes([size], (all) => Math.min(all, value.value));
  };
  return [at(start, 0), at(stop, size), step.kind === "none" ? 1 : step.kind === "number" ? step.value : undefined];
}

function sliced(size: Size, { start, stop, step }: Extract<Value, { kind: "slice" }>): Size {
  const number = (value: Value, otherwise: Size): Size =>
    value.kind === "none" ? otherwise : value.kind === "number" ? value.value : undefined;
  const stride = number(step, 1);
  if (stride === undefined || stride === 0) return undefined;
  const from = number(start, stride > 0 ? 0 : size === undefined ? undefined : size - 1);
  // Where the axis is unknown, x[2:5] has three entries all the same, as far as anybody can tell.
  if (size === undefined) {
    const to = number(stop, undefined);
    return from !== undefined && to !== undefined && from >= 0 && to >= from && stride > 0 ? Math.ceil((to - from) / stride) : undefined;
  }
  const to = number(stop, stride > 0 ? size : -1 - size);
  return withSizes([from, to], (a, b) => {
    const clip = (value: number) => Math.min(Math.max(value < 0 ? value + size : value, stride > 0 ? 0 : -1), size);
    return Math.max(0, Math.ceil((clip(b) - clip(a)) / stride));
  });
}
