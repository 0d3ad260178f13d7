import type { Tensor, TensorShape } from "../../interpret/tensor.js";
import type { InstanceValue, InterpreterApi } from "../../interpret/values.js";
import { shapeText } from "../keras/layers/sizes.js";
import { layerOf } from "./layer.js";
import { firstLayer, ownInputs } from "./models.js";
import { report } from "./record.js";

/** The inputs a model gets, as far as it says them itself; tells where both disagree, or where TensorFlow.js needs it to say one. */
export function checkInputs(model: InstanceValue, inputs: readonly Tensor[], interpreter: InterpreterApi): Tensor[] {
  const own = ownInputs(model);
  const first = firstLayer(model);
  const layer = layerOf(first);
  if (own === undefined && layer?.inputShape === undefined && layer && first?.class.place === undefined && layer.config !== "incomplete") {
    const message = "the first layer of a Sequential model must get an inputShape or batchInputShape";
    report(layer, { code: "missing-input-shape", message, fixes: [] }, interpreter);
  }
  return inputs.map((tensor, at) => {
    const said = own?.[at];
    if (!said || !tensor.shape) return tensor;
    if (!agree(said, tensor.shape)) {
      const message = `expects inputs of ${shapeText(said)}, but gets ${shapeText(tensor.shape)}`;
      if (layer) report(layer, { code: "input-mismatch", argument: "input_shape", message, fixes: [] }, interpreter);
      return tensor;
    }
    const shape = tensor.shape.map((size, axis) => size ?? said[axis]);
    return shape.every((size, axis) => size === tensor.shape?.[axis]) ? tensor : { shape, dtype: tensor.dtype };
  });
}

function agree(said: TensorShape, given: TensorShape): boolean {
  return (
    said.length === given.length && said.every((size, axis) => size === undefined || given[axis] === undefined || size === given[axis])
  );
}
