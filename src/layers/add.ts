import { defineMerge } from "./defineLayer.js";
import type { LayerProblem, Shape } from "./kind.js";
import { pointwise } from "./pointwise.js";
import { shapeText } from "./words.js";

export const add = defineMerge({
  type: "add",
  summary: "Adds inputs of equal shape number by number: the shortcut of residual networks (He et al., 2015).",
  arguments: {},

  infer(_args, inputs, names) {
    const [first = []] = inputs;
    const other = inputs.findIndex((shape) => shapeText(shape) !== shapeText(first));
    if (other < 0) return { ok: true, value: pointwise(first) };
    return { ok: false, error: unequal([first, names[0] ?? "first input"], [inputs[other] ?? [], names[other] ?? "another input"]) };
  },

  lower: (_args, [first, ...others], _shape, { builder }) => {
    if (!first) throw new Error("add is lowered without inputs.");
    return others.reduce((sum, x) => builder.add(sum, x), first);
  },
});

function unequal([a, nameOfA]: [Shape, string], [b, nameOfB]: [Shape, string]): LayerProblem {
  const [larger, smaller] = (a[0] ?? 0) >= (b[0] ?? 0) ? [nameOfA, nameOfB] : [nameOfB, nameOfA];
  const [height = 0, width = 0] = larger === nameOfA ? a : b;
  const [lessHeight = 1, lessWidth = 1] = larger === nameOfA ? b : a;
  const factor = height / lessHeight;
  let remedy = `make ${nameOfB} ${shapeText(a)}`;
  if (a.length === 3 && b.length === 3) {
    if (factor > 1 && Number.isInteger(factor) && width / lessWidth === factor)
      remedy = `give ${larger} strides ${factor}, or pool its output`;
    else if (height === lessHeight && width === lessWidth) remedy = `give ${smaller} ${a[2]} channels with a conv2d of kernelSize 1`;
    if (larger === nameOfB && height === lessHeight) remedy = `give ${nameOfB} ${a[2]} channels with a conv2d of kernelSize 1`;
  }
  const message = `needs equal shapes, but gets ${shapeText(a)} (${nameOfA}) and ${shapeText(b)} (${nameOfB}); ${remedy}`;
  return { code: "unequal-shapes", message, fixes: [] };
}
