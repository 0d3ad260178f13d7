import { BATCH, type Dimension, type Padding, type Pair } from "./types.js";

type Dimensions = readonly Dimension[];

/** For messages: "[N,28,28,1]". */
export const describeShape = (shape: Dimensions): string => `[${shape.map((d) => (d === BATCH ? "N" : d)).join(",")}]`;

export const sameShape = (a: Dimensions, b: Dimensions): boolean => a.length === b.length && a.every((d, i) => d === b[i]);

/** Numbers in one example: BATCH counts as 1. */
export const elementCount = (shape: Dimensions): number => shape.reduce((product, d) => (d === BATCH ? product : product * d), 1);

export const hasBatch = (shape: Dimensions): boolean => shape[0] === BATCH;

export const axisSize = (shape: Dimensions, axis: number): Dimension => {
  const size = shape[axis];
  if (size === undefined) throw new RangeError(`Axis ${axis} of ${describeShape(shape)} does not exist.`);
  return size;
};

/** The shape with one axis changed. */
export const withAxis = (shape: Dimensions, axis: number, size: Dimension): Dimension[] => shape.map((d, i) => (i === axis ? size : d));

export const lastAxis = (shape: Dimensions): Dimension => axisSize(shape, shape.length - 1);

/** [examples, height, width, channels] of images. */
export function imageAxes(shape: Dimensions): readonly [Dimension, number, number, number] {
  const [n, height, width, channels] = shape;
  if (shape.length !== 4 || n === undefined || height === undefined || width === undefined || channels === undefined)
    throw new RangeError(`Images must have four axes, not ${describeShape(shape)}.`);
  return [n, height, width, channels];
}

/** The shape two shapes broadcast to, as NumPy does; undefined where they do not. */
export function broadcastShapes(a: Dimensions, b: Dimensions): Dimension[] | undefined {
  const rank = Math.max(a.length, b.length);
  const shape: Dimension[] = [];
  for (let axis = 0; axis < rank; axis++) {
    const sizeA = a[axis - rank + a.length] ?? 1;
    const sizeB = b[axis - rank + b.length] ?? 1;
    if (sizeA !== sizeB && sizeA !== 1 && sizeB !== 1) return undefined;
    shape.push(sizeA === 1 ? sizeB : sizeA);
  }
  return shape;
}

/** Axes of `to` along which a tensor of shape `from` is repeated when it is broadcast. */
export function broadcastAxes(from: Dimensions, to: Dimensions): number[] {
  const missing = to.length - from.length;
  return to.flatMap((size, axis) => (axis < missing || (from[axis - missing] === 1 && size !== 1) ? [axis] : []));
}

export function reducedShape(shape: Dimensions, axes: readonly number[], keepDims: boolean): Dimension[] {
  return shape.flatMap((size, axis) => (axes.includes(axis) ? (keepDims ? [1] : []) : [size]));
}

/** Positions of a window along one axis: floor((size + padding - dilation * (window - 1) - 1) / stride) + 1; below 1 where it does not fit. */
export const windowPositions = (size: number, window: number, stride: number, dilation: number, padding: number): number =>
  Math.floor((size + padding - dilation * (window - 1) - 1) / stride) + 1;

/** Height and width that windows over an image yield. */
export function windowedSize(
  image: Pair,
  window: { readonly size: Pair; readonly strides: Pair; readonly dilation: Pair; readonly padding: Padding },
): [number, number] {
  const [top, bottom, left, right] = window.padding;
  return [
    windowPositions(image[0], window.size[0], window.strides[0], window.dilation[0], top + bottom),
    windowPositions(image[1], window.size[1], window.strides[1], window.dilation[1], left + right),
  ];
}
