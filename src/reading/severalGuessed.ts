import type { Problem } from "../base/problem.js";
import type { TextRange } from "../base/text.js";
import type { Layout } from "../frameworks/framework.js";
import type { Tensor } from "../interpret/tensor.js";
import { shapeText } from "./layout.js";
import type { InputOrigin } from "./types.js";

/** Of several inputs one guess is rarely right: a faint note says how to say them. */
export function severalGuessed(
  target: string,
  range: TextRange,
  inputs: readonly Tensor[],
  origin: InputOrigin,
  layout: Layout,
): readonly Problem[] {
  if (inputs.length < 2 || (origin !== "solved" && origin !== "habit")) return [];
  const shapes = inputs.map(({ shape }) => (shape ? shapeText(shape, layout) : "?"));
  const message = `${target} takes ${inputs.length} inputs, which are guessed; a comment above it says them: cnn: input ${shapes.join(",")}`;
  return [{ range, severity: "hint", code: "guessed-inputs", message, fixes: [] }];
}
