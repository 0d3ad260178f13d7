import { ownAxis, permuted as permutedSteps, reshaped as reshapedSteps, takenFrom } from "../../channelsFirst.js";
import { product } from "../../sizes.js";
import { type Steps, step } from "../../steps.js";
import type { Taking } from "../../taking.js";
import type { Size, TensorShape } from "../../tensor.js";
import { type Call, type TensorValue, tuple, type Value } from "../../values.js";
import { notKnown, wholeOf, wholesOf } from "../natives.js";
import { itemsOf } from "../operators.js";
import { applied, backwardAxis, backwards, mismatch, shapeText, sizeValue, tensor, tensorsOf } from "./record.js";

/** size(x), size(x, 3), size(x, 1, 2) */
export function sizeOf({ tensor: { shape } }: TensorValue, axes: readonly Value[]): Value {
  if (!shape) return notKnown("size", []);
  if (axes.length === 0) return tuple(shape.map(sizeValue));
  const sizes = axes.map((axis) => {
    const at = wholeOf(axis);
    return at === undefined ? notKnown("size", [axis]) : sizeValue(at > shape.length ? 1 : shape[at - 1]);
  });
  const [only] = sizes;
  return sizes.length === 1 && only ? only : tuple(sizes);
}

/** A size of a new shape: a number, or `:` for what is left. */
type Wanted = number | undefined | "rest";

function wantedOf(value: Value): Wanted {
  if (value.kind === "slice" || (value.kind === "native" && value.name === ":")) return "rest";
  return wholeOf(value);
}

/** reshape(x, 7, 7, :), reshape(x, (784, size(x, 4))) */
export function reshaped(x: TensorValue, sizes: readonly Value[], call: Call): Value {
  const flat = sizes.flatMap((size) => (size.kind === "tuple" || size.kind === "list" ? itemsOf(size) : [size]));
  const { shape } = x.tensor;
  const wanted = flat.map(wantedOf);
  const fixed = wanted.filter((size): size is Size => size !== "rest");
  const total = shape && product(shape);
  const taken = product(fixed);
  const rests = wanted.length - fixed.length;
  const fits = rests === 0 ? total === taken : taken !== 0 && total !== undefined && total % (taken ?? 1) === 0;
  if (rests < 2 && shape && total !== undefined && taken !== undefined && !fits) {
    const target = wanted.map((size) => (size === "rest" ? ":" : (size ?? "?"))).join("x");
    throw mismatch(`an array of ${shapeText(shape)} (${total} numbers) cannot be reshaped to ${target}${nearest(shape, wanted)}`, call);
  }
  const rest = total !== undefined && taken !== undefined && rests === 1 ? total / taken : undefined;
  const result = wanted.map((size) => (size === "rest" ? rest : size));
  return applied("reshape", [x.tensor], result, call, { catalogue: reshaping(shape, result) });
}

function reshaping(from: TensorShape | undefined, to: TensorShape | undefined): Steps | undefined {
  return from && to && reshapedSteps(backwards(from), backwards(to));
}

/** What the first size would have to be where everything but the batch becomes one axis. */
function nearest(shape: TensorShape, wanted: readonly Wanted[]): string {
  const features = product(shape.slice(0, -1));
  return wanted.length === 2 && wanted[1] === "rest" && features !== undefined ? `; use reshape(x, ${features}, :)` : "";
}

/** Flux.flatten: all axes but the last become one. */
export function flattened(x: TensorValue, call: Call): Value {
  const { shape } = x.tensor;
  const result = shape && (shape.length === 0 ? shape : [product(shape.slice(0, -1)), shape.at(-1)]);
  return applied("flatten", [x.tensor], result, call, { catalogue: reshaping(shape, result) });
}

/** cat(a, b; dims = 3), vcat, hcat: one axis (from 1) is added up, the others agree. */
export function concatenated(name: string, parts: readonly Value[], axis: number | undefined, call: Call): Value {
  if (parts.some(({ kind }) => kind !== "tensor") || axis === undefined || axis < 1) return notKnown(name, parts);
  const tensors = tensorsOf(parts);
  const shapes = tensors.map(({ shape }) => shape);
  const known = shapes.filter((shape) => shape !== undefined);
  if (known.length < shapes.length) return applied(name, tensors, undefined, call);
  const rank = Math.max(axis, ...known.map((shape) => shape.length));
  const padded = known.map((shape) => [...shape, ...Array<Size>(rank - shape.length).fill(1)]);
  const [first = []] = padded;
  for (const shape of padded) {
    const differs = shape.some((size, at) => at !== axis - 1 && size !== undefined && first[at] !== undefined && size !== first[at]);
    if (differs)
      throw mismatch(`${name} along axis ${axis} of arrays whose other sizes differ: ${known.map(shapeText).join(" and ")}`, call);
  }
  const joined = padded
    .map((shape) => shape[axis - 1])
    .reduce<Size>((sum, size) => (sum === undefined || size === undefined ? undefined : sum + size), 0);
  const own = known.every((shape) => shape.length === rank) ? ownAxis(backwardAxis(axis, rank), rank) : undefined;
  const concatenation = tensors.length > 1 ? [step("concatenate", { axis: (own ?? 0) + 1 })] : [];
  return applied(
    name,
    tensors,
    first.map((size, at) => (at === axis - 1 ? joined : size)),
    call,
    { catalogue: own === undefined ? undefined : concatenation },
  );
}

/** permutedims(x, (3, 1, 2)), and of a matrix without numbers its transpose. */
export function permuted(x: TensorValue, order: Value | undefined, call: Call): Value {
  const { shape } = x.tensor;
  if (!shape) return applied("permutedims", [x.tensor], undefined, call);
  const axes = order ? wholesOf(order) : [2, 1];
  if (!axes) return notKnown("permutedims", order ? [order] : []);
  const whole = shape.length === 1 && !order ? [...shape, 1] : shape;
  if (axes.length !== whole.length)
    throw mismatch(`permutedims of ${shapeText(shape)} needs ${whole.length} axes, not ${axes.length}`, call);
  const dims = backwards(axes).map((axis) => backwardAxis(axis ?? 1, axes.length));
  return applied(
    "permutedims",
    [x.tensor],
    axes.map((axis) => whole[axis - 1]),
    call,
    { catalogue: whole === shape ? permutedSteps(dims) : undefined },
  );
}

/** dropdims(x; dims = (1, 2)) */
export function dropped(x: TensorValue, dims: readonly number[] | undefined, call: Call): Value {
  const { shape } = x.tensor;
  if (!dims) return notKnown("dropdims", []);
  const wrong = dims.find((axis) => shape && (axis > shape.length || (shape[axis - 1] ?? 1) !== 1));
  if (wrong !== undefined && shape)
    throw mismatch(`dropped dims must all be size 1, but axis ${wrong} of ${shapeText(shape)} is ${shape[wrong - 1] ?? "missing"}`, call);
  const result = shape?.filter((_, at) => !dims.includes(at + 1));
  return applied("dropdims", [x.tensor], result, call, { catalogue: reshaping(shape, result) });
}

/** sum, mean, maximum: `dims` become 1; without them the result is a number. */
export function reduced(name: string, x: TensorValue, dims: Value | undefined, call: Call): Value {
  const { shape } = x.tensor;
  if (!dims || dims.kind === "slice") return applied(name, [x.tensor], [], call, { reach: "global" });
  const axes = wholesOf(dims);
  if (!axes) return applied(name, [x.tensor], undefined, call);
  return applied(
    name,
    [x.tensor],
    shape?.map((size, at) => (axes.includes(at + 1) ? 1 : size)),
    call,
    { reach: "global", catalogue: shape && reduction(name, shape, axes) },
  );
}

const REDUCTIONS: Readonly<Record<string, string>> = { mean: "reduceMean", sum: "reduceSum", maximum: "reduceMax" };

function reduction(name: string, shape: TensorShape, dims: readonly number[]): Steps | undefined {
  const axes = dims.map((axis) => ownAxis(backwardAxis(axis, shape.length), shape.length)).filter((axis) => axis !== undefined);
  const type = REDUCTIONS[name];
  if (type === undefined || axes.length === 0 || axes.length < dims.length) return undefined;
  return [step(type, { axes: axes.sort((a, b) => a - b), keepDims: true })];
}

/** A new axis of size 1. */
export function unsqueezed(x: TensorValue, axis: number | undefined, call: Call): Value {
  const { shape } = x.tensor;
  if (axis === undefined) return notKnown("unsqueeze", []);
  const result = shape && [...shape.slice(0, axis - 1), 1, ...shape.slice(axis - 1)];
  return applied("unsqueeze", [x.tensor], result, call, { catalogue: reshaping(shape, result) });
}

/** x[:, 1, 2:5]: numbers take an axis away. */
export function indexedArray(x: TensorValue, indices: readonly Value[], call: Call): Value {
  const { shape } = x.tensor;
  const lengths = indices.map((index, at) => lengthOf(index, shape && (indices.length === 1 ? product(shape) : shape[at])));
  if (lengths.includes("unknown")) return tensor(undefined);
  const kept = lengths.filter((length): length is Size => length !== "one" && length !== "unknown");
  if (kept.length === 0) return notKnown("a number of an array", []);
  return applied("getindex", [x.tensor], kept, call, { catalogue: shape && taking(shape, indices, kept) });
}

/** Numbers, ranges and whole axes, in the catalogue; indices of Julia count from 1. */
function taking(shape: TensorShape, indices: readonly Value[], result: TensorShape): Steps | undefined {
  const takings: Taking[] = [];
  for (const [at, index] of indices.entries()) {
    if (index.kind === "slice") continue;
    const [start, end, by] =
      index.kind === "number" ? [index.value, index.value + 1, 1] : index.kind === "range" ? [index.start, index.stop, index.step] : [];
    if (start === undefined || end === undefined || by === undefined || by < 1 || indices.length !== shape.length) return undefined;
    takings.push({ axis: backwardAxis(at + 1, shape.length), start: start - 1, end: end - 1, step: by });
  }
  return takenFrom(backwards(shape), takings, backwards(result));
}

function lengthOf(index: Value, size: Size): Size | "one" | "unknown" {
  if (index.kind === "slice") return size;
  if (index.kind === "number") return "one";
  if (index.kind === "range") return Math.max(0, Math.ceil((index.stop - index.start) / index.step));
  if (index.kind === "list") return index.items.length;
  return index.kind === "tensor" && index.tensor.shape?.length === 1 ? index.tensor.shape[0] : "unknown";
}
