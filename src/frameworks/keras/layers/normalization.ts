import type { Size } from "../../../interpret/tensor.js";
import type { LayerArguments } from "./arguments.js";
import { axesOf, axisOf } from "./axes.js";
import { alongLast, type Learned, step } from "./catalogue.js";
import { type Datum, isArray } from "./data.js";
import { type KerasLayer, layer, Misfit, type Signature } from "./layer.js";
import { bias, parameterFormula, statistic } from "./parameters.js";

const INITIALIZED = { beta_initializer: "zeros", gamma_initializer: "ones", beta_regularizer: null, gamma_regularizer: null } as const;

const BATCH: Signature = {
  axis: -1,
  momentum: 0.99,
  epsilon: 0.001,
  center: true,
  scale: true,
  moving_mean_initializer: "zeros",
  moving_variance_initializer: "ones",
  ...INITIALIZED,
};

/** Weights of what scales by gamma and shifts by beta. */
function affine(args: LayerArguments): Learned {
  return { args, weights: [...(args.flag("scale") ? ["gamma"] : []), ...(args.flag("center") ? ["beta"] : [])] };
}

const batchNormalization = layer("BatchNormalization", BATCH, (args, [input]) => {
  // Old configs have a list of one axis.
  const axis = args.list("axis")?.[0] ?? args.get("axis");
  const position = input && axisOf(axis, input);
  const channels = position === undefined ? undefined : input?.[position];
  const scale = args.flag("scale");
  const center = args.flag("center");
  const parameters = [
    ...bias(scale, channels, "gamma"),
    ...bias(center, channels, "beta"),
    statistic("moving_mean", [channels]),
    statistic("moving_variance", [channels]),
  ];
  const { momentum, epsilon } = { momentum: args.number("momentum"), epsilon: args.number("epsilon") };
  const learned = { ...affine(args), statistics: ["moving_mean", "moving_variance"] };
  const steps = step("batchNormalization", { momentum, epsilon, center, scale }, learned);
  return {
    outputs: [input],
    parameters,
    formulas: () => parameterFormula(parameters),
    catalogue: input && position !== undefined ? alongLast(position, input.length, steps) : undefined,
  };
});

const LAYER: Signature = { axis: -1, epsilon: 0.001, center: true, scale: true, rms_scaling: false, ...INITIALIZED };

const layerNormalization = layer("LayerNormalization", LAYER, (args, [input]) => {
  const axes = input && axesOf(args.get("axis"), input);
  const sizes: readonly Size[] = axes && input ? axes.map((axis) => input[axis]) : [undefined];
  const of = (used: boolean | undefined, name: string) => bias(used, undefined, name).map((parameter) => ({ ...parameter, shape: sizes }));
  const parameters = [...of(args.flag("scale"), "gamma"), ...of(args.flag("center") === true && args.flag("rms_scaling") !== true, "beta")];
  const settings = { epsilon: args.number("epsilon"), center: args.flag("center"), scale: args.flag("scale"), axes: axes?.length };
  // Ours is over the last axes.
  const fits = input && axes?.every((axis, i) => axis === input.length - axes.length + i) && args.flag("rms_scaling") === false;
  const catalogue = fits ? step("layerNormalization", settings, affine(args)) : undefined;
  return { outputs: [input], parameters, reach: "global", formulas: () => parameterFormula(parameters), catalogue };
});

const GROUP: Signature = { groups: 32, axis: -1, epsilon: 0.001, center: true, scale: true, ...INITIALIZED };

const groupNormalization = layer("GroupNormalization", GROUP, (args, [input]) => {
  const position = input && axisOf(args.get("axis"), input);
  const channels = position === undefined ? undefined : input?.[position];
  const groups = args.number("groups");
  if (channels !== undefined && groups !== undefined && groups > 0 && channels % groups !== 0) {
    const message = `groups ${groups} does not divide ${channels} channels`;
    throw new Misfit({ code: "groups-do-not-divide", argument: "groups", message, fixes: [] });
  }
  const parameters = [...bias(args.flag("scale"), channels, "gamma"), ...bias(args.flag("center"), channels, "beta")];
  // -1 is as many groups as channels: instance normalization.
  const settings = {
    groups: groups === -1 ? channels : groups,
    epsilon: args.number("epsilon"),
    center: args.flag("center"),
    scale: args.flag("scale"),
  };
  const steps = step("groupNormalization", settings, affine(args));
  const catalogue = input && position !== undefined ? alongLast(position, input.length, steps) : undefined;
  return { outputs: [input], parameters, reach: "global", formulas: () => parameterFormula(parameters), catalogue };
});

const rmsNormalization = layer("RMSNormalization", { axis: -1, epsilon: 1e-6 }, (args, [input]) => {
  const position = input && axisOf(args.get("axis"), input);
  const parameters = bias(true, position === undefined ? undefined : input?.[position], "scale");
  return { outputs: [input], parameters, reach: "global", formulas: () => parameterFormula(parameters) };
});

const unitNormalization = layer("UnitNormalization", { axis: -1, order: 2 }, (_args, [input]) => ({ outputs: [input], reach: "global" }));

/** Keras' preprocessing layer: mean and variance of each feature, and how many were seen. */
const normalization = layer("Normalization", { axis: -1, mean: null, variance: null, invert: false }, (args, [input]) => {
  const adapts = args.get("mean") === null;
  const axes = args.get("axis") === null ? [] : input && axesOf(args.get("axis"), input);
  const sizes = axes && input ? axes.map((axis) => input[axis]) : [undefined];
  const parameters = adapts ? [statistic("mean", sizes), statistic("variance", sizes), statistic("count", [])] : [];
  const isAlongLast = input !== undefined && axes?.every((axis) => axis === input.length - 1) === true;
  const catalogue = !isAlongLast ? undefined : adapts ? byStatistics(args, sizes) : byGiven(args);
  return { outputs: [input], parameters, formulas: () => parameterFormula(parameters), catalogue };
});

/** Keras' epsilon(): no deviation is taken for less. */
const LEAST_DEVIATION = 1e-7;

/** (x - mean) / max(sqrt(variance), 1e-7), of numbers that the program gives; the other way round where it inverts. */
function byGiven(args: LayerArguments) {
  const [means, variances] = [numbersIn(args.get("mean")), numbersIn(args.get("variance"))];
  const invert = args.flag("invert");
  if (!means || !variances || means.length !== variances.length || invert === undefined) return undefined;
  const deviations = variances.map((variance) => Math.max(Math.sqrt(variance), LEAST_DEVIATION));
  const scale = deviations.map((deviation) => (invert ? deviation : 1 / deviation));
  const offset = means.map((mean, i) => (invert ? mean : -mean * (scale[i] ?? 1)));
  const isOne = args.get("axis") === null || means.length === 1;
  return step("rescaling", isOne ? { scale: scale[0], offset: offset[0] } : { scale, offset });
}

/** What it has seen stays as it is. The smallest epsilon that does no harm, as there is none under Keras' root. */
function byStatistics(args: LayerArguments, sizes: readonly Size[]) {
  const names = { moving_mean: "mean", moving_variance: "variance" };
  const fixed = { epsilon: 1e-12, scale: false, center: false, inference: true, trainable: false };
  const isPlain = sizes.length === 1 && args.flag("invert") === false;
  return isPlain ? step("batchNormalization", fixed, { args, weights: [], statistics: Object.keys(names), names }) : undefined;
}

function numbersIn(datum: Datum): readonly number[] | undefined {
  const list = isArray(datum) ? datum.flat() : [datum];
  const numbers = list.filter((each) => typeof each === "number");
  return numbers.length === list.length && numbers.every((each) => Number.isFinite(each)) ? numbers : undefined;
}

export const NORMALIZATIONS: readonly KerasLayer[] = [
  batchNormalization,
  layerNormalization,
  groupNormalization,
  rmsNormalization,
  unitNormalization,
  normalization,
];
