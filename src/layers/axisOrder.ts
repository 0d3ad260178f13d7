import type { Builder } from "../program/builder.js";
import type { Value } from "../program/types.js";
import { choice, optional } from "./arguments.js";
import type { Shape } from "./kind.js";

/**
 * Frameworks that keep channels first run here by one rule. A tensor of three axes (without the batch) is an image, and images are
 * channels-last here, always. A layer that speaks of axes with order channelsFirst turns such an input to [channels, height, width] before
 * it does what it says, and turns a result of three axes back. Tensors of any other rank are in the framework's own order as they are.
 */
export const orderArgument = optional(
  choice("Order of an image's axes that the layer speaks of; other tensors are taken as they are.", {
    channelsLast: "[height, width, channels], as Keras and TensorFlow.js have it",
    channelsFirst: "[channels, height, width], as PyTorch has it: an image is turned to it before, and a result of three axes back",
  }),
  "channelsLast",
);

export type AxisOrder = "channelsLast" | "channelsFirst";

/** A shape of ours as the layer's order has it. */
export function inOrder(shape: Shape, order: AxisOrder): Shape {
  return order === "channelsFirst" && shape.length === 3 ? [2, 0, 1].map((axis) => shape[axis] ?? 1) : shape;
}

/** A shape in the layer's order as one of ours. */
export function fromOrder(shape: Shape, order: AxisOrder): Shape {
  return order === "channelsFirst" && shape.length === 3 ? [1, 2, 0].map((axis) => shape[axis] ?? 1) : shape;
}

/** The same for values, which have a batch axis in front. */
export function valueInOrder(builder: Builder, x: Value, order: AxisOrder): Value {
  return order === "channelsFirst" && x.shape.length === 4 ? builder.transpose(x, [0, 3, 1, 2]) : x;
}

export function valueFromOrder(builder: Builder, x: Value, order: AxisOrder): Value {
  return order === "channelsFirst" && x.shape.length === 4 ? builder.transpose(x, [0, 2, 3, 1]) : x;
}
