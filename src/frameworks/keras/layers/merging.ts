import { broadcast, either, mayEqual, sum } from "../../../interpret/sizes.js";
import type { Size, TensorShape } from "../../../interpret/tensor.js";
import { axesOf, axisOf, withAxis } from "./axes.js";
import { step } from "./catalogue.js";
import { type InputShapes, type KerasLayer, layer, Misfit } from "./layer.js";
import { shapeText } from "./sizes.js";

function known(inputs: InputShapes): readonly TensorShape[] | undefined {
  const shapes = inputs.filter((shape) => shape !== undefined);
  return shapes.length === inputs.length ? shapes : undefined;
}

function needsSeveral(inputs: InputShapes): void {
  if (inputs.length >= 2) return;
  throw new Misfit({ code: "too-few-inputs", message: "needs a list of at least two tensors, but gets one", fixes: [] });
}

/** Layers that combine numbers at the same positions, broadcasting as NumPy does. */
function elementwise(className: string, type: string): KerasLayer {
  return layer(className, {}, (_args, inputs) => {
    needsSeveral(inputs);
    if (className === "Subtract" && inputs.length !== 2) {
      throw new Misfit({ code: "wrong-inputs", message: `needs two tensors, but gets ${inputs.length}`, fixes: [] });
    }
    const shapes = known(inputs);
    if (!shapes) return { outputs: [undefined] };
    const [first = [], ...others] = shapes;
    const output = others.reduce((shape, other) => {
      const together = broadcastBodies(shape, other);
      if (together) return together;
      const message = `needs inputs of equal shapes, but gets ${shapeText(first)} and ${shapeText(other)}; ${remedy(first, other)}`;
      throw new Misfit({ code: "unequal-shapes", message, fixes: [] });
    }, first);
    // Ours broadcasts too, but between tensors of as many axes.
    const alike = shapes.every((shape) => shape.length === first.length);
    return { outputs: [output], catalogue: alike ? step(type, {}) : undefined };
  });
}

/** Axes are matched from the end, but the batch stays in front (Keras' merge layers add axes after it). */
function broadcastBodies(a: TensorShape, b: TensorShape): TensorShape | undefined {
  if (a.length === b.length) return broadcast(a, b);
  const body = broadcast(a.slice(1), b.slice(1));
  return body && [either(a[0], b[0]), ...body];
}

function remedy(a: TensorShape, b: TensorShape): string {
  if (a.length !== b.length) return "Reshape or pool one of them";
  if (mayEqual(a.at(-1), b.at(-1))) return "pool or pad one until they agree";
  return "bring both to the same number of channels, with a Conv2D of kernel_size 1 for example";
}

const concatenate = layer("Concatenate", { axis: -1 }, (args, inputs) => {
  const shapes = known(inputs);
  const [first, ...others] = shapes ?? [];
  if (!first) return { outputs: [undefined] };
  const along = axisOf(args.get("axis"), first);
  if (along === undefined) return { outputs: [first.map(() => undefined)] };
  for (const other of others) {
    if (other.length === first.length && other.every((size, i) => i === along || mayEqual(size, first[i]))) continue;
    const message = `needs shapes that differ only in axis ${along}, but gets ${shapeText(first)} and ${shapeText(other)}; ${
      first.length === other.length ? "pool, crop or pad one until they agree" : "Flatten or pool the larger one first"
    }`;
    throw new Misfit({ code: "unequal-shapes", message, fixes: [] });
  }
  const sizes = [first, ...others].map((shape) => shape[along]);
  const merged = others.reduce((shape, other) => shape.map((size, i) => either(size, other[i])), first);
  const total = sum(sizes);
  const expression = sizes.length > 8 ? `${sizes.length} inputs` : sizes.map((size) => size ?? "?").join(" + ");
  return {
    outputs: [withAxis(merged, along, total)],
    formulas: () => [{ label: along === first.length - 1 ? "channels" : `axis ${along}`, expression, value: String(total ?? "?") }],
    catalogue: along === 0 || sizes.length < 2 ? undefined : step("concatenate", { axis: along - first.length }),
  };
});

const dot = layer("Dot", { axes: -1, normalize: false }, (args, inputs) => {
  const [a, b] = inputs;
  if (!a || !b) return { outputs: [undefined] };
  const axes = args.get("axes");
  const pair = axesOf(typeof axes === "number" ? axes : (args.list("axes")?.[0] ?? -1), a, "axes");
  const other = axesOf(typeof axes === "number" ? axes : (args.list("axes")?.[1] ?? -1), b, "axes");
  const left = pair?.[0];
  const right = other?.[0];
  if (left === undefined || right === undefined) return { outputs: [undefined] };
  if (!mayEqual(a[left], b[right])) {
    const message = `multiplies along axes of ${a[left]} and ${b[right]} numbers (${shapeText(a)} and ${shapeText(b)}), which have to be equal`;
    throw new Misfit({ code: "unequal-shapes", argument: "axes", message, fixes: [] });
  }
  const rest = (shape: TensorShape, axis: number): Size[] => shape.filter((_, i) => i !== axis);
  const output = [...rest(a, left), ...rest(b, right).slice(1)];
  return { outputs: [output.length === 1 ? [...output, 1] : output] };
});

export const MERGES: readonly KerasLayer[] = [
  elementwise("Add", "add"),
  elementwise("Subtract", "subtract"),
  elementwise("Multiply", "multiply"),
  elementwise("Average", "average"),
  elementwise("Maximum", "maximum"),
  elementwise("Minimum", "minimum"),
  concatenate,
  dot,
];
