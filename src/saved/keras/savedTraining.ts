import type { TrainingSaid } from "../../frameworks/framework.js";
import { type Datum, type DatumRecord, isRecord } from "../../frameworks/keras/layers/data.js";
import { LOSSES, nameOf, OPTIMIZERS, plain } from "../../frameworks/keras/trainingWords.js";

/**
 * How a saved model was trained: `compile_config` of Keras 3, `training_config` of Keras 1 and 2 and TensorFlow.js. What a training block of
 * ours cannot say plainly is left out.
 */
export function savedTraining(config: Datum): TrainingSaid {
  if (!isRecord(config)) return {};
  const optimizer = optimizerOf(config["optimizer"] ?? config["optimizer_config"]);
  const loss = lossOf(config["loss"]);
  return { ...(optimizer && { optimizer }), ...(loss !== undefined && { loss }) };
}

function optimizerOf(datum: Datum): TrainingSaid["optimizer"] {
  const known = OPTIMIZERS[plain(nameOf(datum) ?? "").replace(/^.*>/, "")];
  const config = isRecord(datum) && isRecord(datum["config"]) ? datum["config"] : {};
  if (!known || isSpecial(config, known.names)) return undefined;
  const said = Object.entries(known.names).flatMap(([theirs, ours]): [string, number | boolean][] => {
    const value = config[theirs] ?? (theirs === "learning_rate" ? config["lr"] : undefined);
    return typeof value === "number" || typeof value === "boolean" ? [[ours, value]] : [];
  });
  // A rate that follows a schedule is none.
  return said.some(([name]) => name === "learningRate") ? { type: known.type, ...Object.fromEntries(said) } : undefined;
}

/** Variants that ours have not: switches that are on, and numbers that do something. */
const SPECIAL = ["amsgrad", "centered", "use_ema", "clipnorm", "global_clipnorm", "clipvalue", "decay", "weight_decay"];

function isSpecial(config: DatumRecord, names: Readonly<Record<string, string>>): boolean {
  return SPECIAL.some((name) => !(name in names) && Boolean(config[name]));
}

function lossOf(datum: Datum): string | undefined {
  const config = isRecord(datum) && isRecord(datum["config"]) ? datum["config"] : {};
  return config["label_smoothing"] ? undefined : LOSSES[plain(nameOf(datum) ?? "")];
}
