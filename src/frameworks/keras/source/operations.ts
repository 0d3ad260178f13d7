import { sizesText } from "../../../base/words.js";
import { broadcast, either, mayEqual, product, sum, withSizes } from "../../../interpret/sizes.js";
import type { Size, TensorShape } from "../../../interpret/tensor.js";
import type { FunctionRule } from "./applyFunction.js";
import type { FunctionArguments } from "./functionArguments.js";

/** Functions of tf, tf.math, tf.nn, keras.ops and keras.backend by their names, which agree where they mean the same. */

export const same: FunctionRule = (args) => args.shape(0, "x", "input", "inputs", "features", "tensor", "logits", "input_tensor", "images");

/** Two tensors number by number. */
export const elementwise: FunctionRule = (args) => {
  const [a, b] = [args.shape(0, "x", "x1", "a"), args.shape(1, "y", "x2", "b")];
  if (!a || !b) return undefined;
  return broadcast(a, b) ?? args.refuse("unequal-shapes", `needs shapes that broadcast, but gets ${sizesText(a)} and ${sizesText(b)}`);
};

function axesIn(args: FunctionArguments, rank: number): readonly number[] | undefined {
  if (args.isNone(1, "axis", "axes", "reduction_indices")) return Array.from({ length: rank }, (_, i) => i);
  const axes = args.sizes(1, "axis", "axes", "reduction_indices");
  const known = axes?.filter((axis) => axis !== undefined);
  return known && known.length === axes?.length ? known.map((axis) => (axis < 0 ? axis + rank : axis)) : undefined;
}

const reduced: FunctionRule = (args) => {
  const shape = args.shape(0, "x", "input_tensor", "input", "a");
  const axes = shape && axesIn(args, shape.length);
  if (!shape || !axes) return undefined;
  const keeps = args.flag(2, "keepdims", "keep_dims");
  return shape.flatMap((size, i) => (axes.includes(i) ? (keeps ? [1] : []) : [size]));
};

const reshaped: FunctionRule = (args) => {
  const shape = args.shape(0, "x", "tensor", "a");
  const target = args.sizes(1, "newshape", "shape");
  if (!target) return undefined;
  const free = target.indexOf(-1);
  if (free < 0) return target;
  const rest = withSizes([shape && product(shape), product(target.filter((size) => size !== -1))], (all, known) => all / known);
  return target.map((size) => (size === -1 ? (rest !== undefined && Number.isInteger(rest) ? rest : undefined) : size));
};

const transposed: FunctionRule = (args) => {
  const shape = args.shape(0, "x", "a");
  const order = args.sizes(1, "perm", "pattern", "axes");
  if (!shape) return undefined;
  return order ? order.map((axis) => (axis === undefined ? undefined : shape[axis])) : [...shape].reverse();
};

const concatenated: FunctionRule = (args) => {
  const shapes = args.shapes(0, "values", "tensors", "xs");
  const known = shapes?.filter((shape) => shape !== undefined);
  const axis = args.isNone(1, "axis") ? (args.name.endsWith("concat") ? 0 : -1) : args.size(1, "axis");
  const [first, ...others] = known ?? [];
  if (!first || known?.length !== shapes?.length || axis === undefined) return undefined;
  const along = axis < 0 ? axis + first.length : axis;
  for (const other of others) {
    if (other.length === first.length && other.every((size, i) => i === along || mayEqual(size, first[i]))) continue;
    args.refuse("unequal-shapes", `needs shapes that differ only in axis ${along}, but gets ${sizesText(first)} and ${sizesText(other)}`);
  }
  return first.map((size, i) =>
    i === along ? sum([first, ...others].map((shape) => shape[i])) : others.reduce((all: Size, shape) => either(all, shape[i]), size),
  );
};

const stacked: FunctionRule = (args) => {
  const shapes = args.shapes(0, "values", "x");
  const first = shapes?.find((shape) => shape !== undefined);
  const axis = args.isNone(1, "axis") ? 0 : args.size(1, "axis");
  return shapes && first && axis !== undefined ? inserted(first, axis, shapes.length) : undefined;
};

const expanded: FunctionRule = (args) => {
  const shape = args.shape(0, "x", "input");
  const axis = args.isNone(1, "axis") ? -1 : args.size(1, "axis");
  return shape && axis !== undefined ? inserted(shape, axis, 1) : undefined;
};

function inserted(shape: TensorShape, axis: number, size: Size): TensorShape {
  const at = axis < 0 ? axis + shape.length + 1 : axis;
  return [...shape.slice(0, at), size, ...shape.slice(at)];
}

const squeezed: FunctionRule = (args) => {
  const shape = args.shape(0, "x", "input");
  if (!shape) return undefined;
  const axes = args.sizes(1, "axis");
  return shape.filter((size, i) => (axes ? !axes.some((axis) => axis === i || axis === i - shape.length) : size !== 1));
};

/** The last axes are multiplied as matrices, those before them broadcast; vectors as NumPy does. */
export const multiplied: FunctionRule = (args) => {
  const [a, b] = [args.shape(0, "a", "x", "x1"), args.shape(1, "b", "y", "x2")];
  if (!a || !b || a.length === 0 || b.length === 0) return undefined;
  const [inner, other] = [a.at(-1), b.length === 1 ? b[0] : b.at(-2)];
  if (!mayEqual(inner, other)) args.refuse("unequal-shapes", `multiplies ${sizesText(a)} by ${sizesText(b)}, but ${inner} is not ${other}`);
  const rows = a.slice(-2, -1);
  const columns = b.length === 1 ? [] : b.slice(-1);
  const batch = broadcast(a.slice(0, -2), b.slice(0, -2));
  return batch && [...batch, ...rows, ...columns];
};

const padded: FunctionRule = (args) => {
  const shape = args.shape(0, "x", "tensor", "array");
  const sides = args.value(1, "paddings", "padding", "pad_width");
  if (!shape || (sides.kind !== "list" && sides.kind !== "tuple")) return undefined;
  return shape.map((size, i) => {
    const side = sides.items[i];
    if (side?.kind !== "list" && side?.kind !== "tuple") return undefined;
    const [before, after] = side.items;
    return sum([size, before?.kind === "number" ? before.value : undefined, after?.kind === "number" ? after.value : undefined]);
  });
};

const split: FunctionRule = (args) => {
  const shape = args.shape(0, "value", "x");
  const parts = args.value(1, "num_or_size_splits", "indices_or_sections");
  const axis = args.isNone(2, "axis") ? 0 : args.size(2, "axis");
  if (!shape || axis === undefined || parts.kind !== "number") return undefined;
  const along = axis < 0 ? axis + shape.length : axis;
  const one = shape.map((size, i) => (i === along ? withSizes([size], (all) => all / parts.value) : size));
  return { shapes: Array<TensorShape>(Math.min(parts.value, 1024)).fill(one) };
};

const tiled: FunctionRule = (args) => {
  const shape = args.shape(0, "x", "input");
  const times = args.sizes(1, "n", "multiples", "repeats");
  return shape && times?.length === shape.length ? shape.map((size, i) => product([size, times[i]])) : undefined;
};

const sized: FunctionRule = (args) => args.sizes(0, "shape");

/** arange(stop), arange(start, stop, step); range() of TensorFlow is the same. */
const counted: FunctionRule = (args) => {
  const [first, second] = [args.size(0, "start"), args.size(1, "stop", "limit")];
  const step = args.isNone(2, "step", "delta") ? 1 : args.size(2, "step", "delta");
  const [start, stop] = args.isNone(1, "stop", "limit") ? [0, first] : [first, second];
  return [withSizes([start, stop, step], (from, to, by) => Math.max(0, Math.ceil((to - from) / by)))];
};

const oneHot: FunctionRule = (args) => {
  const shape = args.shape(0, "indices", "x");
  return shape && [...shape, args.size(1, "depth", "num_classes")];
};

const resizedImage: FunctionRule = (args) => {
  const shape = args.shape(0, "images", "image");
  const size = args.sizes(1, "size");
  return shape && size?.length === 2 ? [...shape.slice(0, -3), ...size, shape.at(-1)] : undefined;
};

/** `larger`: what the block multiplies, the channels or the rows and columns. */
const regrouped =
  (larger: "channels" | "image"): FunctionRule =>
  (args) => {
    const shape = args.shape(0, "input");
    const block = args.size(1, "block_size");
    if (shape?.length !== 4 || block === undefined) return undefined;
    const [batch, ...body] = shape;
    const sizes = body.map((size, axis) =>
      withSizes([size], (all) => {
        const isChannels = axis === 2;
        const by = isChannels ? block ** 2 : block;
        return isChannels === (larger === "channels") ? all * by : all / by;
      }),
    );
    const broken = sizes.findIndex((size) => size !== undefined && !Number.isInteger(size));
    if (broken >= 0)
      args.refuse("unequal-shapes", `regroups ${sizesText(body)} by blocks of ${block}, which does not divide ${body[broken]}`);
    return [batch, ...sizes];
  };

const picked: FunctionRule = (args) => {
  const shape = args.shape(0, "input", "x");
  const axis = args.isNone(1, "axis") ? (args.name.startsWith("K.") || args.name.startsWith("keras") ? -1 : 0) : args.size(1, "axis");
  return shape && axis !== undefined ? shape.filter((_, i) => i !== (axis < 0 ? axis + shape.length : axis)) : undefined;
};

const flattened: FunctionRule = (args) => {
  const shape = args.shape(0, "x");
  return shape && [shape[0], product(shape.slice(1))];
};

const SAME =
  "abs absolute cast identity stop_gradient relu relu6 leaky_relu elu selu gelu swish silu sigmoid hard_sigmoid tanh softmax log_softmax softplus softsign exp log log1p sqrt rsqrt square sign negative floor ceil round clip clip_by_value zeros_like ones_like dropout l2_normalize normalize cumsum convert_to_tensor reciprocal sin cos erf logical_not batch_normalization in_train_phase random_brightness flip_left_right random_flip_left_right per_image_standardization mish reverse flip lrn local_response_normalization";
const TWO =
  "add subtract multiply divide true_divide maximum minimum pow power mod floor_divide equal not_equal greater less greater_equal less_equal logical_and logical_or squared_difference bias_add floordiv truediv";
const REDUCTIONS =
  "sum mean max min prod std var all any logsumexp reduce_sum reduce_mean reduce_max reduce_min reduce_prod reduce_std reduce_variance reduce_all reduce_any reduce_logsumexp amax amin norm";

const each = (names: string, rule: FunctionRule) => names.split(" ").map((name): [string, FunctionRule] => [name, rule]);

export const OPERATIONS: ReadonlyMap<string, FunctionRule> = new Map([
  ...each(SAME, same),
  ...each(TWO, elementwise),
  ...each(REDUCTIONS, reduced),
  ...each("reshape", reshaped),
  ...each("transpose permute_dimensions", transposed),
  ...each("concat concatenate", concatenated),
  ...each("stack", stacked),
  ...each("expand_dims", expanded),
  ...each("squeeze", squeezed),
  ...each("matmul dot", multiplied),
  ...each("pad", padded),
  ...each("split", split),
  ...each("tile", tiled),
  ...each("zeros ones normal uniform random_normal random_uniform truncated_normal random_normal_variable placeholder", sized),
  ...each("arange range", counted),
  ...each("one_hot", oneHot),
  ...each("resize resize_bilinear resize_nearest_neighbor", resizedImage),
  ...each("argmax argmin", picked),
  ...each("batch_flatten", flattened),
  ...each("space_to_depth", regrouped("channels")),
  ...each("depth_to_space", regrouped("image")),
]);
