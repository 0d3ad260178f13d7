import { elementCount } from "../../program/shapes.js";
import type { ReduceFunction } from "../../program/types.js";
import { bytesOf, type Emits, rowsOf, type Step, type Tensor, type Workshop } from "./emit.js";
import { transposeStep } from "./layout.js";

function reduceStep({ kernels }: Workshop, fn: ReduceFunction, from: number, to: number, sizes: readonly [number, number, number]): Step {
  const [outer, reduced, inner] = sizes;
  if (fn === "max") return () => kernels.maximum(from, outer, reduced, inner, to);
  const scale = fn === "mean" ? 1 / reduced : 1;
  return () => kernels.sum(from, outer, reduced, inner, scale, to);
}

/** Reduced axes that are neighbours are one; others are brought together at the end first. */
function reduce(workshop: Workshop, fn: ReduceFunction, axes: readonly number[], y: Tensor, x: Tensor): Step {
  const { shape } = x;
  const real = axes.filter((axis) => shape[axis] !== 1);
  const first = real[0] ?? shape.length;
  const last = real.at(-1) ?? first;
  const between = shape.slice(first, last + 1);
  const reduced = elementCount(real.map((axis) => shape[axis] ?? 1));
  if (elementCount(between) === reduced)
    return reduceStep(workshop, fn, x.address, y.address, [
      elementCount(shape.slice(0, first)),
      reduced,
      elementCount(shape.slice(last + 1)),
    ]);
  const kept = shape.map((_, axis) => axis).filter((axis) => !axes.includes(axis));
  const gathered = workshop.scratch(bytesOf(x));
  const transpose = transposeStep(workshop, gathered, x, [...kept, ...axes]);
  const step = reduceStep(workshop, fn, gathered, y.address, [elementCount(y.shape), reduced, 1]);
  return () => {
    transpose();
    step();
  };
}

export const reductions: Emits<"reduce" | "biasAddGradient"> = {
  reduce: ({ fn, axes }, workshop, y, x) => reduce(workshop, fn, axes, y, x),
  biasAddGradient: (_, workshop, y, dy) => {
    const [rows, channels] = rowsOf(dy);
    return reduceStep(workshop, "sum", dy.address, y.address, [1, rows, channels]);
  },
};
