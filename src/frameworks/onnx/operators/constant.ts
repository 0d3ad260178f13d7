import type { Size, TensorShape } from "../../../interpret/tensor.js";
import { count, fact, make, type Rule } from "../call.js";
import { DTYPES } from "../dtypes.js";
import { MAX_ELEMENTS, UNKNOWN } from "../graph.js";

const constant: Rule = (call) => {
  const tensor = call.attribute("value")?.tensor ?? call.attribute("sparse_value")?.tensor;
  if (tensor) return make(tensor);
  for (const [name, dtype] of [["value_int", "int64"] as const, ["value_float", "float32"] as const]) {
    const number = call.number(name, undefined);
    if (number !== undefined) return make({ shape: [], dtype, elements: [number] });
    const numbers = call.numbers(`${name}s`);
    if (numbers !== undefined) return make({ shape: [numbers.length], dtype, elements: numbers });
  }
  if (call.attribute("value_string")) return make(fact([], "string"));
  const texts = call.attribute("value_strings")?.texts;
  return make(texts ? fact([texts.length], "string") : UNKNOWN);
};

const constantOfShape: Rule = (call) => {
  const shape = call.input(0).elements;
  const value = call.attribute("value")?.tensor;
  return make(filled(shape ?? unknownOfRank(call.input(0).shape), value?.dtype ?? "float32", value?.elements?.[0] ?? 0));
};

/** A vector of which only the length is known says how many axes there are. */
function unknownOfRank(shape: TensorShape | undefined): TensorShape | undefined {
  const [rank] = shape ?? [];
  return rank === undefined || rank > 64 ? undefined : Array.from<Size, Size>({ length: rank }, () => undefined);
}

function filled(shape: TensorShape | undefined, dtype: string, value: number) {
  const length = shape && count(shape);
  const small = length !== undefined && length <= 64;
  return { ...fact(shape, dtype), ...(small && { elements: Array.from<Size, Size>({ length }, () => value) }) };
}

const shapeOf: Rule = (call) => {
  const { shape } = call.input(0);
  if (shape === undefined) return make(fact([undefined], "int64"));
  const elements = shape.slice(call.number("start", 0), call.number("end", shape.length));
  return make({ shape: [elements.length], dtype: "int64", elements });
};

const size: Rule = (call) => {
  const { shape } = call.input(0);
  return make({ shape: [], dtype: "int64", elements: [shape && count(shape)] });
};

const range: Rule = (call) => {
  const [start, limit, step] = [0, 1, 2].map((i) => call.input(i).elements?.[0]);
  const { dtype } = call.input(0);
  if (start === undefined || limit === undefined || step === undefined || step === 0) return make(fact([undefined], dtype));
  const length = Math.max(0, Math.ceil((limit - start) / step));
  const small = length <= MAX_ELEMENTS;
  return make({ ...fact([length], dtype), ...(small && { elements: Array.from({ length }, (_, i) => start + i * step) }) });
};

/** Random numbers and constants whose shape is an attribute. */
const ofShape: Rule = (call) => make(fact(call.numbers("shape"), DTYPES[call.number("dtype", 1)]));

export const CONSTANTS: Readonly<Record<string, Rule>> = {
  Constant: constant,
  ConstantOfShape: constantOfShape,
  ConstantFill: ofShape,
  GivenTensorFill: ofShape,
  Shape: shapeOf,
  Size: size,
  Range: range,
  RandomNormal: ofShape,
  RandomUniform: ofShape,
  EyeLike: (call) => make(fact(call.input(0).shape, DTYPES[call.number("dtype", 0)] ?? call.input(0).dtype)),
  Multinomial: (call) => make(fact([call.input(0).shape?.[0], call.number("sample_size", 1)], DTYPES[call.number("dtype", 6)])),
};
