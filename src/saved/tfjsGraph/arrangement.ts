import { product, sum } from "../../interpret/sizes.js";
import type { Size, TensorShape } from "../../interpret/tensor.js";
import type { Attributes } from "./nodes.js";
import { axisIn, type Inputs, type Known, type Operation, shaped } from "./operation.js";

/** -1 is whatever is left. */
const reshape: Operation = (inputs) => {
  const wanted = inputs.values(1);
  const from = inputs.shape(0);
  if (!wanted) return shaped(undefined);
  const before = from && product(from);
  const rest = product(wanted.filter((size) => size !== -1));
  const left = before !== undefined && rest !== undefined && rest > 0 && before % rest === 0 ? before / rest : undefined;
  return [{ shape: wanted.map((size) => (size === -1 ? left : size)), values: inputs.values(0) }];
};

const concat =
  (axisFirst: boolean): Operation =>
  (inputs) => {
    const tensors = inputs.all.slice(axisFirst ? 1 : 0, axisFirst ? undefined : -1);
    const axis = inputs.value(axisFirst ? 0 : inputs.count - 1);
    const [first] = tensors;
    const at = first?.shape && axisIn(axis, first.shape.length);
    if (!first?.shape) return shaped(undefined);
    if (at === undefined) return shaped(axis === undefined ? first.shape.map(() => undefined) : undefined);
    const joined = sum(tensors.map(({ shape }) => shape?.[at]));
    const parts = tensors.map(({ values }) => values);
    const values = first.shape.length === 1 && !parts.includes(undefined) ? parts.flatMap((part) => part ?? []) : undefined;
    return [{ shape: first.shape.map((size, each) => (each === at ? joined : size)), values }];
  };

const pack: Operation = (inputs, attributes) => {
  const shape = inputs.shape(0);
  const axis = attributes.whole("axis") ?? 0;
  if (!shape) return shaped(undefined);
  const at = axis < 0 ? axis + shape.length + 1 : axis;
  const values = shape.length === 0 ? inputs.all.map(({ values: own }) => own?.[0]) : undefined;
  return [{ shape: [...shape.slice(0, at), inputs.count, ...shape.slice(at)], values }];
};

const unpack: Operation = (inputs, attributes) => {
  const shape = inputs.shape(0);
  const at = shape && axisIn(attributes.whole("axis") ?? 0, shape.length);
  const count = attributes.whole("num") ?? 0;
  return Array<Known>(Math.min(Math.max(count, 0), 1000)).fill({
    shape: at === undefined ? undefined : shape?.filter((_, each) => each !== at),
  });
};

const expandDims: Operation = (inputs) => {
  const shape = inputs.shape(0);
  const at = shape && axisIn(inputs.value(1), shape.length + 1);
  if (at === undefined || !shape) return shaped(shape && Array<Size>(shape.length + 1).fill(undefined));
  return [{ shape: [...shape.slice(0, at), 1, ...shape.slice(at)], values: inputs.values(0) }];
};

const squeeze: Operation = (inputs, attributes) => {
  const shape = inputs.shape(0);
  if (!shape) return shaped(undefined);
  const axes = (attributes.wholes("squeeze_dims") ?? attributes.wholes("axis"))?.map((axis) => axisIn(axis, shape.length));
  return [{ shape: axes ? shape.filter((_, at) => !axes.includes(at)) : shape.filter((size) => size !== 1), values: inputs.values(0) }];
};

const transpose: Operation = (inputs) => {
  const shape = inputs.shape(0);
  const order = inputs.values(1);
  return shaped(order ? order.map((axis) => (axis === undefined ? undefined : shape?.[axis])) : shape?.map(() => undefined));
};

const pad: Operation = (inputs) => {
  const sides = inputs.values(1);
  return shaped(inputs.shape(0)?.map((size, axis) => sum([size, sides?.[2 * axis], sides?.[2 * axis + 1]])));
};

const slice: Operation = (inputs) => {
  const [begin, size] = [inputs.values(1), inputs.values(2)];
  return shaped(
    inputs.shape(0)?.map((whole, axis) => {
      const [from, taken] = [begin?.[axis], size?.[axis]];
      if (taken !== -1) return taken;
      return whole === undefined || from === undefined ? undefined : whole - from;
    }),
  );
};

/** x[1:3, :, 0]: masks say where a bound is left out, and which axes go. */
const stridedSlice: Operation = (inputs, attributes) => {
  const shape = inputs.shape(0);
  const [begin, end] = [inputs.values(1), inputs.values(2)];
  const mask = (name: string, axis: number) => (((attributes.whole(name) ?? 0) >> axis) & 1) === 1;
  if (!shape || !begin || !end || (attributes.whole("new_axis_mask") ?? 0) > 0 || (attributes.whole("ellipsis_mask") ?? 0) > 0)
    return shaped(undefined);
  const steps = inputs.values(3);
  const result: Size[] = [];
  let values = shape.length === 1 ? inputs.values(0) : undefined;
  shape.forEach((size, axis) => {
    if (axis >= begin.length) {
      result.push(size);
      return;
    }
    const step = steps ? steps[axis] : 1;
    if (mask("shrink_axis_mask", axis)) {
      const at = begin[axis];
      values = values && at !== undefined ? [values.at(at)] : undefined;
      return;
    }
    const [from, to] = [mask("begin_mask", axis) ? 0 : bound(begin[axis], size), mask("end_mask", axis) ? size : bound(end[axis], size)];
    const known = from !== undefined && to !== undefined && step !== undefined && step > 0;
    values = known && step === 1 ? values?.slice(from, to) : undefined;
    result.push(known ? Math.max(0, Math.ceil((to - from) / step)) : undefined);
  });
  return [{ shape: result, values }];
};

function bound(at: Size, size: Size): Size {
  if (at === undefined || size === undefined) return at !== undefined && at >= 0 && size === undefined ? at : undefined;
  return Math.min(Math.max(at < 0 ? at + size : at, 0), size);
}

const gather: Operation = (inputs) => {
  const [shape, indices] = [inputs.shape(0), inputs.shape(1)];
  const at = shape && axisIn(inputs.count > 2 ? inputs.value(2) : 0, shape.length);
  if (!shape || !indices) return shaped(undefined);
  const result = at === undefined ? undefined : [...shape.slice(0, at), ...indices, ...shape.slice(at + 1)];
  const [from, which] = [inputs.values(0), inputs.values(1)];
  return [{ shape: result, values: from && which?.map((index) => (index === undefined ? undefined : from[index])) }];
};

/** split(axis, x), split_v(x, sizes, axis) */
const split: Operation = (inputs, attributes) => {
  const shape = inputs.shape(1);
  const count = Math.min(Math.max(attributes.whole("num_split") ?? 1, 1), 1000);
  const at = shape && axisIn(inputs.value(0), shape.length);
  const part = shape?.map((size, axis) => (axis === at && size !== undefined ? size / count : at === undefined ? undefined : size));
  return Array<Known>(count).fill({ shape: part });
};

const splitV: Operation = (inputs) => {
  const shape = inputs.shape(0);
  const at = shape && axisIn(inputs.value(2), shape.length);
  return (inputs.values(1) ?? []).map((part) => ({ shape: shape?.map((size, axis) => (axis === at ? part : size)) }));
};

const tile: Operation = (inputs) => {
  const times = inputs.values(1);
  return shaped(inputs.shape(0)?.map((size, axis) => product([size, times?.[axis]])));
};

const shapeOf: Operation = (inputs) => {
  const shape = inputs.shape(0);
  return [{ shape: [shape?.length], values: shape }];
};

const fromSizes: Operation = (inputs) => shaped(inputs.values(0));

const blocks =
  (toDepth: boolean): Operation =>
  (inputs, attributes) => {
    const [size, shape] = [attributes.whole("block_size"), inputs.shape(0)];
    if (shape?.length !== 4 || !size) return shaped(undefined);
    const scaled = (each: Size, factor: number): Size => (each === undefined ? undefined : each * factor);
    const [side, depth] = toDepth ? [1 / size, size * size] : [size, 1 / (size * size)];
    return shaped([shape[0], scaled(shape[1], side), scaled(shape[2], side), scaled(shape[3], depth)]);
  };

const placeholder: Operation = (_: Inputs, attributes: Attributes) => {
  const shape: TensorShape | undefined = attributes.shape("shape") ?? attributes.shape("_output_shapes");
  return shaped(shape);
};

export const ARRANGEMENT: Readonly<Record<string, Operation>> = {
  Placeholder: placeholder,
  Reshape: reshape,
  ConcatV2: concat(false),
  Concat: concat(true),
  Pack: pack,
  Unpack: unpack,
  ExpandDims: expandDims,
  Squeeze: squeeze,
  Transpose: transpose,
  Pad: pad,
  PadV2: pad,
  MirrorPad: pad,
  Slice: slice,
  StridedSlice: stridedSlice,
  Gather: gather,
  GatherV2: gather,
  Split: split,
  SplitV: splitV,
  Tile: tile,
  Shape: shapeOf,
  Rank: (inputs) => [{ shape: [], values: [inputs.shape(0)?.length] }],
  Fill: fromSizes,
  BroadcastTo: (inputs) => shaped(inputs.values(1)),
  RandomUniform: fromSizes,
  RandomStandardNormal: fromSizes,
  TruncatedNormal: fromSizes,
  OneHot: (inputs) => shaped(inputs.shape(0) && [...(inputs.shape(0) ?? []), inputs.value(1)]),
  SpaceToDepth: blocks(true),
  DepthToSpace: blocks(false),
  Range: (inputs) => {
    const [start, stop, step] = [inputs.value(0), inputs.value(1), inputs.value(2)];
    return shaped([start === undefined || stop === undefined || !step ? undefined : Math.max(0, Math.ceil((stop - start) / step))]);
  },
};
