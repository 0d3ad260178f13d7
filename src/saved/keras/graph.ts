import type { Problem } from "../../base/problem.js";
import { NOWHERE } from "../../base/text.js";
import { UserError } from "../../base/userError.js";
import { applyKerasLayer } from "../../frameworks/keras/layers/apply.js";
import { dataAttributes } from "../../frameworks/keras/layers/attributes.js";
import { type Datum, type DatumRecord, isArray } from "../../frameworks/keras/layers/data.js";
import { modernData } from "../../frameworks/keras/layers/oldNames.js";
import { kerasLayer } from "../../frameworks/keras/layers/table.js";
import { broadcast } from "../../interpret/sizes.js";
import type { Tensor, TensorShape } from "../../interpret/tensor.js";
import { type Outcome, Trace } from "../../interpret/trace.js";
import type { Place } from "../../interpret/values.js";
import { type ConfiguredCall, type ConfiguredLayer, type ConfiguredModel, damaged, type TensorReference } from "./config.js";
import { type AppliedFunction, applyTensorFunction, isTensorFunction, type SavedTensor, type TensorAt } from "./tensorFunction.js";

/** A model applied to its own inputs. */
export interface AppliedModel {
  readonly trace: Trace;
  readonly inputs: readonly Tensor[];
  readonly outputs: readonly (Tensor | undefined)[];
  readonly problems: readonly Problem[];
}

/** More layers than any model has: nesting can multiply them without end. */
const MOST = 100_000;
const NOTHING: Outcome = {
  outputs: [undefined],
  parameters: [],
  multiplyAdds: undefined,
  reach: "pointwise",
  formulas: () => [],
  catalogue: undefined,
};

/** Applies a model to inputs of the shapes it says itself. Throws UserError where its graph is no graph. */
export function applyModel(model: ConfiguredModel, file: string): AppliedModel {
  const run = new Run(file);
  const inputs = model.inputs.map(({ layer }): Tensor => ({ shape: statedShape(model, layer), dtype: "float32" }));
  const outputs = run.apply(model, inputs);
  return { trace: run.trace, inputs, outputs, problems: run.problems };
}

function statedShape(model: ConfiguredModel, key: string): TensorShape | undefined {
  const data = model.layers.find((layer) => layer.key === key)?.data;
  const shape = data?.["batch_shape"] ?? data?.["batch_input_shape"];
  return isArray(shape) ? shape.map((size) => (typeof size === "number" ? size : undefined)) : undefined;
}

interface Call {
  readonly layer: ConfiguredLayer;
  readonly index: number;
}

class Run {
  readonly trace = new Trace();
  readonly problems: Problem[] = [];

  private readonly place: Place;

  constructor(private readonly file: string) {
    this.place = { file, range: NOWHERE };
  }

  /** Results of the model's outputs. Every call waits for those it needs (Kahn's algorithm), so that cycles are found. */
  apply(model: ConfiguredModel, inputs: readonly Tensor[]): (Tensor | undefined)[] {
    const results = new Map<string, readonly (SavedTensor | undefined)[]>();
    model.inputs.forEach((input, i) => {
      results.set(placeOf(input), [inputs[i]]);
    });
    const calls = model.layers.flatMap((layer) =>
      layer.className === "InputLayer" ? [] : layer.calls.map((_, index): Call => ({ layer, index })),
    );
    const waiting = new Map<string, Call[]>();
    const missing = new Map<Call, number>();
    const ready: Call[] = [];
    for (const call of calls) {
      const needed = new Set((call.layer.calls[call.index]?.tensors ?? []).map(placeOf).filter((place) => !results.has(place)));
      for (const place of needed) waiting.set(place, [...(waiting.get(place) ?? []), call]);
      missing.set(call, needed.size);
      if (needed.size === 0) ready.push(call);
    }
    let done = 0;
    for (let next = ready[done]; next; next = ready[done]) {
      done++;
      const tensorAt = (reference: TensorReference) => results.get(placeOf(reference))?.[reference.result];
      const place = `${next.layer.key} ${next.index}`;
      results.set(place, this.#call(next.layer, next.layer.calls[next.index], tensorAt));
      for (const call of waiting.get(place) ?? []) {
        const left = (missing.get(call) ?? 0) - 1;
        missing.set(call, left);
        if (left === 0) ready.push(call);
      }
    }
    if (done < calls.length) {
      const stuck = calls.find((call) => (missing.get(call) ?? 0) > 0);
      throw damaged(this.file, `layer ${stuck?.layer.name ?? ""} waits for its own result or for a layer that is not there`);
    }
    return model.outputs.map((output) => results.get(placeOf(output))?.[output.result]);
  }

  #call(layer: ConfiguredLayer, call: ConfiguredCall | undefined, tensorAt: TensorAt): readonly (SavedTensor | undefined)[] {
    const inputs = (call?.tensors ?? []).map((reference): Tensor => tensorAt(reference) ?? { shape: undefined, dtype: undefined });
    if (layer.inner) return this.apply(layer.inner, inputs);
    const { applications } = this.trace;
    if (applications.length >= MOST) throw new UserError(`${this.file} repeats its layers more than ${MOST} times, which is not read.`);
    const applied: AppliedFunction = isTensorFunction(layer)
      ? this.#function(layer, call?.json, tensorAt)
      : { inputs, outcome: this.#infer(layer, inputs) };
    const results = applied.outcome.outputs.map(
      (shape): SavedTensor => ({ shape, dtype: "float32", ...(applied.held && { held: applied.held }) }),
    );
    const who = { type: layer.className, role: "layer", name: layer.name, madeAt: this.place, calledAt: this.place, owner: layer } as const;
    const attributes = () => dataAttributes(layer.data);
    applications.push({ ...applied.outcome, ...who, inputs: applied.inputs, results, attributes, argumentPlaces: new Map() });
    return results;
  }

  #function(layer: ConfiguredLayer, json: Datum, tensorAt: TensorAt): AppliedFunction {
    const applied = applyTensorFunction(layer, json, tensorAt, this.place);
    if (applied.ok) return applied.value;
    this.#report(layer, applied.error.code, applied.error.message);
    return { inputs: [], outcome: NOTHING };
  }

  #infer(layer: ConfiguredLayer, inputs: readonly Tensor[]): Outcome {
    const [first, ...others] = inputs.map(({ shape }) => shape);
    if (layer.module.includes("ops")) return elementwise(layer.className, [first, ...others]);
    const row = kerasLayer(layer.className);
    if (!row) {
      this.#report(layer, "unknown-layer", `is a class of the program that saved it, which is not in the file: its shape is not known`);
      return NOTHING;
    }
    const applied = applyKerasLayer(row, savedData(layer.className, modernData(row, layer.data)), [first, ...others]);
    if (applied.ok) return applied.value;
    this.#report(layer, applied.error.code, applied.error.message);
    return NOTHING;
  }

  #report({ name, className }: ConfiguredLayer, code: string, message: string): void {
    const severity = code === "unknown-layer" ? "warning" : "error";
    this.problems.push({ range: NOWHERE, severity, code, message: `${className} "${name}" ${message}`, fixes: [] });
  }
}

function placeOf({ layer, call }: TensorReference): string {
  return `${layer} ${call}`;
}

/** What saved configs leave out meant something else when they were written: GRUs without reset_after had none. */
function savedData(className: string, data: DatumRecord): DatumRecord {
  return className === "GRU" && !("reset_after" in data) ? { ...data, reset_after: false } : data;
}

/** Merges of our catalogue by the names of Keras' operations; null where it has none. */
const ELEMENTWISE = new Map([
  ["Add", "add"],
  ["Subtract", "subtract"],
  ["Multiply", "multiply"],
  ["Divide", "divide"],
  ["TrueDivide", "divide"],
  ["Maximum", "maximum"],
  ["Minimum", "minimum"],
  ["Power", null],
]);

/** Operations on tensors that Keras 3 saves as if they were layers. */
function elementwise(className: string, [first, ...others]: readonly (TensorShape | undefined)[]): Outcome {
  const type = ELEMENTWISE.get(className);
  if (type === undefined) return NOTHING;
  const output = others.reduce((shape, other) => (shape && other ? broadcast(shape, other) : undefined), first);
  // One tensor and a number that is no tensor is nothing to merge.
  const catalogue = type !== null && others.length > 0 ? [{ type, args: {} }] : undefined;
  return { ...NOTHING, outputs: [output], catalogue };
}
