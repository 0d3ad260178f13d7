import { permuted, reshaped, takenFrom } from "../../../interpret/channelsLast.js";
import { activation, arithmetic, clamped, type Operation, rescaled, type Steps, step } from "../../../interpret/steps.js";
import type { TensorShape } from "../../../interpret/tensor.js";
import type { Value } from "../../../interpret/values.js";
import type { FunctionArguments } from "./functionArguments.js";

/** What a function is in the catalogue; of several results the one with this index. */
export type FunctionSteps = (
  args: FunctionArguments,
  shapes: { readonly input: TensorShape; readonly output: TensorShape },
  index: number,
) => Steps | undefined;

const ACTIVATIONS: Readonly<Record<string, string>> = {
  relu: "relu",
  relu6: "relu6",
  elu: "elu",
  selu: "selu",
  swish: "swish",
  silu: "swish",
  sigmoid: "sigmoid",
  hard_sigmoid: "hardSigmoid6",
  hard_swish: "hardSwish",
  hard_silu: "hardSwish",
  tanh: "tanh",
  softmax: "softmax",
  log_softmax: "logSoftmax",
  softplus: "softplus",
  softsign: "softsign",
  mish: "mish",
  exp: "exponential",
  abs: "absolute",
  absolute: "absolute",
  sqrt: "squareRoot",
};

const UNCHANGED = "identity cast stop_gradient convert_to_tensor astype copy in_train_phase";

const POWERS: Readonly<Record<string, number>> = { square: 2, rsqrt: -0.5, reciprocal: -1 };

const OPERATIONS: Readonly<Record<string, Operation>> = {
  "+": "add",
  add: "add",
  "-": "subtract",
  subtract: "subtract",
  "*": "multiply",
  multiply: "multiply",
  "/": "divide",
  divide: "divide",
  true_divide: "divide",
  truediv: "divide",
  maximum: "maximum",
  minimum: "minimum",
  "**": "power",
  pow: "power",
  power: "power",
};

const REDUCTIONS: Readonly<Record<string, string>> = {
  mean: "reduceMean",
  reduce_mean: "reduceMean",
  sum: "reduceSum",
  reduce_sum: "reduceSum",
  max: "reduceMax",
  reduce_max: "reduceMax",
};

/** Along the last axis, unless another one is said. */
function along(name: string): FunctionSteps {
  return (args, { input }) => {
    const axis = args.isNone(1, "axis") ? -1 : args.size(1, "axis");
    const isSoft = name === "softmax" || name === "log_softmax";
    const known = ACTIVATIONS[name];
    return known !== undefined && (!isSoft || axis === -1 || axis === input.length - 1) ? [activation(known)] : undefined;
  };
}

/** Two tensors, or a tensor and a number. `-x` has no second one. */
function binary(operation: Operation): FunctionSteps {
  return (args) => {
    const [first, second] = [args.value(0, "x", "x1", "a"), args.value(1, "y", "x2", "b")];
    if (second.kind === "none") return operation === "subtract" ? rescaled(-1, 0) : undefined;
    return arithmetic(operation, first, second);
  };
}

function reduction(type: string): FunctionSteps {
  return (args, { input }) => {
    const axes = args.sizes(1, "axis", "axes", "reduction_indices")?.map((axis) => axis && (axis < 0 ? axis + input.length : axis) - 1);
    const known = axes?.filter((axis) => axis !== undefined && axis >= 0);
    if (!known || known.length === 0 || known.length !== axes?.length) return undefined;
    return [step(type, { axes: known, keepDims: args.flag(2, "keepdims", "keep_dims") })];
  };
}

const concatenation: FunctionSteps = (args, { output }) => {
  const axis = args.isNone(1, "axis") ? (args.name.endsWith("concat") ? 0 : -1) : args.size(1, "axis");
  const along = axis !== undefined && axis < 0 ? axis + output.length : axis;
  const tensors = args.value(0, "values", "tensors", "xs");
  const count = tensors.kind === "list" || tensors.kind === "tuple" ? tensors.items.length : 0;
  return along && count > 1 ? [step("concatenate", { axis: along })] : undefined;
};

const transposition: FunctionSteps = (args) => {
  const order = args.sizes(1, "perm", "pattern", "axes")?.filter((axis) => axis !== undefined);
  return order && permuted(order);
};

const splitting: FunctionSteps = (args, { input, output }, index) => {
  const axis = args.isNone(2, "axis") ? 0 : args.size(2, "axis");
  const along = axis !== undefined && axis < 0 ? axis + input.length : axis;
  const size = along && output[along];
  return size ? takenFrom(input, [{ axis: along, start: index * size, end: (index + 1) * size }], output) : undefined;
};

const clipping: FunctionSteps = (args) => {
  const [low, high] = [args.size(1, "min_value", "clip_value_min", "x_min"), args.size(2, "max_value", "clip_value_max", "x_max")];
  return low === undefined || high === undefined ? undefined : clamped(low, high);
};

/** Zeros around the rows and columns of an image. */
const padding: FunctionSteps = (args, { input }) => {
  const sides = pairsOf(args.value(1, "paddings", "padding", "pad_width"));
  const [batch, height, width, channels] = sides ?? [];
  const [mode, filling] = [args.value(2, "mode"), args.value(3, "constant_values")];
  const isZeros =
    (mode.kind === "none" || (mode.kind === "string" && mode.value.toLowerCase() === "constant")) &&
    (filling.kind === "none" || (filling.kind === "number" && filling.value === 0));
  const isPlain = input.length === 4 && batch?.every((side) => side === 0) && channels?.every((side) => side === 0) && isZeros;
  return isPlain ? [step("zeroPadding2d", { padding: [height, width] })] : undefined;
};

function pairsOf(value: Value): number[][] | undefined {
  if (value.kind !== "list" && value.kind !== "tuple") return undefined;
  return value.items.map((pair) =>
    pair.kind === "list" || pair.kind === "tuple" ? pair.items.flatMap((side) => (side.kind === "number" ? [side.value] : [])) : [],
  );
}

/** Blocks of pixels to channels or back. */
const blocks =
  (type: "spaceToDepth" | "depthToSpace"): FunctionSteps =>
  (args) => {
    const blockSize = args.size(1, "block_size");
    return blockSize === undefined ? undefined : [step(type, { blockSize, order: "DCR" })];
  };

const rearranging: FunctionSteps = (_args, { input, output }) => reshaped(input, output);

const each = (names: string, steps: FunctionSteps) => names.split(" ").map((name): [string, FunctionSteps] => [name, steps]);
const entries = <Kind>(table: Readonly<Record<string, Kind>>, make: (kind: Kind, name: string) => FunctionSteps) =>
  Object.entries(table).map(([name, kind]): [string, FunctionSteps] => [name, make(kind, name)]);

/** Functions of tf, keras.ops and keras.backend, operators and methods by their names. */
export const FUNCTION_STEPS: ReadonlyMap<string, FunctionSteps> = new Map([
  ...entries(ACTIVATIONS, (_, name) => along(name)),
  ...entries(OPERATIONS, binary),
  ...entries(REDUCTIONS, reduction),
  ...entries(POWERS, (exponent) => () => [step("power", { exponent })]),
  ...each(UNCHANGED, () => []),
  ...each("negative", () => rescaled(-1, 0)),
  ...each("reshape expand_dims squeeze batch_flatten", rearranging),
  ...each("transpose permute_dimensions", transposition),
  ...each("concat concatenate", concatenation),
  ...each("split", splitting),
  ...each("clip clip_by_value", clipping),
  ...each("pad", padding),
  ...each("space_to_depth", blocks("spaceToDepth")),
  ...each("depth_to_space", blocks("depthToSpace")),
]);
