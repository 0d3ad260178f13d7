import type { Size, TensorShape } from "../../../interpret/tensor.js";
import type { Datum } from "./data.js";
import { Misfit } from "./layer.js";
import { shapeText } from "./sizes.js";

/** The position that an axis (0 is the batch, -1 the last) means in a shape; undefined where the axis is not known. */
export function axisOf(axis: Datum, shape: TensorShape, name = "axis"): number | undefined {
  if (typeof axis !== "number") return undefined;
  const position = axis < 0 ? shape.length + axis : axis;
  if (position >= 0 && position < shape.length) return position;
  throw new Misfit({
    code: "wrong-axis",
    argument: name,
    message: `${name} ${axis} is not one of ${shapeText(shape)}; axes go from ${-shape.length} to ${shape.length - 1}, the batch being 0`,
    fixes: [{ title: `Set ${name} -1`, set: { [name]: -1 } }],
  });
}

/** One axis or several; undefined where one is not known. */
export function axesOf(axes: Datum, shape: TensorShape, name = "axis"): readonly number[] | undefined {
  const positions = (Array.isArray(axes) ? axes : [axes]).map((axis: Datum) => axisOf(axis, shape, name));
  return positions.every((position) => position !== undefined) ? positions : undefined;
}

/** A shape with one size changed. */
export function withAxis(shape: TensorShape, axis: number, size: Size): TensorShape {
  return shape.map((old, i) => (i === axis ? size : old));
}
