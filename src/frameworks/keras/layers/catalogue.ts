import type { CatalogueStep, WeightSource } from "../../../interpret/trace.js";
import type { LayerArguments } from "./arguments.js";
import { type Datum, isRecord } from "./data.js";

// How arguments of Keras are said to our own layers. Undefined wherever ours cannot say them.

/** What Keras 2 and TensorFlow.js call hard_sigmoid, which is another function than that of Keras 3. */
export const KERAS_2_HARD_SIGMOID = "hard_sigmoid of Keras 2";

const ACTIVATIONS: Readonly<Record<string, string>> = {
  linear: "linear",
  relu: "relu",
  elu: "elu",
  sigmoid: "sigmoid",
  tanh: "tanh",
  softmax: "softmax",
  softplus: "softplus",
  swish: "swish",
  silu: "swish",
  gelu: "gelu",
  gelu_new: "geluTanh",
  relu6: "relu6",
  hard_sigmoid: "hardSigmoid6",
  [KERAS_2_HARD_SIGMOID]: "hardSigmoid",
  hard_swish: "hardSwish",
  hard_silu: "hardSwish",
  mish: "mish",
  selu: "selu",
  softsign: "softsign",
  exponential: "exponential",
  log_softmax: "logSoftmax",
  log_sigmoid: "logSigmoid",
  hard_tanh: "hardTanh",
};

/** The name of an activation: "relu", also of { class_name: "relu" } and of functions; null for none. */
function activationName(datum: Datum): string | null | undefined {
  if (isRecord(datum)) {
    const { class_name: className, config } = datum;
    if (className === "function" && typeof config === "string") return config;
    return typeof className === "string" ? className.toLowerCase() : undefined;
  }
  return datum === null || typeof datum === "string" ? datum : undefined;
}

/** An activation of our catalogue. */
export function catalogueActivation(datum: Datum): string | undefined {
  const name = activationName(datum);
  return name === null ? "linear" : name === undefined ? undefined : ACTIVATIONS[name];
}

/** Weights of one of Keras' layers that ours has too. */
export interface Learned {
  readonly args: LayerArguments;
  /** By our names; how they start and are penalized is said by Keras' arguments. */
  readonly weights: readonly string[];
  /** Kept, but neither initialized nor penalized by arguments. */
  readonly statistics?: readonly string[];
  /** Keras' names of weights that are other than ours. */
  readonly names?: Readonly<Record<string, string>>;
}

const INITIALIZERS = new Map(
  [
    "zeros",
    "ones",
    "constant",
    "randomUniform",
    "randomNormal",
    "truncatedNormal",
    "glorotUniform",
    "glorotNormal",
    "heUniform",
    "heNormal",
    "leCunUniform",
    "leCunNormal",
    "varianceScaling",
  ].map((name) => [plain(name), name]),
);
const MODES: Readonly<Record<string, string>> = { fan_in: "fanIn", fan_out: "fanOut", fan_avg: "fanAvg" };
const DISTRIBUTIONS: Readonly<Record<string, string>> = {
  uniform: "uniform",
  normal: "normal",
  truncated_normal: "truncatedNormal",
  untruncated_normal: "normal",
};
const NUMBERS = ["value", "minval", "maxval", "mean", "stddev", "scale"];

/** Names of Keras differ in case and underscores between versions. */
function plain(name: string): string {
  return name.toLowerCase().replaceAll("_", "");
}

/** "HeNormal", "he_normal" or { class_name, config } as our initializers are written. */
function catalogueInitializer(datum: Datum): Datum {
  const className = isRecord(datum) ? datum["class_name"] : datum;
  const config = isRecord(datum) && isRecord(datum["config"]) ? datum["config"] : {};
  const type = typeof className === "string" ? INITIALIZERS.get(plain(className)) : undefined;
  if (type === undefined) return undefined;
  if (!isRecord(datum)) return type;
  const values = Object.entries(config).flatMap(([name, value]): [string, Datum][] => {
    if (NUMBERS.includes(name) && typeof value === "number") return [[name, value]];
    if (name === "mode" && typeof value === "string") return [[name, MODES[value]]];
    if (name === "distribution" && typeof value === "string") return [[name, DISTRIBUTIONS[value]]];
    return [];
  });
  const takes: readonly string[] =
    type === "varianceScaling" ? ["scale", "mode", "distribution"] : NUMBERS.filter((name) => name !== "scale");
  const fixed = ["zeros", "ones"].includes(type) || /^(glorot|he|leCun)/.test(type);
  return { type, ...(fixed ? {} : Object.fromEntries(values.filter(([name]) => takes.includes(name)))) };
}

/** l1 and l2 of a regularizer as ours are written; null for none. */
function catalogueRegularizer(datum: Datum): Datum {
  if (datum === null) return null;
  if (typeof datum === "string") return /^(l1|l2)$/.test(datum) ? datum : datum === "l1_l2" ? "l1l2" : undefined;
  if (!isRecord(datum)) return undefined;
  const config = isRecord(datum["config"]) ? datum["config"] : {};
  const factors = ["l1", "l2"].flatMap((name): [string, number][] => {
    const value = config[name];
    return typeof value === "number" ? [[name, value]] : [];
  });
  return factors.length > 0 ? Object.fromEntries(factors) : undefined;
}

/**
 * A step of our catalogue: `args` where all of them are known, with initializers and regularizers from Keras' arguments. An initializer or
 * regularizer that ours cannot say makes the layer untrainable, as it would train differently.
 */
export function step(type: string, args: Readonly<Record<string, Datum>>, learned?: Learned): Steps {
  const all: Record<string, Datum> = { ...args };
  for (const weight of learned?.weights ?? []) {
    const stem = weight.replace(/_kernel$/, "");
    all[`${stem}Initializer`] = catalogueInitializer(learned?.args.get(`${stem}_initializer`));
    const penalty = catalogueRegularizer(learned?.args.get(`${stem}_regularizer`));
    if (penalty !== null) all[`${stem}Regularizer`] = penalty;
  }
  if (!Object.values(all).every(isKnown)) return undefined;
  return [{ type, args: all, ...(learned && { weights: sources(learned) }) }];
}

/** Keras' weights have our axes in our order. */
function sources({ weights, statistics = [], names = {} }: Learned): Record<string, WeightSource> {
  return Object.fromEntries([...weights, ...statistics].map((name) => [name, { parameter: names[name] ?? name }]));
}

type Steps = readonly CatalogueStep[] | undefined;

/** Steps that work along the last axis, done along another one (0 is the batch) of so many. */
export function alongLast(axis: number, rank: number, steps: Steps): Steps {
  if (axis === rank - 1 || !steps) return steps;
  const axes = Array.from({ length: rank - 1 }, (_, i) => i + 1);
  const there = [...axes.filter((each) => each !== axis), axis];
  const back = axes.map((each) => there.indexOf(each) + 1);
  const turned = (dims: readonly number[]): CatalogueStep => ({ type: "permute", args: { dims } });
  return [turned(there), ...steps, turned(back)];
}

/** As a layer that does not learn: its weights stay, and batch normalization goes by its moving statistics. */
export function frozen(steps: readonly CatalogueStep[]): readonly CatalogueStep[] {
  return steps.map((each) => {
    if (!each.weights) return each;
    const inference = each.type === "batchNormalization" ? { inference: true } : {};
    return { ...each, args: { ...each.args, trainable: false, ...inference } };
  });
}

function isKnown(datum: Datum): boolean {
  if (Array.isArray(datum)) return datum.every(isKnown);
  return datum !== undefined && (!isRecord(datum) || Object.values(datum).every(isKnown));
}
