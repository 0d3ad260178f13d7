import { product, sum } from "../../../interpret/sizes.js";
import type { Size, TensorShape } from "../../../interpret/tensor.js";
import { axisOf, type Made, type Operands, one, type Rule, shapeOf, written } from "./rule.js";

const reshape: Rule = (args, fail) => {
  const wanted = args.sizes(1);
  const from = args.shape(0);
  if (!wanted) return one(undefined);
  const free = wanted.indexOf(-1);
  const before = from && product(from);
  const rest = product(wanted.filter((size) => size !== -1));
  if (from && before !== undefined && rest !== undefined && (free < 0 ? before !== rest : rest === 0 || before % rest !== 0)) {
    fail(`the size of a tensor of shape ${written(from)} (${before}) does not fit into the shape ${written(wanted)}`);
  }
  const filled = before !== undefined && rest !== undefined && rest > 0 ? before / rest : undefined;
  return one(wanted.map((size, at) => (at === free ? filled : size)));
};

const toRank =
  (rank: number): Rule =>
  (args) => {
    const shape = args.shape(0);
    if (rank === 1) return one(shape && [product(shape)]);
    const sizes = args.from(1).values.slice(0, rank);
    return one(sizes.map((size) => (size.kind === "number" ? size.value : undefined)));
  };

const spliced = (shape: TensorShape, at: number, removed: number, put: TensorShape): TensorShape => [
  ...shape.slice(0, at),
  ...put,
  ...shape.slice(at + removed),
];

const expandDims: Rule = (args) => {
  const shape = args.shape(0);
  const axis = args.whole(1, 0);
  const at = shape && axis !== undefined ? axisOf(axis, shape.length + 1) : undefined;
  return one(at === undefined ? undefined : shape && spliced(shape, at, 0, [1]));
};

const squeeze: Rule = (args) => {
  const shape = args.shape(0);
  if (!shape) return one(undefined);
  if (!args.given(1)) return one(shape.includes(undefined) ? undefined : shape.filter((size) => size !== 1));
  const axes = args.sizes(1)?.map((axis) => (axis === undefined ? undefined : axisOf(axis, shape.length)));
  return one(axes?.includes(undefined) === false ? shape.filter((_, at) => !axes.includes(at)) : undefined);
};

const transpose: Rule = (args) => {
  const shape = args.shape(0);
  if (!shape) return one(undefined);
  if (!args.given(1)) return one([...shape].reverse());
  return one(args.sizes(1)?.map((axis) => (axis === undefined ? undefined : shape[axis])));
};

/** concat([a, b], axis); as a method a.concat(b, axis). */
const concat: Rule = (args, fail) => {
  const tensors = tensorsOf(args);
  const shapes = tensors?.map((tensor) => shapeOf(tensor));
  const axis = args.whole(args.values[0]?.kind === "tensor" ? 2 : 1, 0);
  const [first, ...others] = shapes ?? [];
  if (!first || axis === undefined || others.includes(undefined)) return one(undefined);
  const at = axisOf(axis, first.length) ?? fail(`the axis ${axis} is not there in a tensor of shape ${written(first)}`);
  for (const other of others) {
    if (other && (other.length !== first.length || other.some((size, each) => each !== at && differ(size, first[each])))) {
      fail(`tensors of shapes ${written(first)} and ${written(other)} cannot be joined along axis ${at}`);
    }
  }
  const joined = sum([first, ...others].map((shape) => shape?.[at]));
  return one(first.map((size, each) => (each === at ? joined : size)));
};

const differ = (a: Size, b: Size): boolean => a !== undefined && b !== undefined && a !== b;

function tensorsOf({ values: [first, second] }: Operands) {
  if (first?.kind === "list") return first.items;
  return first && (second?.kind === "list" ? [first, ...second.items] : second ? [first, second] : undefined);
}

const stack: Rule = (args) => {
  const list = args.values[0];
  const tensors = list?.kind === "list" ? list.items : tensorsOf(args);
  const axis = args.whole(list?.kind === "list" ? 1 : 2, 0);
  const shape = tensors && shapeOf(tensors[0]);
  return one(shape && axis !== undefined ? spliced(shape, axis, 0, [tensors.length]) : undefined);
};

const unstack: Rule = (args) => {
  const shape = args.shape(0);
  const axis = args.whole(1, 0);
  const at = shape && axis !== undefined ? axisOf(axis, shape.length) : undefined;
  const count = at === undefined ? undefined : shape?.[at];
  if (count === undefined || count > 1000) return one(undefined);
  return several(Array<TensorShape | undefined>(count).fill(shape?.filter((_, each) => each !== at)));
};

/** split(x, 3) or split(x, [1, 2]), along axis 0 */
const split: Rule = (args) => {
  const shape = args.shape(0);
  const at = shape && axisOf(args.whole(2, 0) ?? 0, shape.length);
  const size = at === undefined ? undefined : shape?.[at];
  const count = args.whole(1);
  const parts =
    args.sizes(1) ?? (count !== undefined && count > 0 && count <= 1000 ? Array<Size>(count).fill(size && size / count) : undefined);
  return parts ? several(parts.map((part) => shape?.map((each, axis) => (axis === at ? part : each)))) : one(undefined);
};

const several = (shapes: Made["shapes"]): Made => ({ shapes, several: true });

const slice: Rule = (args) => {
  const shape = args.shape(0);
  const begin = args.sizes(1) ?? [args.whole(1)];
  const size = args.given(2) ? (args.sizes(2) ?? [args.whole(2)]) : undefined;
  return one(
    shape?.map((whole, axis) => {
      const [from, taken] = [axis < begin.length ? begin[axis] : 0, size && axis < size.length ? size[axis] : -1];
      if (taken !== -1) return taken;
      return whole === undefined || from === undefined ? undefined : whole - from;
    }),
  );
};

const pad: Rule = (args) => {
  const sides = args.values[1];
  const around = sides?.kind === "list" ? sides.items.map((side) => (side.kind === "list" ? side.items : undefined)) : undefined;
  return one(
    args.shape(0)?.map((size, axis) => {
      const amounts = around?.[axis]?.map((side) => (side.kind === "number" ? side.value : undefined));
      return amounts ? sum([size, ...amounts]) : undefined;
    }),
  );
};

const tile: Rule = (args) => {
  const times = args.sizes(1);
  return one(args.shape(0)?.map((size, axis) => product([size, times?.[axis]])));
};

const gather: Rule = (args) => {
  const [shape, indices, axis] = [args.shape(0), args.shape(1), args.whole(2, 0)];
  return one(shape && indices && axis !== undefined ? spliced(shape, axis, 1, indices) : undefined);
};

const oneHot: Rule = (args) => {
  const shape = args.shape(0);
  return one(shape && [...shape, args.whole(1)]);
};

/** Operations that arrange the same numbers in another way. */
export const RESHAPING: ReadonlyMap<string, Rule> = new Map<string, Rule>([
  ["reshape", reshape],
  ["reshapeAs", (args) => one(args.shape(1))],
  ["expandDims", expandDims],
  ["squeeze", squeeze],
  ["transpose", transpose],
  ["concat", concat],
  ["stack", stack],
  ["unstack", unstack],
  ["split", split],
  ["slice", slice],
  ["pad", pad],
  ["mirrorPad", pad],
  ["tile", tile],
  ["gather", gather],
  ["oneHot", oneHot],
  ["flatten", toRank(1)],
  ["as1D", toRank(1)],
  ["as2D", toRank(2)],
  ["as3D", toRank(3)],
  ["as4D", toRank(4)],
  ["asScalar", () => one([])],
]);
