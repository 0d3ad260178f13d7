import { err, ok, type Result } from "../../base/result.js";
import { type Datum, isArray, isRecord } from "../../frameworks/keras/layers/data.js";
import { argumentTensors, functionOutcome } from "../../frameworks/keras/source/applyFunction.js";
import { shapeValue } from "../../frameworks/keras/source/datum.js";
import { indexing } from "../../frameworks/keras/source/indexing.js";
import { OPERATIONS } from "../../frameworks/keras/source/operations.js";
import { ProgramError } from "../../interpret/errors.js";
import type { Tensor } from "../../interpret/tensor.js";
import type { Outcome } from "../../interpret/trace.js";
import { type Arguments, ELLIPSIS, list, NONE, type Place, text, unknown, type Value } from "../../interpret/values.js";
import type { LayerProblem } from "../../layers/kind.js";
import { asReference, CONSTANT, type ConfiguredLayer, type TensorReference } from "./config.js";

/** A tensor of a saved model. */
export interface SavedTensor extends Tensor {
  /** What it holds where that is known before the model runs: the sizes that tf.shape gives. */
  readonly held?: Value;
}

/** A function of TensorFlow applied to tensors. */
export interface AppliedFunction {
  readonly inputs: readonly Tensor[];
  readonly outcome: Outcome;
  readonly held?: Value;
}

export type TensorAt = (reference: TensorReference) => SavedTensor | undefined;

/** Keras 2 saves functions of TensorFlow that it meets in a functional model as layers of these classes. */
export function isTensorFunction({ className }: ConfiguredLayer): boolean {
  return className === "TFOpLambda" || className === "SlicingOpLambda";
}

/** Applies the function that such a layer stands for to what a call of it gets. */
export function applyTensorFunction(
  { data }: ConfiguredLayer,
  json: Datum,
  tensorAt: TensorAt,
  place: Place,
): Result<AppliedFunction, LayerProblem> {
  const path = typeof data["function"] === "string" ? data["function"] : "";
  const name = path.slice(path.lastIndexOf(".") + 1);
  const args = argumentsOf(json, tensorAt);
  const [first = NONE] = args.positional;
  const inputs = argumentTensors(args);
  if (name === "shape")
    return ok(held(first.kind === "tensor" ? shapeValue(first.tensor.shape) : unknown("the shape of no tensor"), inputs));
  const spec = args.named.get("slice_spec") ?? NONE;
  if (name === "getitem" && first.kind !== "tensor") return ok(held(itemOf(first, spec), inputs));
  const { rule, steps } =
    name === "getitem" ? indexing(spec.kind === "list" ? spec.items : [spec]) : { rule: OPERATIONS.get(name), steps: undefined };
  if (!rule) return err({ code: "unknown-layer", message: `calls tf.${path}, of which only TensorFlow knows the shape`, fixes: [] });
  try {
    const { isSeveral: _, ...outcome } = functionOutcome(`tf.${path}`, rule, args, place, steps);
    return ok({ inputs, outcome });
  } catch (error) {
    if (error instanceof ProgramError) return err({ ...error.problem, fixes: [] }); // no text is there to be mended
    throw error;
  }
}

/** Sizes instead of tensors: nothing of the catalogue computes them. */
function held(value: Value, inputs: readonly Tensor[]): AppliedFunction {
  const shape = value.kind === "tuple" ? [value.items.length] : value.kind === "number" ? [] : undefined;
  const outcome: Outcome = {
    outputs: [shape],
    parameters: [],
    multiplyAdds: 0,
    reach: "pointwise",
    formulas: () => [],
    catalogue: undefined,
  };
  return { inputs, outcome, held: value };
}

/** One size of several. Those that anything may be are None in shapes, and unknown as numbers. */
function itemOf(sizes: Value, index: Value): Value {
  const at = index.kind === "list" && index.items.length === 1 ? index.items[0] : index;
  const size = sizes.kind === "tuple" && at?.kind === "number" ? sizes.items.at(at.value) : undefined;
  return size?.kind === "number" ? size : unknown("a size that only running tells");
}

/** ["a", 0, 0, {"y": ["b", 0, 0]}], or a list of such where the first argument is a list. */
function argumentsOf(json: Datum, tensorAt: TensorAt): Arguments {
  const node = isArray(json) ? json : [];
  const first = isArray(node[0]) ? node[0] : node;
  const named = isRecord(first[3]) ? Object.entries(first[3]) : [];
  return {
    positional: [readValue(node, tensorAt)],
    named: new Map(named.map(([name, datum]) => [name, readValue(datum, tensorAt)])),
    incomplete: false,
  };
}

function readValue(datum: Datum, tensorAt: TensorAt): Value {
  if (datum === null) return NONE;
  if (typeof datum === "boolean") return { kind: "boolean", value: datum };
  if (typeof datum === "number") return { kind: "number", value: datum, float: !Number.isInteger(datum) };
  if (typeof datum === "string") return text(datum);
  if (isArray(datum)) {
    const [head, , constant] = datum;
    if (head === CONSTANT) return readValue(constant, tensorAt);
    const reference = asReference(datum);
    if (!reference) return list(datum.map((each) => readValue(each, tensorAt)));
    const tensor = tensorAt(reference);
    return tensor ? (tensor.held ?? { kind: "tensor", tensor }) : unknown("a tensor of a layer that is not known");
  }
  if (isRecord(datum)) {
    if (datum["class_name"] === "__ellipsis__") return ELLIPSIS;
    const [start, stop, step] = [datum["start"], datum["stop"], datum["step"]].map((each) => readValue(each, tensorAt));
    if (start && stop && step && "start" in datum) return { kind: "slice", start, stop, step };
  }
  return unknown("a value that the file does not say");
}
