import { product } from "../../../interpret/sizes.js";
import type { Size, TensorShape } from "../../../interpret/tensor.js";
import { axisIn, fact, make, type NodeCall, type Rule, refuse, written } from "../call.js";

/** Sizes or scales, for all axes or for those named; since operator set 11 inputs after the region of interest. */
const resize: Rule = (call) => {
  const { shape, dtype } = call.input(0);
  if (shape === undefined) return make(fact(undefined, dtype));
  const first = call.operatorSet < 11 ? 1 : 2;
  const asked = call.numbers("axes") ?? shape.map((_, axis) => axis);
  const axes = asked.map((axis) => axisIn(axis, shape.length));
  const sizes = call.given(3) ? call.input(3).elements : undefined;
  const scales = call.given(first) ? call.input(first).elements : undefined;
  const given = sizes ?? (scales && scales.length > 0 ? scales : undefined);
  if (given && given.length !== axes.length)
    return refuse(`has ${given.length} sizes or scales for ${axes.length} axes of ${written(shape)}`);
  const policy = call.text("keep_aspect_ratio_policy", "stretch");
  const resized = sizes
    ? fitted(shape, axes, sizes, policy)
    : axes.map((axis, i) => scaled(axis === undefined ? undefined : shape[axis], scales?.[i]));
  return make(
    fact(
      shape.map((size, axis) => (axes.includes(axis) ? resized[axes.indexOf(axis)] : size)),
      dtype,
    ),
  );
};

/** floor(size * scale), in the precision runtimes compute it. */
function scaled(size: Size, scale: Size): Size {
  return size === undefined || scale === undefined ? undefined : Math.floor(Math.fround(size * Math.fround(scale)));
}

/** The sizes, or the picture scaled by one factor to fit into or to cover them. */
function fitted(shape: TensorShape, axes: readonly Size[], sizes: readonly Size[], policy: string): readonly Size[] {
  if (policy === "stretch") return sizes;
  const ratios = axes.map((axis, i) => ratio(sizes[i], axis === undefined ? undefined : shape[axis]));
  const known = ratios.filter((each) => each !== undefined);
  if (known.length < ratios.length) return sizes.map(() => undefined);
  const scale = policy === "not_larger" ? Math.min(...known) : Math.max(...known);
  return axes.map((axis) => Math.round((axis === undefined ? 0 : (shape[axis] ?? 0)) * scale));
}

function ratio(a: Size, b: Size): Size {
  return a === undefined || b === undefined || b === 0 ? undefined : a / b;
}

const upsample: Rule = (call) => {
  const { shape, dtype } = call.input(0);
  const scales = call.list("scales", 1) ?? oldScales(call);
  if (shape && scales && scales.length !== shape.length) return refuse(`has ${scales.length} scales for ${written(shape)}`);
  return make(
    fact(
      shape?.map((size, axis) => scaled(size, scales?.[axis])),
      dtype,
    ),
  );
};

/** Operator set 1. */
function oldScales(call: NodeCall): readonly Size[] | undefined {
  const height = call.number("height_scale", undefined);
  return height === undefined ? undefined : [1, 1, height, call.number("width_scale", 1)];
}

const gridSample: Rule = (call) => {
  const { shape, dtype } = call.input(0);
  const grid = call.input(1).shape;
  return make(fact(grid && [shape?.[0] ?? grid[0], shape?.[1], ...grid.slice(1, -1)], dtype));
};

const affineGrid: Rule = (call) => {
  const size = call.input(1).elements;
  if (size === undefined) return make(fact(undefined, call.input(0).dtype));
  const [batch, , ...spatial] = size;
  return make(fact([batch, ...spatial, spatial.length], call.input(0).dtype));
};

const columnsToImage: Rule = (call) => {
  const { shape, dtype } = call.input(0);
  const image = call.input(1).elements;
  const block = call.input(2).elements;
  const area = block && product(block);
  return make(fact(image && [shape?.[0], ratio(shape?.[1], area), ...image], dtype));
};

/** Cut or padded to the sizes of the second input. */
const centerCropPad: Rule = (call) => {
  const { shape, dtype } = call.input(0);
  const sizes = call.input(1).elements;
  const axes = shape && (call.numbers("axes") ?? shape.map((_, axis) => axis)).map((axis) => axisIn(axis, shape.length));
  return make(
    fact(
      shape?.map((size, axis) => (axes?.includes(axis) ? sizes?.[axes.indexOf(axis)] : size)),
      dtype,
    ),
  );
};

export const IMAGES: Readonly<Record<string, Rule>> = {
  Resize: resize,
  Upsample: upsample,
  GridSample: gridSample,
  AffineGrid: affineGrid,
  Col2Im: columnsToImage,
  CenterCropPad: centerCropPad,
};
