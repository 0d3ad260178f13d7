import type { Value } from "../program/types.js";
import type { LayerProblem, Shape } from "./kind.js";
import { shapeText } from "./words.js";

/** Height, width and channels of an image. */
export type ImageShape = readonly [height: number, width: number, channels: number];

/** The image a layer needs, or why its input is none. */
export function asImage(shape: Shape): ImageShape | LayerProblem {
  const [height, width, channels] = shape;
  if (shape.length === 3 && height !== undefined && width !== undefined && channels !== undefined) return [height, width, channels];
  const needs = `needs an image (height x width x channels), but gets ${shapeText(shape)}`;
  if (shape.length !== 2) return { code: "needs-image", message: `${needs}; put it before flatten, dense and global pooling`, fixes: [] };
  const gray = [...shape, 1];
  const fix = { title: `Insert a reshape to ${shapeText(gray)}`, insertBefore: { type: "reshape", targetShape: gray } };
  return { code: "needs-image", message: `${needs}; reshape it to ${shapeText(gray)} first`, fixes: [fix] };
}

export function isProblem(value: ImageShape | LayerProblem): value is LayerProblem {
  return "code" in value;
}

/** Sizes of an NHWC value; for lowering, where inference has seen that it is an image. */
export function imageOf({ shape: [, height = 1, width = 1, channels = 1] }: Value): ImageShape {
  return [height, width, channels];
}
