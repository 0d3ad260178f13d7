import { activation, arithmetic, type Operation, rescaled, type Steps, step } from "../../steps.js";
import type { Size, TensorShape } from "../../tensor.js";
import type { Call, Value } from "../../values.js";
import { isSequence, itemsOf } from "../operators.js";
import { applied, mismatch, shapeText, tensorsOf } from "./record.js";

/** A function of each element of arrays, vectors and numbers that broadcast together. */
export function applyElementwise(name: string, values: readonly Value[], call: Call): Value {
  const shapes = values.map(shapeOf);
  let shape: TensorShape | undefined = [];
  for (const each of shapes) {
    const next: TensorShape | undefined = shape && each && broadcastShape(shape, each);
    if (shape && each && !next) {
      const known = shapes.filter((one) => one !== undefined && one.length > 0).map((one) => shapeText(one ?? []));
      throw mismatch(`arrays could not be broadcast to a common size: ${known.join(" and ")}`, call);
    }
    shape = next;
  }
  return applied(name, tensorsOf(values), shape, call, { catalogue: elementwiseSteps(name, values) });
}

const OPERATIONS: Readonly<Record<string, Operation>> = {
  "+": "add",
  "-": "subtract",
  "*": "multiply",
  "/": "divide",
  "^": "power",
  max: "maximum",
  min: "minimum",
};

const ACTIVATIONS: Readonly<Record<string, string>> = {
  relu: "relu",
  relu6: "relu6",
  elu: "elu",
  selu: "selu",
  gelu: "geluTanh",
  gelu_tanh: "geluTanh",
  gelu_erf: "gelu",
  sigmoid: "sigmoid",
  σ: "sigmoid",
  sigmoid_fast: "sigmoid",
  hardσ: "hardSigmoid6",
  hardsigmoid: "hardSigmoid6",
  logσ: "logSigmoid",
  logsigmoid: "logSigmoid",
  swish: "swish",
  hardswish: "hardSwish",
  mish: "mish",
  softplus: "softplus",
  softsign: "softsign",
  hardtanh: "hardTanh",
  tanh: "tanh",
  tanh_fast: "tanh",
  exp: "exponential",
  abs: "absolute",
  sqrt: "squareRoot",
  identity: "linear",
};

/** A function of one array by its name in NNlib or Julia, with its further arguments. */
export function activationSteps(name: string, [alpha]: readonly (number | undefined)[] = []): Steps | undefined {
  if (name === "leakyrelu") return [step("leakyReLU", { alpha: alpha ?? 0.01 })];
  if (name === "elu" && alpha !== undefined) return [step("eLU", { alpha })];
  const known = ACTIVATIONS[name];
  return known === "linear" ? [] : known && alpha === undefined ? [activation(known)] : undefined;
}

function elementwiseSteps(name: string, [first, second, ...more]: readonly Value[]): Steps | undefined {
  const operation = OPERATIONS[name];
  if (!first || more.length > 0) return undefined;
  if (!second) return name === "-" ? rescaled(-1, 0) : activationSteps(name);
  if (!operation) return first.kind === "tensor" && second.kind === "number" ? activationSteps(name, [second.value]) : undefined;
  return arithmetic(operation, first, second);
}

/** As an operand of broadcasting: numbers, texts and functions have no axes. */
function shapeOf(value: Value): TensorShape | undefined {
  if (value.kind === "tensor") return value.tensor.shape;
  if (value.kind === "unknown") return undefined;
  return isSequence(value) ? [itemsOf(value).length] : [];
}

/** Axes are matched from the first; undefined where sizes are neither equal nor 1. */
export function broadcastShape(a: TensorShape, b: TensorShape): TensorShape | undefined {
  const result: Size[] = [];
  for (let at = 0; at < Math.max(a.length, b.length); at++) {
    const left = at < a.length ? a[at] : 1;
    const right = at < b.length ? b[at] : 1;
    if (left === 1) result.push(right);
    else if (right === 1) result.push(left);
    else if (left !== undefined && right !== undefined && left !== right) return undefined;
    else result.push(left ?? right);
  }
  return result;
}
