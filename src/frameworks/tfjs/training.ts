import type { CallNode } from "../../syntax/around.js";
import type { Definition } from "../../syntax/definitions.js";
import type { Expression } from "../../syntax/tree.js";
import { dottedName } from "../../syntax/walk.js";
import type { TrainingSaid } from "../framework.js";
import { LOSSES, plain } from "../keras/trainingWords.js";
import { agreed, type Constants } from "../training/constants.js";
import { type Made, type MakerSignature, madeBy, says } from "../training/makers.js";
import { count, entry, lastName, type TrainingText } from "../training/text.js";

const EPSILON = says("epsilon", 1e-7);

/** Those of tf.train that ours has. */
const OPTIMIZERS: Readonly<Record<string, MakerSignature>> = {
  sgd: { type: "sgd", arguments: { learningRate: says("learningRate") } },
  momentum: {
    type: "sgd",
    arguments: { learningRate: says("learningRate"), momentum: says("momentum"), useNesterov: says("nesterov", false) },
  },
  adam: {
    type: "adam",
    arguments: { learningRate: says("learningRate", 1e-3), beta1: says("beta1", 0.9), beta2: says("beta2", 0.999), epsilon: EPSILON },
  },
  rmsprop: {
    type: "rmsprop",
    arguments: {
      learningRate: says("learningRate"),
      decay: says("rho", 0.9),
      momentum: says("momentum", 0),
      epsilon: EPSILON,
      centered: "off",
    },
  },
};

/** What compile makes of a name. */
const NAMED: Readonly<Record<string, Made>> = {
  sgd: { type: "sgd", learningRate: 0.01 },
  adam: { type: "adam", learningRate: 1e-3 },
  rmsprop: { type: "rmsprop", learningRate: 1e-3 },
};

/** tf.losses, beside those that Keras has too. */
const MORE_LOSSES: Readonly<Record<string, string>> = {
  softmaxcrossentropy: "categoricalCrossentropy",
  sigmoidcrossentropy: "binaryCrossentropy",
  absolutedifference: "meanAbsoluteError",
};

const MADE_BY_TRAIN = /(^|\.)train\.\w+$/;
const LOSS_FUNCTION = /(^|\.)losses\.\w+$/;

/** How a program of TensorFlow.js trains its models, as far as its text says it plainly. */
export function trainingIn({ calls, constants }: TrainingText): TrainingSaid {
  const configs = calls.filter((call) => lastName(call) === "compile").flatMap((call) => positional(call, 0) ?? []);
  const given = (name: string) =>
    configs.flatMap((config) => constants.fields(config, name).flatMap((each) => (each ? constants.meanings(each) : [each])));
  const made = calls.filter((call) => MADE_BY_TRAIN.test(dottedName(call.callee) ?? ""));
  const optimizer = agreed([...given("optimizer"), ...made].map((each) => optimizerFrom(each, constants)));
  const computed = calls.map(({ callee }) => callee).filter((callee) => LOSS_FUNCTION.test(dottedName(callee) ?? ""));
  const fits = calls.flatMap((call) => {
    const at = ["fitDataset", "fit"].indexOf(lastName(call));
    return at < 0 ? [] : (positional(call, at + 1) ?? []);
  });
  const counts = (name: string) =>
    fits.filter((config) => constants.fields(config, name).some((each) => each)).map((config) => count(constants.field(config, name)));
  return {
    ...(optimizer && { optimizer }),
    ...entry(
      "loss",
      [...given("loss"), ...computed].map((each) => lossFrom(each, constants)),
    ),
    ...entry("batchSize", counts("batchSize")),
    ...entry("epochs", counts("epochs")),
  };
}

function positional({ args }: CallNode, at: number): Expression | undefined {
  const argument = args[at];
  return argument?.kind === "positional" ? argument.value : undefined;
}

/** 'adam', or tf.train.adam(1e-3). */
function optimizerFrom(given: Definition, constants: Constants): Made | undefined {
  if (given?.kind === "call") {
    const signature = MADE_BY_TRAIN.test(dottedName(given.callee) ?? "") ? OPTIMIZERS[lastName(given)] : undefined;
    return signature && madeBy(given, signature, constants);
  }
  const name = constants.of(given);
  return typeof name === "string" ? NAMED[name.toLowerCase()] : undefined;
}

/** 'categoricalCrossentropy', tf.losses.softmaxCrossEntropy, tf.metrics.categoricalCrossentropy. */
function lossFrom(given: Definition, constants: Constants): string | undefined {
  const name = constants.of(given) ?? /(^|\.)(losses|metrics)\.(\w+)$/.exec((given && dottedName(given)) ?? "")?.[3];
  const words = typeof name === "string" ? plain(name) : "";
  return LOSSES[words] ?? MORE_LOSSES[words];
}
