import type { TracedProblem } from "../interpret/trace.js";
import { shapeText } from "./layout.js";
import type { ModelReading } from "./types.js";

/** Layers that leave the axes of an image as they are; between them stands what should have been flat. */
const KEEP_AXES: ReadonlySet<string> = new Set(["Dense", "Activation", "Dropout", "ReLU", "LeakyReLU", "Softmax", "BatchNormalization"]);

/**
 * Keras and TensorFlow.js take a dense layer that ends a model on an image, position by position; training then refuses the labels. Most
 * who write that have left out a flatten.
 */
export function unflattened({ framework, layers, layout, outputs }: Pick<ModelReading, "framework" | "layers" | "layout" | "outputs">) {
  if (framework !== "keras" && framework !== "tfjs") return undefined;
  const start = layers.reduce((behind, { type }, i) => (KEEP_AXES.has(type) ? behind : i + 1), 0);
  // What begins with a dense layer is fed no images, whatever was guessed.
  const layer = start > 0 ? layers.slice(start).find(({ type }) => type === "Dense") : undefined;
  const [input, output] = [layer?.inputs[0], outputs[0]];
  const place = layer?.application?.madeAt;
  if (input?.length !== 4 || !output || !place || input.slice(1, 3).every((size) => size === undefined || size === 1)) return undefined;
  const problem: TracedProblem = {
    code: "not-flat",
    message: `Dense works on the last axis alone, so that the model answers ${shapeText(output, layout)}; with Flatten before it there is one answer for each image`,
    fixes: [{ title: "Insert Flatten before it", insertBefore: { type: framework === "keras" ? "Flatten" : "flatten" } }],
    place,
    severity: "hint",
    edits: { file: place.file, call: place.range, arguments: new Map() },
  };
  return problem;
}
