import { ProgramError } from "../../interpret/errors.js";
import type { Tensor, TensorShape } from "../../interpret/tensor.js";
import { type InstanceValue, type InterpreterApi, list, type Place, unknown, type Value } from "../../interpret/values.js";
import { applyCustom, isCustom } from "./customLayer.js";
import { addNode, isSymbolic, nodesBetween, tensorsIn, withTensors } from "./graph.js";
import { Functional, isApplicable, layerOf, modelOf, Sequential } from "./layer.js";
import { record, report } from "./record.js";
import { inferLayer } from "./tableLayer.js";

/** How a layer is applied: for its shapes alone, or recorded in the trace as what a model does. */
export interface Run {
  readonly interpreter: InterpreterApi;
  readonly place: Place;
  readonly recorded: boolean;
}

/** layer.apply(x): symbolic tensors make a node of the graph, others are what a model gets when it runs. */
export function apply(layer: InstanceValue, argument: Value, run: Omit<Run, "recorded">): Value {
  if (!isSymbolic(argument)) return runLayer(layer, argument, { ...run, recorded: true });
  const result = runLayer(layer, argument, { ...run, recorded: false });
  addNode({ layer, argument, result, calledAt: run.place });
  return result;
}

/** What a layer or model makes of a tensor or a list of them. */
export function runLayer(layer: InstanceValue, argument: Value, run: Run): Value {
  const model = modelOf(layer);
  if (model instanceof Sequential) return runSequential(model, argument, run);
  if (model instanceof Functional) return runFunctional(model, argument, run);
  if (!isCustom(layer)) return applyTable(layer, argument, run);
  return orTold(() => applyCustom(layer, argument, run), unknownTensor, run);
}

const unknownTensor: Value = { kind: "tensor", tensor: { shape: undefined, dtype: undefined } };

function runSequential(model: Sequential, argument: Value, run: Run): Value {
  let value = argument;
  for (const layer of model.layers) {
    if (isApplicable(layer)) value = runLayer(layer, value, run);
    else {
      if (run.recorded)
        run.interpreter.trace.notes.push({ place: run.place, why: layer.kind === "unknown" ? layer.why : "this is no layer" });
      value = unknownTensor;
    }
  }
  return value;
}

function runFunctional(model: Functional, argument: Value, run: Run): Value {
  const inputs = list(model.inputs);
  const given = tensorsIn(argument);
  const actual = new Map<Tensor, Tensor>();
  tensorsIn(inputs).forEach((tensor, at) => {
    const other = given[at];
    if (other) actual.set(tensor, other);
  });
  for (const { layer, argument: own, result, calledAt } of nodesBetween(inputs, model.outputs)) {
    const place = run.recorded ? calledAt : run.place;
    const results = tensorsIn(runLayer(layer, withTensors(own, actual), { ...run, place }));
    tensorsIn(result).forEach((tensor, at) => {
      const other = results[at];
      if (other) actual.set(tensor, other);
    });
  }
  return withTensors(model.outputs, actual);
}

/** A layer of the library, by its row of Keras' table. */
function applyTable(instance: InstanceValue, argument: Value, run: Run): Value {
  const layer = layerOf(instance);
  const inputs = tensorsIn(argument);
  const [first, ...others] = inputs.map(({ shape }) => shape);
  if (!layer || inputs.length === 0) return argument.kind === "unknown" ? argument : unknown("what the layer is applied to is not known");
  if (layer.className === "InputLayer") return argument;
  const inferred = inferLayer(layer, [first, ...others]);
  const outputs: readonly (TensorShape | undefined)[] = inferred.ok ? inferred.value.outputs : [undefined];
  const results = outputs.map((shape): Tensor => ({ shape, dtype: inputs[0]?.dtype }));
  if (run.recorded) {
    if (!inferred.ok) report(layer, inferred.error, run.interpreter);
    record({ instance, layer, inputs, results, ...(inferred.ok && { outcome: inferred.value }) }, run);
  }
  const values = results.map((tensor): Value => ({ kind: "tensor", tensor }));
  return values.length === 1 && values[0] ? values[0] : list(values);
}

/** Goes on after what fails inside one layer, which is told. */
function orTold<T>(action: () => T, otherwise: T, run: Run): T {
  try {
    return action();
  } catch (error) {
    if (!(error instanceof ProgramError)) throw error;
    if (run.recorded) run.interpreter.trace.problems.push({ ...error.problem, place: error.place, severity: "error" });
    return otherwise;
  }
}
