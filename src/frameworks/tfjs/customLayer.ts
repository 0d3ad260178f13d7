import { inherited } from "../../interpret/javascript/classes.js";
import type { Tensor, TensorShape } from "../../interpret/tensor.js";
import type { TracedParameter } from "../../interpret/trace.js";
import type { FunctionValue, InstanceValue, Value } from "../../interpret/values.js";
import { list, NONE, unknown } from "../../interpret/values.js";
import { shapeValue, sizesOf } from "./data.js";
import { tensorsIn } from "./graph.js";
import { layerOf } from "./layer.js";
import { record } from "./record.js";
import type { Run } from "./run.js";

/** Whether a layer is of a class that the program itself defines. */
export function isCustom({ class: cls }: InstanceValue): boolean {
  return cls.place !== undefined;
}

function own(instance: InstanceValue, name: string): FunctionValue | undefined {
  const member = inherited(instance.class, name);
  return member?.kind === "function" ? member : undefined;
}

/**
 * A layer of the program's own. Its shape is what `computeOutputShape` says, else what `call` makes. It is a leaf of the model unless
 * `call` applies other layers.
 */
export function applyCustom(instance: InstanceValue, argument: Value, run: Run): Value {
  const layer = layerOf(instance);
  const inputs = tensorsIn(argument);
  if (!layer || inputs.length === 0) return unknown("what the layer is applied to is not known");
  const shapes = argument.kind === "list" ? list(argument.items.map(shapeOf)) : shapeOf(argument);
  const call = (callee: FunctionValue, args: readonly Value[]) =>
    run.interpreter.call({ kind: "method", self: instance, function: callee }, args, run.place);
  const build = own(instance, "build");
  if (build && !layer.built) {
    layer.built = true;
    call(build, [shapes]);
  }
  const said = own(instance, "computeOutputShape");
  const saidShapes = said && outputShapes(call(said, [shapes]));
  const { applications } = run.interpreter.trace;
  const before = applications.length;
  const body = run.recorded ? own(instance, "call") : undefined;
  const computed = body && call(body, [argument, { kind: "dictionary", entries: new Map() }]);
  if (computed && applications.slice(before).some(({ role }) => role === "layer")) return computed;
  applications.length = Math.min(applications.length, before);
  const outputs = saidShapes ?? (computed ? tensorsIn(computed).map(({ shape }) => shape) : [body ? undefined : inputs[0]?.shape]);
  const results = (outputs.length > 0 ? outputs : [undefined]).map((shape): Tensor => ({ shape, dtype: "float32" }));
  if (run.recorded) record({ instance, layer, inputs, results, outcome: ofWeights(layer.weights) }, run);
  const values = results.map((tensor): Value => ({ kind: "tensor", tensor }));
  return values.length === 1 && values[0] ? values[0] : list(values);
}

const ofWeights = (parameters: readonly TracedParameter[]) => ({
  parameters,
  multiplyAdds: undefined,
  reach: "pointwise" as const,
  formulas: () => [],
  catalogue: undefined,
});

const shapeOf = (value: Value): Value => (value.kind === "tensor" ? shapeValue(value.tensor.shape) : NONE);

/** One shape, or a list of several; undefined where it is neither. */
function outputShapes(value: Value): (TensorShape | undefined)[] | undefined {
  if (value.kind !== "list") return undefined;
  return value.items.some(({ kind }) => kind === "list") ? value.items.map(sizesOf) : [sizesOf(value)];
}
