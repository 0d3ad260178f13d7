import type { Size } from "../../../interpret/tensor.js";
import { broadcast, fact, make, type NodeCall, type Rule, refuse, written } from "../call.js";
import { DTYPES } from "../dtypes.js";
import { type Fact, MAX_ELEMENTS } from "../graph.js";

/** Keeps the shape; further outputs (Dropout's mask) have it too. */
export const same: Rule = (call) => {
  const { shape, dtype } = call.input(0);
  return make(...call.node.outputs.map(() => fact(shape, dtype)));
};

/** Keeps shape and numbers. */
const identity: Rule = (call) => make(call.input(0));

/** Keeps the shape and computes known numbers. */
const unary =
  (compute: (x: number) => number, dtype?: string): Rule =>
  (call) => {
    const { shape, dtype: own, elements } = call.input(0);
    const result = fact(shape, dtype ?? own);
    return make(elements ? { ...result, elements: elements.map((x) => (x === undefined ? undefined : compute(x))) } : result);
  };

/** Joins inputs by broadcasting, and computes known numbers. */
const joined =
  (compute?: (numbers: readonly number[]) => number, dtype?: string): Rule =>
  (call) => {
    const inputs = call.inputs.map((_, i) => call.input(i));
    const shape = joinedShape(call, inputs);
    if (shape === "unfit") return refuse(`cannot join inputs of ${inputs.map((each) => written(each.shape)).join(" and ")}`);
    const result = fact(shape, dtype ?? inputs.find((each) => each.dtype !== undefined)?.dtype);
    const elements = compute && shape && combine(inputs, shape, compute);
    return make(elements ? { ...result, elements } : result);
  };

/** Before operator set 7 the second input was laid along an axis of the first, whose shape stayed. */
function joinedShape(call: NodeCall, inputs: readonly Fact[]): ReturnType<typeof broadcast> {
  const asked = call.operatorSet < 7 && call.number("broadcast", 0) === 1;
  return asked ? inputs[0]?.shape : broadcast(inputs.map(({ shape }) => shape));
}

/** Numbers of vectors and single numbers; undefined where there are too many or an input has other axes. */
function combine(
  inputs: readonly Fact[],
  shape: readonly Size[],
  compute: (numbers: readonly number[]) => number,
): readonly Size[] | undefined {
  const [length = 1] = shape;
  if (shape.length > 1 || length === undefined || length > MAX_ELEMENTS) return undefined;
  const lists = inputs.flatMap(({ elements }) => (elements ? [elements] : []));
  if (lists.length < inputs.length) return undefined;
  return Array.from({ length }, (_, i) => {
    const numbers = lists.map((list) => (list.length === 1 ? list[0] : list[i]));
    const sure = numbers.filter((number) => number !== undefined);
    return sure.length < numbers.length ? undefined : compute(sure);
  });
}

const binary = (compute: (a: number, b: number) => number, dtype?: string): Rule =>
  joined(([a = Number.NaN, b = Number.NaN]) => compute(a, b), dtype);

/** Integers divide towards zero. */
const divide: Rule = (call) => {
  const whole = call.input(0).dtype?.includes("int") ?? false;
  return binary((a, b) => (whole ? Math.trunc(a / b) : a / b))(call);
};

const cast: Rule = (call) => {
  const { shape, elements } = call.input(0);
  const dtype = DTYPES[call.number("to", 0)] ?? call.input(1).dtype;
  const whole = dtype?.includes("int") ?? false;
  const result = fact(shape, dtype);
  return make(elements ? { ...result, elements: elements.map((x) => (x !== undefined && whole ? Math.trunc(x) : x)) } : result);
};

const where: Rule = (call) => joined(([condition = 0, a = Number.NaN, b = Number.NaN]) => (condition ? a : b), call.input(1).dtype)(call);

/** The slope may have fewer axes, and before operator set 7 is one number a channel. */
const prelu: Rule = (call) => make(fact(call.input(0).shape, call.input(0).dtype));

/** Operators that keep the first input's shape; nothing is computed with their numbers. */
const SAME = `Relu LeakyRelu Elu Selu Celu Gelu FastGelu QuickGelu Mish HardSigmoid HardSwish Sigmoid Tanh Softplus Softsign Swish
  ThresholdedRelu Shrink Erf Exp Log Sin Cos Tan Asin Acos Atan Sinh Cosh Asinh Acosh Atanh Reciprocal Clip Softmax LogSoftmax Hardmax
  Dropout LpNormalization MeanVarianceNormalization LRN InstanceNormalization GroupNormalization
  ImageScaler ScaledTanh ParametricSoftplus Affine Bernoulli Trilu CumSum
  ReverseSequence ScatterElements ScatterND Scatter TensorScatter QLinearLeakyRelu QLinearSigmoid QLinearSoftmax FusedActivation BiasGelu BitCast CumProd
  RandomNormalLike RandomUniformLike RotaryEmbedding`.split(/\s+/);

export const ELEMENTWISE: Readonly<Record<string, Rule>> = {
  ...Object.fromEntries(SAME.map((name) => [name, same])),
  Identity: identity,
  Abs: unary(Math.abs),
  Neg: unary((x) => -x),
  Floor: unary(Math.floor),
  Ceil: unary(Math.ceil),
  Round: unary((x) => (Math.abs(x % 1) === 0.5 ? 2 * Math.round(x / 2) : Math.round(x))),
  Sqrt: unary(Math.sqrt),
  Sign: unary(Math.sign),
  Not: unary((x) => (x ? 0 : 1), "bool"),
  IsNaN: unary((x) => (Number.isNaN(x) ? 1 : 0), "bool"),
  IsInf: unary((x) => (Math.abs(x) === Number.POSITIVE_INFINITY ? 1 : 0), "bool"),
  BitwiseNot: unary((x) => ~x),
  Cast: cast,
  CastLike: cast,
  Add: binary((a, b) => a + b),
  Sub: binary((a, b) => a - b),
  Mul: binary((a, b) => a * b),
  Div: divide,
  Pow: binary((a, b) => a ** b),
  Mod: binary((a, b) => a - b * Math.floor(a / b)),
  Min: joined((numbers) => Math.min(...numbers)),
  Max: joined((numbers) => Math.max(...numbers)),
  Sum: joined((numbers) => numbers.reduce((sum, x) => sum + x, 0)),
  Mean: joined((numbers) => numbers.reduce((sum, x) => sum + x, 0) / numbers.length),
  And: binary((a, b) => (a && b ? 1 : 0), "bool"),
  Or: binary((a, b) => (a || b ? 1 : 0), "bool"),
  Xor: binary((a, b) => (!a !== !b ? 1 : 0), "bool"),
  Equal: binary((a, b) => (a === b ? 1 : 0), "bool"),
  Greater: binary((a, b) => (a > b ? 1 : 0), "bool"),
  GreaterOrEqual: binary((a, b) => (a >= b ? 1 : 0), "bool"),
  Less: binary((a, b) => (a < b ? 1 : 0), "bool"),
  LessOrEqual: binary((a, b) => (a <= b ? 1 : 0), "bool"),
  BitShift: joined(),
  BitwiseAnd: joined(),
  BitwiseOr: joined(),
  BitwiseXor: joined(),
  Where: where,
  PRelu: prelu,
  QuantizeLinear: (call) => make(fact(call.input(0).shape, call.input(2).dtype ?? DTYPES[call.number("output_dtype", 2)])),
  DequantizeLinear: (call) => make(fact(call.input(0).shape, call.input(1).dtype)),
  DynamicQuantizeLinear: (call) => make(fact(call.input(0).shape, "uint8"), fact([], "float32"), fact([], "uint8")),
  QLinearAdd: (call) => make(fact(pair(call), call.input(0).dtype)),
  QLinearMul: (call) => make(fact(pair(call), call.input(0).dtype)),
};

/** The numbers of quantized operators stand at inputs 0 and 3. */
function pair(call: NodeCall): readonly Size[] | undefined {
  const shape = broadcast([call.input(0).shape, call.input(3).shape]);
  return shape === "unfit" ? undefined : shape;
}
