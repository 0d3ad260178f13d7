import { type Datum, isRecord } from "./layers/data.js";

/** Optimizers by class, with what their constructors take and what ours calls it. */
export const OPTIMIZERS: Readonly<Record<string, { readonly type: string; readonly names: Readonly<Record<string, string>> }>> = {
  sgd: { type: "sgd", names: { learning_rate: "learningRate", momentum: "momentum", nesterov: "nesterov" } },
  adam: { type: "adam", names: { learning_rate: "learningRate", beta_1: "beta1", beta_2: "beta2", epsilon: "epsilon" } },
  adamw: {
    type: "adamw",
    names: { learning_rate: "learningRate", beta_1: "beta1", beta_2: "beta2", epsilon: "epsilon", weight_decay: "weightDecay" },
  },
  rmsprop: { type: "rmsprop", names: { learning_rate: "learningRate", rho: "rho", momentum: "momentum", epsilon: "epsilon" } },
};

/** Losses by their plain names; labels are whole numbers here, as the sparse ones take them. */
export const LOSSES: Readonly<Record<string, string>> = {
  categoricalcrossentropy: "categoricalCrossentropy",
  sparsecategoricalcrossentropy: "categoricalCrossentropy",
  binarycrossentropy: "binaryCrossentropy",
  meansquarederror: "meanSquaredError",
  mse: "meanSquaredError",
  meanabsoluteerror: "meanAbsoluteError",
  mae: "meanAbsoluteError",
};

/** Names of Keras differ in case and underscores between versions. */
export const plain = (name: string): string => name.toLowerCase().replaceAll("_", "");

/** Of what is given by its name, as a class or as a function. */
export function nameOf(datum: Datum): string | undefined {
  if (typeof datum === "string") return datum;
  if (!isRecord(datum)) return undefined;
  const { class_name: className, config } = datum;
  return className === "function"
    ? typeof config === "string"
      ? config
      : undefined
    : typeof className === "string"
      ? className
      : undefined;
}
