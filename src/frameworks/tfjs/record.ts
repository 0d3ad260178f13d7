import type { Tensor } from "../../interpret/tensor.js";
import type { Outcome } from "../../interpret/trace.js";
import type { InstanceValue, InterpreterApi, Place } from "../../interpret/values.js";
import type { LayerProblem } from "../../layers/kind.js";
import { dataAttributes } from "../keras/layers/attributes.js";
import { NOTHING_KNOWN } from "../keras/source/record.js";
import type { Layer } from "./layer.js";
import { camelCase, inTfjsWords } from "./names.js";

interface Applied {
  readonly instance: InstanceValue;
  readonly layer: Layer;
  readonly inputs: readonly Tensor[];
  readonly results: readonly Tensor[];
  readonly outcome?: Omit<Outcome, "outputs">;
}

/** Puts a layer that was applied into the trace. */
export function record(
  { instance, layer, inputs, results, outcome = NOTHING_KNOWN }: Applied,
  run: { interpreter: InterpreterApi; place: Place },
): void {
  const { trace } = run.interpreter;
  trace.add({
    ...outcome,
    outputs: results.map(({ shape }) => shape),
    type: layer.className,
    role: "layer",
    name: layer.name,
    madeAt: instance.place,
    calledAt: run.place,
    owner: instance,
    inputs,
    results,
    attributes: () => dataAttributes(layer.data, camelCase),
    argumentPlaces: layer.argumentPlaces,
  });
}

/** Says what TensorFlow.js would raise, at the argument that is wrong, else where the layer is made. */
export function report(layer: Layer, problem: LayerProblem, { trace }: InterpreterApi): void {
  const { file, range } = layer.madeAt;
  const argument = problem.argument === undefined ? undefined : camelCase(problem.argument);
  const message = `${layer.givenName ?? camelFirst(layer.className)}: ${inTfjsWords(problem.message)}`;
  const fixes = problem.fixes.map((fix) => {
    if ("insertBefore" in fix) return fix;
    return {
      title: inTfjsWords(fix.title),
      set: Object.fromEntries(Object.entries(fix.set).map(([name, value]) => [camelCase(name), value])),
    };
  });
  const place = { file, range: (argument === undefined ? undefined : layer.argumentPlaces.get(argument)) ?? range };
  trace.problems.push({
    code: problem.code,
    message,
    ...(argument !== undefined && { argument }),
    fixes,
    place,
    severity: "error",
    edits: { file, call: range, arguments: layer.argumentPlaces },
  });
}

/** "conv2d" of "Conv2D", as programs call it. */
const camelFirst = (className: string): string => `${className.charAt(0).toLowerCase()}${className.slice(1).replace(/(\d)D/, "$1d")}`;
