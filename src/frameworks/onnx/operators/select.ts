import type { Size, TensorShape } from "../../../interpret/tensor.js";
import { axisIn, count, fact, type Made, make, type NodeCall, type Refused, type Rule, refuse, withSize, written } from "../call.js";
import { type Fact, MAX_ELEMENTS } from "../graph.js";

const concat: Rule = (call) => {
  const inputs = call.inputs.map((_, i) => call.input(i));
  const dtype = inputs.find((each) => each.dtype !== undefined)?.dtype;
  const shapes = inputs.map(({ shape }) => shape);
  const known = shapes.filter((shape) => shape !== undefined);
  const [first] = known;
  if (first === undefined) return make(fact(undefined, dtype));
  const axis = axisIn(call.number("axis", 1), first.length);
  const shape = axis === undefined ? undefined : joinAlong(shapes, first, axis);
  if (axis === undefined || shape === undefined)
    return refuse(`cannot join ${known.map(written).join(" and ")} along axis ${call.number("axis", 1)}`);
  const lists = first.length === 1 ? inputs.flatMap((each) => (each.elements ? [each.elements] : [])) : [];
  const whole = lists.length === inputs.length && sum(lists.map((list) => list.length)) <= MAX_ELEMENTS;
  return make({ ...fact(shape, dtype), ...(whole && { elements: lists.flat() }) });
};

/** Undefined where sizes beside the axis differ. */
function joinAlong(shapes: readonly (TensorShape | undefined)[], first: TensorShape, axis: number): TensorShape | undefined {
  const known = shapes.filter((shape) => shape !== undefined);
  if (known.some((shape) => shape.length !== first.length)) return undefined;
  const joined: Size[] = [];
  for (let i = 0; i < first.length; i++) {
    const sizes = known.map((shape) => shape[i]);
    const sure = new Set(sizes.filter((size) => size !== undefined));
    if (i === axis) joined.push(known.length < shapes.length || sizes.includes(undefined) ? undefined : sum(sizes));
    else if (sure.size > 1) return undefined;
    else joined.push([...sure][0]);
  }
  return joined;
}

function sum(sizes: readonly Size[]): number {
  return sizes.reduce<number>((total, size) => total + (size ?? 0), 0);
}

const split: Rule = (call) => {
  const { shape, dtype, elements } = call.input(0);
  const pieces = call.node.outputs.length;
  if (shape === undefined) return make(...call.node.outputs.map(() => fact(undefined, dtype)));
  const axis = axisIn(call.number("axis", 0), shape.length);
  if (axis === undefined) return refuse(`cannot split axis ${call.number("axis", 0)} of ${written(shape)}`);
  const length = shape[axis];
  const equal = length === undefined ? undefined : Math.ceil(length / call.number("num_outputs", pieces));
  const last = length === undefined || equal === undefined ? undefined : length - equal * (pieces - 1);
  const asked = call.list("split", 1);
  const unsure = call.given(1) && asked === undefined;
  const sizes = call.node.outputs.map((_, i) => (asked ? asked[i] : unsure ? undefined : i === pieces - 1 ? last : equal));
  if (asked && length !== undefined && !sizes.includes(undefined) && sum(sizes) !== length)
    return refuse(`cannot split ${length} of ${written(shape)} into ${sizes.join(" and ")}`);
  let start = 0;
  return make(
    ...sizes.map((size) => {
      const piece = elements && shape.length === 1 && size !== undefined ? elements.slice(start, start + size) : undefined;
      start += size ?? 0;
      return { ...fact(withSize(shape, axis, size), dtype), ...(piece && !sizes.includes(undefined) && { elements: piece }) };
    }),
  );
};

const slice: Rule = (call) => {
  const { shape, dtype, elements } = call.input(0);
  const starts = call.list("starts", 1);
  const ends = call.list("ends", 2);
  if (shape === undefined) return make(fact(undefined, dtype));
  const axes = call.list("axes", 3) ?? (call.given(3) ? undefined : (starts ?? ends)?.map((_, i) => i));
  if (axes === undefined)
    return make(
      fact(
        shape.map(() => undefined),
        dtype,
      ),
    );
  const steps = call.given(4) ? call.input(4).elements : axes.map(() => 1);
  let sizes = shape;
  let kept = elements;
  for (const [i, asked] of axes.entries()) {
    const axis = asked === undefined ? undefined : axisIn(asked, shape.length);
    if (axis === undefined)
      return asked === undefined
        ? make(
            fact(
              shape.map(() => undefined),
              dtype,
            ),
          )
        : refuse(`has no axis ${asked} in ${written(shape)}`);
    const indices = sliceIndices(shape[axis], starts?.[i], ends?.[i], steps?.[i]);
    sizes = withSize(sizes, axis, indices?.size);
    kept = shape.length === 1 && indices ? kept && take(kept, indices) : undefined;
  }
  return make({ ...fact(sizes, dtype), ...(kept && { elements: kept }) });
};

interface Indices {
  readonly start: number;
  readonly step: number;
  readonly size: number;
}

/** Python's slices: negative places count from the end, those beyond it are cut. */
function sliceIndices(length: Size, start: Size, end: Size, step: Size): Indices | undefined {
  if (length === undefined || start === undefined || end === undefined || step === undefined || step === 0) return undefined;
  const clamp = (place: number, low: number, high: number) => Math.min(Math.max(place < 0 ? place + length : place, low), high);
  const first = step > 0 ? clamp(start, 0, length) : clamp(start, 0, length - 1);
  const last = step > 0 ? clamp(end, 0, length) : clamp(end, -1, length - 1);
  return { start: first, step, size: Math.max(0, Math.ceil((last - first) / step)) };
}

function take(elements: readonly Size[], { start, step, size }: Indices): readonly Size[] {
  return Array.from({ length: Math.min(size, MAX_ELEMENTS) }, (_, i) => elements[start + i * step]);
}

const gather: Rule = (call) => {
  const data = call.input(0);
  const indices = call.input(1);
  if (data.shape === undefined || indices.shape === undefined) return make(fact(undefined, data.dtype));
  const axis = axisIn(call.number("axis", 0), data.shape.length);
  if (axis === undefined) return refuse(`has no axis ${call.number("axis", 0)} in ${written(data.shape)}`);
  const shape = [...data.shape.slice(0, axis), ...indices.shape, ...data.shape.slice(axis + 1)];
  const { elements } = data;
  const taken = elements && data.shape.length === 1 && indices.elements?.map((at) => (at === undefined ? undefined : elements.at(at)));
  return make({ ...fact(shape, data.dtype), ...(taken && { elements: taken }) });
};

const gatherNd: Rule = (call) => {
  const { shape, dtype } = call.input(0);
  const indices = call.input(1).shape;
  const depth = indices?.at(-1);
  if (shape === undefined || indices === undefined || depth === undefined) return make(fact(undefined, dtype));
  return make(fact([...indices.slice(0, -1), ...shape.slice(call.number("batch_dims", 0) + depth)], dtype));
};

/** Before operator set 11 an attribute, before 2 named "paddings". Negative ones cut. */
const pad: Rule = (call) => {
  const { shape, dtype } = call.input(0);
  const pads = call.list("pads", 1) ?? call.numbers("paddings");
  if (shape === undefined) return make(fact(undefined, dtype));
  const axes = call.given(3) ? call.input(3).elements : shape.map((_, axis) => axis);
  if (axes === undefined)
    return make(
      fact(
        shape.map(() => undefined),
        dtype,
      ),
    );
  if (pads && pads.length !== 2 * axes.length) return refuse(`has ${pads.length} pads for ${axes.length} axes of ${written(shape)}`);
  const amounts = new Map(
    axes.map(
      (axis, i) => [axis === undefined ? undefined : axisIn(axis, shape.length), added(pads?.[i], pads?.[i + axes.length])] as const,
    ),
  );
  return make(
    fact(
      shape.map((size, axis) => (amounts.has(axis) ? added(size, amounts.get(axis)) : size)),
      dtype,
    ),
  );
};

function added(a: Size, b: Size): Size {
  return a === undefined || b === undefined ? undefined : a + b;
}

/** The k largest along an axis: numbers and their places. */
const topK: Rule = (call) => {
  const { shape, dtype } = call.input(0);
  const k = call.given(1) ? call.input(1).elements?.[0] : call.number("k", undefined);
  const axis = shape && axisIn(call.number("axis", -1), shape.length);
  if (shape === undefined || axis === undefined) return make(fact(undefined, dtype), fact(undefined, "int64"));
  const result = withSize(shape, axis, k);
  return make(fact(result, dtype), fact(result, "int64"));
};

const compress: Rule = (call) => {
  const { shape, dtype } = call.input(0);
  const axis = call.number("axis", undefined);
  const place = axis === undefined || shape === undefined ? undefined : axisIn(axis, shape.length);
  return make(fact(axis === undefined ? [undefined] : shape && place !== undefined ? withSize(shape, place, undefined) : undefined, dtype));
};

const oneHot: Rule = (call) => {
  const { shape } = call.input(0);
  const axis = call.number("axis", -1);
  const place = shape && axisIn(axis, shape.length + 1);
  const depth = call.input(1).elements?.[0];
  const result = shape && place !== undefined ? [...shape.slice(0, place), depth, ...shape.slice(place)] : undefined;
  return make(fact(result, call.input(2).dtype));
};

const nonZero = (call: NodeCall): Made | Refused => make(fact([call.input(0).shape?.length, undefined], "int64"));

const unique: Rule = (call) => {
  const { shape, dtype } = call.input(0);
  const axis = call.number("axis", undefined);
  const place = axis === undefined || shape === undefined ? undefined : axisIn(axis, shape.length);
  const values: Fact = fact(place === undefined || shape === undefined ? [undefined] : withSize(shape, place, undefined), dtype);
  const places = fact([undefined], "int64");
  return make(values, places, fact([shape && axis === undefined ? count(shape) : undefined], "int64"), places);
};

export const SELECTIONS: Readonly<Record<string, Rule>> = {
  Concat: concat,
  Split: split,
  Slice: slice,
  Gather: gather,
  GatherElements: (call) => make(fact(call.input(1).shape, call.input(0).dtype)),
  GatherND: gatherNd,
  Pad: pad,
  TopK: topK,
  Compress: compress,
  OneHot: oneHot,
  NonZero: nonZero,
  Unique: unique,
};
