import type { OnnxModel } from "../../frameworks/onnx/graph.js";
import { elementCount, type TensorData } from "../tensors.js";

/** More numbers than a weight of any model has: what is filled takes no room in its file. */
const MOST_NUMBERS = 2 ** 28;

/** The tensor of one number everywhere that a ConstantOfShape makes, where its shape is stored; undefined where no such node makes this value. */
export function filledTensor({ graph }: OnnxModel, name: string): TensorData | undefined {
  const node = graph.nodes.find(({ operator, outputs }) => operator === "ConstantOfShape" && outputs.includes(name));
  const shape = graph.initializers.get(node?.inputs[0] ?? "")?.elements?.filter((size) => size !== undefined);
  if (!node || !shape || !(elementCount(shape) <= MOST_NUMBERS)) return undefined;
  const value = node.attributes.get("value")?.tensor;
  return { shape, dtype: value?.dtype ?? "float32", data: new Float32Array(elementCount(shape)).fill(value?.elements?.[0] ?? 0) };
}
