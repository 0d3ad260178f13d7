import type { CatalogueStep } from "../../../interpret/trace.js";
import type { LayerArguments } from "./arguments.js";
import { type Datum, isRecord } from "./data.js";

// How arguments of Keras are said to our own layers. Undefined wherever ours cannot say them.

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
};

/** The name of an activation: "relu", also of { class_name: "relu" } and of functions; null for none. */
export function activationName(datum: Datum): string | null | undefined {
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
export function catalogueInitializer(datum: Datum): Datum {
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
export function catalogueRegularizer(datum: Datum): Datum {
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
 * A step of our catalogue: `args` where all of them are known, with initializers and regularizers (by our names, from those of Keras).
 * An initializer or regularizer that ours cannot say makes the layer untrainable, as it would train differently.
 */
export function step(
  type: string,
  args: Readonly<Record<string, Datum>>,
  layer?: { readonly args: LayerArguments; readonly weights: readonly string[] },
): readonly CatalogueStep[] | undefined {
  const all: Record<string, Datum> = { ...args };
  for (const weight of layer?.weights ?? []) {
    const ours = weight.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
    all[`${ours}Initializer`] = catalogueInitializer(layer?.args.get(`${weight}_initializer`));
    const penalty = catalogueRegularizer(layer?.args.get(`${weight}_regularizer`));
    if (penalty !== null) all[`${ours}Regularizer`] = penalty;
  }
  return Object.values(all).every(isKnown) ? [{ type, args: all }] : undefined;
}

function isKnown(datum: Datum): boolean {
  if (Array.isArray(datum)) return datum.every(isKnown);
  return datum !== undefined && (!isRecord(datum) || Object.values(datum).every(isKnown));
}
