import type { Size, TensorShape } from "../../../interpret/tensor.js";
import { axisIn, broadcast, count, fact, make, type Rule, refuse, written } from "../call.js";
import type { Fact } from "../graph.js";

/** The same numbers in another shape: what is known of them stays known. */
function reshaped({ dtype, elements }: Fact, shape: TensorShape | undefined): Fact {
  return { shape, dtype, ...(elements && { elements }) };
}

const reshape: Rule = (call) => {
  const input = call.input(0);
  const wanted = call.list("shape", 1);
  if (wanted === undefined) {
    const [rank] = call.input(1).shape ?? [];
    return make(reshaped(input, rank === undefined || rank > 64 ? undefined : Array.from<Size, Size>({ length: rank }, () => undefined)));
  }
  const keepZero = call.number("allowzero", 0) === 1;
  const copied = wanted.map((size, axis) => (size === 0 && !keepZero ? input.shape?.[axis] : size));
  const open = wanted.indexOf(-1);
  const shape = open < 0 ? copied : withRest(copied, open, input.shape, (axis) => wanted[axis] === 0 && !keepZero);
  if (shape.some((size) => size !== undefined && (size < 0 || !Number.isInteger(size))))
    return refuse(`cannot make ${written(wanted)} of ${written(input.shape)}`);
  const before = input.shape && count(input.shape);
  const after = count(shape);
  if (before !== undefined && after !== undefined && before !== after)
    return refuse(`cannot make ${written(wanted)} of ${written(input.shape)}`);
  return make(reshaped(input, solveOne(shape, before)));
};

/** The size -1 stands for: what is left of the input. Sizes that are copied need not be known. */
function withRest(shape: readonly Size[], open: number, input: TensorShape | undefined, copied: (axis: number) => boolean): TensorShape {
  const total = input && count(input.filter((_, axis) => !copied(axis)));
  const others = count(shape.filter((_, axis) => axis !== open && !copied(axis)));
  const rest = total === undefined || others === undefined || others === 0 ? undefined : total / others;
  return shape.map((size, axis) => (axis === open ? rest : size));
}

/** A single size that is not known follows from the number of elements. */
function solveOne(shape: TensorShape, total: number | undefined): TensorShape {
  const unknown = shape.filter((size) => size === undefined).length;
  const others = count(shape.map((size) => size ?? 1));
  if (unknown !== 1 || total === undefined || others === undefined || others === 0 || total % others !== 0) return shape;
  return shape.map((size) => size ?? total / others);
}

const flatten: Rule = (call) => {
  const input = call.input(0);
  if (input.shape === undefined) return make(reshaped(input, [undefined, undefined]));
  const axis = call.number("axis", 1);
  const place = axis < 0 ? axis + input.shape.length : axis;
  return make(reshaped(input, [count(input.shape.slice(0, place)), count(input.shape.slice(place))]));
};

const transpose: Rule = (call) => {
  const { shape, dtype, elements } = call.input(0);
  if (shape === undefined) return make(fact(undefined, dtype));
  const order = call.numbers("perm") ?? shape.map((_, axis) => shape.length - 1 - axis);
  if (
    order.length !== shape.length ||
    new Set(order).size !== order.length ||
    order.some((axis) => axisIn(axis, shape.length) === undefined)
  )
    return refuse(`cannot order the axes of ${written(shape)} as ${order.join(", ")}`);
  const result = fact(
    order.map((axis) => shape.at(axis)),
    dtype,
  );
  return make(elements && shape.length < 2 ? { ...result, elements } : result);
};

const squeeze: Rule = (call) => {
  const input = call.input(0);
  const { shape } = input;
  const asked = call.list("axes", 1);
  if (shape === undefined || (asked === undefined && call.given(1))) return make(reshaped(input, undefined));
  if (asked === undefined) return make(reshaped(input, shape.includes(undefined) ? undefined : shape.filter((size) => size !== 1)));
  const axes = asked.map((axis) => (axis === undefined ? undefined : axisIn(axis, shape.length)));
  if (axes.includes(undefined)) return refuse(`cannot take axes ${asked.join(", ")} off ${written(shape)}`);
  const kept = shape.filter((_, axis) => !axes.includes(axis));
  if (shape.some((size, axis) => axes.includes(axis) && size !== undefined && size !== 1))
    return refuse(`cannot take axes ${asked.join(", ")} off ${written(shape)}: they are longer than 1`);
  return make(reshaped(input, kept));
};

const unsqueeze: Rule = (call) => {
  const input = call.input(0);
  const asked = call.list("axes", 1)?.filter((axis) => axis !== undefined);
  if (input.shape === undefined || asked === undefined) return make(reshaped(input, undefined));
  const rank = input.shape.length + asked.length;
  const axes = new Set(asked.map((axis) => axisIn(axis, rank)));
  if (axes.has(undefined) || axes.size < asked.length) return refuse(`cannot put axes ${asked.join(", ")} into ${written(input.shape)}`);
  const sizes = [...input.shape];
  return make(
    reshaped(
      input,
      Array.from({ length: rank }, (_, axis) => (axes.has(axis) ? 1 : sizes.shift())),
    ),
  );
};

const expand: Rule = (call) => {
  const { shape, dtype } = call.input(0);
  const wanted = call.input(1).elements;
  const result = wanted && broadcast([shape, wanted]);
  if (result === "unfit") return refuse(`cannot expand ${written(shape)} to ${written(wanted)}`);
  const { elements } = call.input(0);
  const [length] = result ?? [];
  const repeated = elements?.length === 1 && result?.length === 1 && length !== undefined && length <= 64;
  return make({ ...fact(result, dtype), ...(repeated && { elements: Array.from<Size, Size>({ length }, () => elements[0]) }) });
};

const tile: Rule = (call) => {
  const { shape, dtype } = call.input(0);
  const repeats = call.input(1).elements;
  return make(
    fact(
      shape?.map((size, axis) => times(size, repeats?.[axis])),
      dtype,
    ),
  );
};

function times(size: Size, factor: Size): Size {
  return size === undefined || factor === undefined ? undefined : size * factor;
}

/** Blocks of pixels to channels, and back. */
const blocks =
  (toDepth: boolean): Rule =>
  (call) => {
    const { shape, dtype } = call.input(0);
    const side = call.number("blocksize", 1);
    if (shape === undefined) return make(fact(undefined, dtype));
    const [batch, channels, height, width] = shape;
    const scale = (size: Size, by: number) => (size === undefined ? undefined : size * by);
    const result = toDepth
      ? [batch, scale(channels, side * side), scale(height, 1 / side), scale(width, 1 / side)]
      : [batch, scale(channels, 1 / (side * side)), scale(height, side), scale(width, side)];
    const fits = shape.length === 4 && side > 0 && result.every((size) => size === undefined || Number.isInteger(size));
    return fits ? make(fact(result, dtype)) : refuse(`cannot move blocks of ${side}x${side} of ${written(shape)}`);
  };

export const ARRANGEMENTS: Readonly<Record<string, Rule>> = {
  Reshape: reshape,
  Flatten: flatten,
  Transpose: transpose,
  Squeeze: squeeze,
  Unsqueeze: unsqueeze,
  Expand: expand,
  Tile: tile,
  DepthToSpace: blocks(false),
  SpaceToDepth: blocks(true),
};
