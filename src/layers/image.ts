import type { Value } from "../program/types.js";
import type { LayerProblem, Shape } from "./kind.js";
import { shapeText } from "./words.js";

/** Height, width and channels of an image. */
export type ImageShape = readonly [height: number, width: number, channels: number];

/** The image a layer needs, or why its input is none. */
export function asImage(shape: Shape): ImageShape | LayerProblem {
  const [height, width, channels] = shape;
  if (shape.length === 3 && height !== undefined && width !== undefined && channels !== undefined) return [height, width, channels];
  return {
    code: "needs-image",
    message: `needs an image (height x width x channels), but gets ${shapeText(shape)}; put it before flatten, dense and global pooling`,
    fixes: [],
  };
}

export function isProblem(value: ImageShape | LayerProblem): value is LayerProblem {
  return "code" in value;
}

/** Sizes of an NHWC value; for lowering, where inference has seen that it is an image. */
export function imageOf({ shape: [, height = 1, width = 1, channels = 1] }: Value): ImageShape {
  return [height, width, channels];
}
