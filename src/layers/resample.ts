import type { Builder } from "../program/builder.js";
import { axisSize } from "../program/shapes.js";
import { BATCH, type Pair, type Value } from "../program/types.js";
import { mapAxis } from "./axisMap.js";
import type { ImageShape } from "./image.js";
import { alignmentWarnings, type Interpolating, samples } from "./interpolation.js";
import type { LayerShape } from "./kind.js";
import { pointwise } from "./pointwise.js";

/** An image brought to another height and width. */
export function resampledImage([height, width, channels]: ImageShape, to: Pair, how: Interpolating): LayerShape {
  const kernel: Pair = how.interpolation === "bilinear" || how.interpolation === "bilinearAsymmetric" ? [2, 2] : [1, 1];
  // Between pixel centres, the first of a larger image's pixels lies before the first of the smaller one.
  const before = (from: number, size: number) => (how.interpolation === "bilinear" && !how.alignCorners && size > from ? 1 : 0);
  return {
    ...pointwise([...to, channels]),
    reach: {
      kernel,
      strides: [height / to[0], width / to[1]],
      dilation: [1, 1],
      padding: [before(height, to[0]), 0, before(width, to[1]), 0],
    },
    warnings: alignmentWarnings(how),
  };
}

/** Brings NHWC images to another height and width. */
export function resample(b: Builder, x: Value, [height, width]: Pair, how: Interpolating): Value {
  const [, from = 1, columns = 1] = x.shape;
  const isNearest = how.interpolation === "nearest" || how.interpolation === "nearestExact";
  if (isNearest && height % from === 0 && width % columns === 0) return repeatPixels(b, x, [height / from, width / columns]);
  return resampleAxis(b, resampleAxis(b, x, 1, height, how), 2, width, how);
}

/** Each pixel becomes a block. */
function repeatPixels(b: Builder, x: Value, [vertical, horizontal]: Pair): Value {
  const [, height = 1, width = 1, channels = 1] = x.shape;
  const spread = b.reshape(x, [BATCH, height, 1, width, 1, channels]);
  const blocks = b.broadcastTo(spread, [BATCH, height, vertical, width, horizontal, channels], x);
  return b.reshape(blocks, [BATCH, height * vertical, width * horizontal, channels]);
}

function resampleAxis(b: Builder, x: Value, axis: 1 | 2, to: number, how: Interpolating): Value {
  const from = axisSize(x.shape, axis);
  if (from === to) return x;
  const weights = samples(how, from, to).map(({ first, second, share }) =>
    Array.from({ length: from }, (_, i) => (i === first ? 1 - share : 0) + (i === second ? share : 0)),
  );
  return mapAxis(b, x, axis, weights);
}
