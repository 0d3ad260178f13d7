import type { Tensor } from "../../interpret/tensor.js";
import { type Arguments, type Call, type InstanceValue, unknown, type Value } from "../../interpret/values.js";
import { autosized } from "./autosize.js";
import { argumentPlaces, type Leaf, layerOf } from "./layer.js";
import { pathOf } from "./paths.js";

/** Applies one of Flux's own layers: `layer(x)`. */
export function callLayer({ positional: [self, ...inputs], incomplete }: Arguments, call: Call): Value {
  const layer = self && layerOf(self);
  if (self?.kind !== "instance" || !layer || incomplete) return unknown("what is called here is not known");
  if (layer.kind === "leaf") return recorded(layer, self, inputs, call);
  if (layer.kind === "container") return layer.forward(inputs, call);
  const made = autosized(layer, inputs[0], call);
  return call.interpreter.call(made, inputs, call.place);
}

/** Notes in the trace what a layer makes of its inputs, and what Flux would refuse, where the layer was made. */
function recorded(layer: Leaf, self: InstanceValue, values: readonly Value[], call: Call): Value {
  const inputs = values.map((value): Tensor => (value.kind === "tensor" ? value.tensor : { shape: undefined, dtype: undefined }));
  const [first, ...others] = inputs;
  const { output, problem, multiplyAdds = 0, ...inferred } = layer.infer([first?.shape, ...others.map(({ shape }) => shape)]);
  const result: Tensor = { shape: output, dtype: "float32" };
  const { trace } = call.interpreter;
  trace.add({
    type: layer.type,
    role: "layer",
    name: pathOf(self),
    madeAt: self.place,
    calledAt: call.place,
    owner: self,
    inputs,
    results: [result],
    argumentPlaces: new Map(),
    outputs: [output],
    parameters: layer.parameters,
    multiplyAdds,
    reach: inferred.reach ?? "pointwise",
    formulas: inferred.formulas ?? (() => []),
    catalogue: inferred.catalogue,
  });
  if (problem) {
    const place = self.place.file === "" ? call.place : self.place;
    const edits = { file: self.place.file, call: self.place.range, arguments: argumentPlaces(self, layer), calledAt: call.place };
    trace.problems.push({ ...problem, place, severity: "error", edits });
  }
  return { kind: "tensor", tensor: result };
}
