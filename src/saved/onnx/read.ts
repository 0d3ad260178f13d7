import path from "node:path";
import { UserError } from "../../base/userError.js";
import { inferModel, title } from "../../frameworks/onnx/infer.js";
import type { TensorShape } from "../../interpret/tensor.js";
import type { ModelReading } from "../../reading/types.js";
import { withFile } from "../randomAccess.js";
import { tensorInMemory, type WithTensors } from "../tensors.js";
import { filledTensor } from "./filled.js";
import { readModel } from "./model.js";
import { toReading } from "./toReading.js";
import { withNumbers } from "./weights.js";

/** Reads an ONNX model. `examples` are inputs without the batch, instead of those the file says. Throws UserError where it is broken. */
export async function readOnnx(file: string, examples?: readonly TensorShape[]): Promise<ModelReading> {
  return withFile(file, (source) => {
    const { model } = readModel(source);
    const { inputs } = model.graph;
    if (examples && examples.length !== inputs.length)
      throw new UserError(`${file} takes ${inputs.length} inputs (${inputs.map(({ name }) => name).join(", ")}), not ${examples.length}.`);
    // A batch of any size is shown as one example.
    const fed = inputs.map((input, i) => {
      const example = examples?.[i];
      const shape = example ? [1, ...example] : input.shape?.map((size, axis) => (axis === 0 ? (size ?? 1) : size));
      return { ...input, shape };
    });
    const inference = inferModel(model, new Map(fed.map((input) => [input.name, input])));
    const { circular } = inference;
    if (circular)
      throw new UserError(
        `${file} is no model that can run: its graph goes round in a circle, so that ${title(circular)} can never be computed.`,
      );
    return toReading({ file, title: path.basename(file), model, inference, inputs: fed, asked: examples !== undefined });
  });
}

/** Weights have their initializers' names, or those of the values that nodes without inputs make. */
export const withOnnxTensors: WithTensors = (file, use) =>
  withFile(file, (source) => {
    const { model, weights } = readModel(source);
    return use(async (name, useOne) => {
      const tensor = weights.get(name);
      if (tensor !== undefined) return withNumbers(source, tensor, useOne);
      const filled = filledTensor(model, name);
      if (filled === undefined) throw new UserError(`${file} has no weight ${name}.`);
      return useOne(tensorInMemory(filled));
    });
  });
