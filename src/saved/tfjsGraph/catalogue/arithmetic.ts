import { activation, byNumber, fromNumber, type Operation, rescaled, type Steps, step } from "../../../interpret/steps.js";
import { type Lowering, type Operands, onFirst } from "./operands.js";
import { fused, slope } from "./windows.js";

const named = (name: string): Lowering => onFirst(() => [activation(name)]);

/** A stored tensor of the last axes, added or multiplied by; undefined where it has a batch or changes the shape. */
function learned(node: Operands, index: number, type: "bias" | "scaling"): Steps | undefined {
  const shape = node.shape(index);
  const own = shape.length === node.output.length && shape[0] === 1 ? shape.slice(1) : shape;
  if (own.length >= node.output.length || shape.includes(undefined) || String(node.input) !== String(node.output)) return undefined;
  return [step(type, { shape: own.length === 0 ? [1] : own }, { [type === "bias" ? "bias" : "scale"]: node.source(index) })];
}

/** Of two computed tensors a merge, with a number a rescaling, with a stored tensor a layer that learns it. */
const binary =
  (operation: Operation, withTensor: (node: Operands, index: number) => Steps | undefined = () => undefined): Lowering =>
  (node) => {
    if (node.allComputed) return node.shape(0).length === node.shape(1).length ? [step(operation)] : undefined;
    const index = node.isStored(0) ? 0 : 1;
    const number = node.scalar(index);
    if (number === undefined) return withTensor(node, index);
    return index === 0 ? fromNumber(operation, number) : byNumber(operation, number);
  };

const NEGATED = rescaled(-1, 0);

const add = binary("add", (node, index) => learned(node, index, "bias"));
const multiply = binary("multiply", (node, index) => learned(node, index, "scaling"));
const divide = binary("divide");
/** x - c is -(-x + c), so that c stays as it is stored. */
const subtract = binary("subtract", (node, index) => {
  const bias = learned(node, index, "bias");
  return bias && [...NEGATED, ...bias, ...(index === 0 ? [] : NEGATED)];
});

const product: Lowering = onFirst((node) => {
  const { attributes, input } = node;
  if (attributes.flag("transpose_a") || attributes.flag("adj_x") || input.length !== 2) return undefined;
  const isTurned = attributes.flag("transpose_b") || attributes.flag("adj_y");
  const units = node.shape(1)[isTurned ? 0 : 1];
  const kernel = node.source(1, isTurned ? [1, 0] : undefined);
  return fused(node, (bias) => [step("dense", { units, useBias: !!bias }, { kernel, ...(bias && { bias }) })]);
});

/** By the moving statistics that are stored. */
const batchNormalization: Lowering = onFirst((node) => {
  if (node.attributes.word("data_format") === "NCHW") return undefined;
  const names = ["gamma", "beta", "moving_mean", "moving_variance"];
  const weights = Object.fromEntries(names.map((name, i) => [name, node.source(i + 1)]));
  return [step("batchNormalization", { epsilon: node.attributes.float("epsilon") ?? 1e-4 }, weights)];
});

/** Over any axes but the batch; over the picture, global pooling. */
const reduction = (type: string, pooling?: string): Lowering =>
  onFirst((node) => {
    const rank = node.input.length;
    const axes = node.values(1)?.map((axis) => (axis < 0 ? axis + rank : axis));
    if (!axes || axes.length === 0 || axes.includes(0)) return undefined;
    const keepDims = node.attributes.flag("keep_dims");
    const isPicture = rank === 4 && String([...axes].sort()) === "1,2";
    return pooling && isPicture ? [step(pooling, { keepDims })] : [step(type, { axes: axes.map((axis) => axis - 1), keepDims })];
  });

export const ARITHMETIC: Readonly<Record<string, Lowering>> = {
  ...Object.fromEntries(["Add", "AddV2"].map((name) => [name, add])),
  ...Object.fromEntries(["Div", "RealDiv"].map((name) => [name, divide])),
  ...Object.fromEntries(["MatMul", "_FusedMatMul", "FusedMatMul", "BatchMatMul", "BatchMatMulV2"].map((name) => [name, product])),
  ...Object.fromEntries(["FusedBatchNorm", "FusedBatchNormV2", "FusedBatchNormV3"].map((name) => [name, batchNormalization])),
  BiasAdd: onFirst((node) => learned(node, 1, "bias")),
  Sub: subtract,
  Mul: multiply,
  Maximum: binary("maximum"),
  Minimum: binary("minimum"),
  AddN: (node) => (node.allComputed ? [step("add")] : undefined),
  Neg: onFirst(() => NEGATED),
  Square: onFirst(() => [step("power", { exponent: 2 })]),
  Relu: named("relu"),
  Relu6: named("relu6"),
  Elu: named("elu"),
  Selu: named("selu"),
  Sigmoid: named("sigmoid"),
  Tanh: named("tanh"),
  Softmax: named("softmax"),
  LogSoftmax: named("logSoftmax"),
  Softplus: named("softplus"),
  Exp: named("exponential"),
  Abs: named("absolute"),
  Sqrt: named("squareRoot"),
  LeakyRelu: onFirst(({ attributes }) => [step("leakyReLU", { alpha: attributes.float("alpha") ?? 0.2 })]),
  Prelu: onFirst((node) => [slope(node, 1, node.input)]),
  Mean: reduction("reduceMean", "globalAveragePooling2d"),
  Max: reduction("reduceMax", "globalMaxPooling2d"),
  Sum: reduction("reduceSum"),
};
