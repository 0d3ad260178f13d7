import { broadcast } from "../../interpret/sizes.js";
import type { Size, TensorShape } from "../../interpret/tensor.js";
import { axisIn, type Inputs, type Known, type Operation, shaped } from "./operation.js";

const same: Operation = (inputs) => shaped(inputs.shape(0));

/** The same numbers, where they are known. */
const passed: Operation = ({ all: [first] }) => [first ?? { shape: undefined }];

const COMPUTED: Readonly<Record<string, (a: number, b: number) => number>> = {
  Add: (a, b) => a + b,
  AddV2: (a, b) => a + b,
  Sub: (a, b) => a - b,
  Mul: (a, b) => a * b,
  FloorDiv: (a, b) => Math.floor(a / b),
  RealDiv: (a, b) => a / b,
  Maximum: Math.max,
  Minimum: Math.min,
};

function both(op: string): Operation {
  return (inputs) => {
    const [left, right] = [inputs.shape(0), inputs.shape(1)];
    const shape = left && right ? broadcast(left, right) : undefined;
    return [{ shape, values: computed(op, inputs, shape) }];
  };
}

function computed(op: string, inputs: Inputs, shape: TensorShape | undefined): Known["values"] {
  const [left, right] = [inputs.values(0), inputs.values(1)];
  const compute = COMPUTED[op];
  if (!compute || !left || !right || (shape?.length ?? 2) > 1) return undefined;
  return Array.from({ length: Math.max(left.length, right.length) }, (_, at): Size => {
    const [a, b] = [left[left.length === 1 ? 0 : at], right[right.length === 1 ? 0 : at]];
    return a === undefined || b === undefined ? undefined : compute(a, b);
  });
}

/** Reductions: the axes are the second input. */
const reduction: Operation = (inputs, attributes) => {
  const shape = inputs.shape(0);
  const axes = inputs.values(1);
  if (!shape || !axes) return shaped(undefined);
  const gone = axes.map((axis) => axisIn(axis, shape.length));
  if (gone.includes(undefined)) return shaped(undefined);
  const kept = attributes.flag("keep_dims") || attributes.flag("keepDims");
  return shaped(kept ? shape.map((size, at) => (gone.includes(at) ? 1 : size)) : shape.filter((_, at) => !gone.includes(at)));
};

/** Product of all numbers that are known: how dynamic shapes are counted. */
const prod: Operation = (inputs, attributes) => {
  const values = inputs.values(0);
  const [first] = reduction(inputs, attributes);
  if (!values || inputs.shape(0)?.length !== 1) return [first ?? { shape: undefined }];
  let total: Size = 1;
  for (const value of values) total = total === undefined || value === undefined ? undefined : total * value;
  return [{ shape: first?.shape, values: [total] }];
};

const argument: Operation = (inputs) => {
  const shape = inputs.shape(0);
  const at = shape && axisIn(inputs.value(1), shape.length);
  return shaped(at === undefined ? undefined : shape?.filter((_, each) => each !== at));
};

const product: Operation = (inputs, attributes) => {
  const [left, right] = [inputs.shape(0), inputs.shape(1)];
  if (!left || !right || left.length < 2 || right.length < 2) return shaped(undefined);
  const turnedLeft = attributes.flag("transpose_a") || attributes.flag("adj_x");
  const turnedRight = attributes.flag("transpose_b") || attributes.flag("adj_y");
  const batch = (left.length >= right.length ? left : right).slice(0, -2);
  return shaped([...batch, left.at(turnedLeft ? -1 : -2), right.at(turnedRight ? -2 : -1)]);
};

const normalized: Operation = (inputs, attributes) => {
  const shape = inputs.shape(0);
  const channels = shape && (attributes.word("data_format") === "NCHW" ? shape[1] : shape.at(-1));
  return [{ shape }, ...Array<Known>(4).fill({ shape: [channels] })];
};

const SAME =
  "Abs Acos Asin Atan BiasAdd Ceil ClipByValue Cos Cosh Elu Erf Exp Expm1 FakeQuantWithMinMaxVars Floor IsNan LRN LeakyRelu Log Log1p LogSoftmax LogicalNot Neg OnesLike Prelu Reciprocal " +
  "Relu Relu6 ReverseV2 Round Rsqrt Selu Sigmoid Sign Sin Sinh Softmax Softplus Sqrt Square Tan Tanh ZerosLike HardSwish";
const PASSED = "Cast Identity PlaceholderWithDefault StopGradient PreventGradient Snapshot";
const BOTH =
  "Add AddV2 Atan2 BitwiseAnd Div DivNoNan Equal FloorDiv FloorMod Greater GreaterEqual Less LessEqual LogicalAnd LogicalOr Maximum Minimum Mod Mul NotEqual Pow RealDiv SquaredDifference Sub";

const each = (names: string, operation: (name: string) => Operation): Record<string, Operation> =>
  Object.fromEntries(names.split(" ").map((name) => [name, operation(name)]));

export const ARITHMETIC: Readonly<Record<string, Operation>> = {
  ...each(SAME, () => same),
  ...each(PASSED, () => passed),
  ...each(BOTH, both),
  ...each("Sum Mean Max Min Any All EuclideanNorm", () => reduction),
  ...each("ArgMax ArgMin", () => argument),
  ...each("MatMul _FusedMatMul FusedMatMul BatchMatMul BatchMatMulV2", () => product),
  ...each("FusedBatchNorm FusedBatchNormV2 FusedBatchNormV3", () => normalized),
  Prod: prod,
  AddN: same,
  IdentityN: ({ all }) => all,
  Select: (inputs) => shaped(inputs.shape(1) ?? inputs.shape(2)),
  SelectV2: (inputs) => shaped(inputs.shape(1) ?? inputs.shape(2)),
};
