import { type ClassValue, FALSE, type Value } from "../../../interpret/values.js";
import { classOf } from "../core/native.js";
import { TorchTensor } from "../core/tensor.js";
import { constructTensor } from "../operations/create.js";
import { withRole } from "./module.js";

/** torch.Tensor and its old kin (`torch.FloatTensor(2, 3)`); values of it are tensors. */
export const TENSOR: ClassValue = tensorClass("Tensor", "float32");

export function tensorClass(name: string, dtype: string): ClassValue {
  return { ...classOf(name, []), construct: (_cls, args) => constructTensor(args, dtype) };
}

/** nn.Parameter(data, requires_grad=True): the same tensor as a weight. */
export const PARAMETER: ClassValue = {
  ...classOf("Parameter", [TENSOR]),
  construct: (_cls, { positional: [data], named }): Value => {
    const value = withRole(data ?? named.get("data") ?? { kind: "tensor", tensor: new TorchTensor(undefined) }, "parameter");
    const grad = named.get("requires_grad");
    if (value.kind !== "tensor") return { kind: "tensor", tensor: new TorchTensor(undefined, "float32", "parameter") };
    if (value.tensor instanceof TorchTensor && grad?.kind === "boolean" && !grad.value) value.tensor.attributes.set("requires_grad", FALSE);
    return value;
  },
};
