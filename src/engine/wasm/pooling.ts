import { imageAxes } from "../../program/shapes.js";
import type { Window } from "../../program/types.js";
import type { Emits, Tensor, Workshop } from "./emit.js";

const MAXIMUM = 0;
const AVERAGE_INSIDE = 1;
const AVERAGE_WHOLE = 2;

/** What kernels/pool.ts reads about a window, `image` being what it moves over and `pooled` what comes of it. */
function windowTable({ table }: Workshop, { size, strides, padding }: Window, image: Tensor, pooled: Tensor): number {
  const [, outputHeight, outputWidth] = imageAxes(pooled.shape);
  const [top, , left] = padding;
  return table([...imageAxes(image.shape), outputHeight, outputWidth, ...size, ...strides, top, left]);
}

export const pooling: Emits<"maxPool2d" | "maxPool2dGradient" | "averagePool2d" | "averagePool2dGradient"> = {
  maxPool2d: (window, workshop, y, x) => {
    const geometry = windowTable(workshop, window, x, y);
    return () => workshop.kernels.pool(MAXIMUM, geometry, x.address, y.address, 0, 0);
  },
  maxPool2dGradient: (window, workshop, dx, x, y, dy) => {
    const geometry = windowTable(workshop, window, x, y);
    return () => workshop.kernels.pool(MAXIMUM, geometry, x.address, y.address, dy.address, dx.address);
  },
  averagePool2d: (window, workshop, y, x) => {
    const geometry = windowTable(workshop, window, x, y);
    const kind = window.countPadding ? AVERAGE_WHOLE : AVERAGE_INSIDE;
    return () => workshop.kernels.pool(kind, geometry, x.address, y.address, 0, 0);
  },
  averagePool2dGradient: (window, workshop, dx, dy) => {
    const geometry = windowTable(workshop, window, dx, dy);
    const kind = window.countPadding ? AVERAGE_WHOLE : AVERAGE_INSIDE;
    return () => workshop.kernels.pool(kind, geometry, 0, 0, dy.address, dx.address);
  },
};
