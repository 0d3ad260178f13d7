import { type Argument, isCount, optional } from "./arguments.js";
import { defineMerge } from "./defineLayer.js";
import type { LayerProblem, Shape } from "./kind.js";
import { pointwise } from "./pointwise.js";
import { shapeText } from "./words.js";

/** An axis as TensorFlow.js counts: 0 is the batch, negative numbers count from the end. */
const axis: Argument<number> = {
  doc: "Along which axis: of images 1 height, 2 width, 3 or -1 channels.",
  schema: { type: "integer", not: { const: 0 }, examples: [-1] },
  read: (json) =>
    typeof json === "number" && isCount(Math.abs(json), 1)
      ? { ok: true, value: json }
      : { ok: false, error: "1 (height), 2 (width), 3 or -1 (channels), or another one counted from the end" },
};

export const concatenate = defineMerge({
  type: "concatenate",
  summary: "Puts inputs behind each other, usually their channels.",
  arguments: { axis: optional(axis, -1) },

  infer(args, inputs, names) {
    const [first = []] = inputs;
    const along = axisOf(args.axis, first.length);
    if (along < 0 || along >= first.length) {
      const message = `axis ${args.axis} is not one of ${shapeText(first)}; use -1, the last`;
      return { ok: false, error: { code: "wrong-axis", argument: "axis", message, fixes: [{ title: "Set axis -1", set: { axis: -1 } }] } };
    }
    const others = (shape: Shape) => shapeText(shape.map((size, i) => (i === along ? -1 : size)));
    const other = inputs.findIndex((shape) => others(shape) !== others(first));
    if (other >= 0) return { ok: false, error: misfit(first, inputs[other] ?? [], names[0], names[other], along) };
    const sizes = inputs.map((shape) => shape[along] ?? 0);
    const total = sizes.reduce((sum, size) => sum + size, 0);
    const label = along === first.length - 1 ? "channels" : first.length === 3 ? (along === 0 ? "height" : "width") : `axis ${along + 1}`;
    return {
      ok: true,
      value: {
        ...pointwise(first.map((size, i) => (i === along ? total : size))),
        formulas: () => [{ label, expression: sizes.length > 8 ? `${sizes.length} inputs` : sizes.join(" + "), value: String(total) }],
      },
    };
  },

  lower: (args, inputs, shape, { builder }) => builder.concat(inputs, axisOf(args.axis, shape.output.length) + 1),
});

/** Position in a shape without the batch axis. */
function axisOf(axis: number, rank: number): number {
  return axis < 0 ? rank + axis : axis - 1;
}

function misfit(a: Shape, b: Shape, nameOfA = "first input", nameOfB = "another input", along = 0): LayerProblem {
  const equal = a.length === b.length ? "pool or pad one until they agree" : "flatten the image first, or pool it globally";
  const shapes = `${shapeText(a)} (${nameOfA}) and ${shapeText(b)} (${nameOfB})`;
  const message = `needs shapes that differ only in axis ${along + 1}, but gets ${shapes}; ${equal}`;
  return { code: "unequal-shapes", message, fixes: [] };
}
