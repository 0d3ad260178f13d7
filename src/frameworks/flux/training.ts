import type { CallNode } from "../../syntax/around.js";
import type { Expression } from "../../syntax/tree.js";
import type { TrainingSaid } from "../framework.js";
import { agreed, type Constants } from "../training/constants.js";
import { type Made, type MakerSignature, madeBy, outsideRoot, says } from "../training/makers.js";
import { batchSizeOf, epochsOf, lastName, lossOf, type TrainingText } from "../training/text.js";

const BETAS = says(["beta1", "beta2"], [0.9, 0.999]);

/** Those of Flux and Optimisers; undefined: ours have none like it. */
const OPTIMIZERS: Readonly<Record<string, MakerSignature | undefined>> = {
  Descent: { type: "sgd", arguments: { eta: says("learningRate", 0.1) } },
  Momentum: { type: "sgd", arguments: { eta: says("learningRate", 0.01), rho: says("momentum", 0.9) } },
  Nesterov: {
    type: "sgd",
    arguments: { eta: says("learningRate", 1e-3), rho: says("momentum", 0.9) },
    also: { nesterov: true },
  },
  Adam: { type: "adam", arguments: { eta: says("learningRate", 1e-3), beta: BETAS, epsilon: says("epsilon", 1e-8) } },
  ADAM: { type: "adam", arguments: { eta: says("learningRate", 1e-3), beta: BETAS } },
  AdamW: {
    type: "adamw",
    arguments: { eta: says("learningRate", 1e-3), beta: BETAS, lambda: says("weightDecay", 0), epsilon: says("epsilon", 1e-8) },
  },
  RMSProp: {
    type: "rmsprop",
    arguments: { eta: says("learningRate", 1e-3), rho: says("rho", 0.9), epsilon: outsideRoot(1e-8), centred: "off" },
  },
  ...Object.fromEntries(
    "Rprop RADAM RAdam AdaMax AdaGrad ADAGrad AdaDelta ADADelta AMSGrad NAdam NADAM ADAMW OAdam OADAM AdaBelief Lion Muon"
      .split(" ")
      .map((name) => [name, undefined]),
  ),
};

const WEIGHT_DECAY: MakerSignature = { type: "decay", arguments: { lambda: says("weightDecay", 5e-4) } };
const CHAINS = new Set(["OptimiserChain", "Optimiser"]);

/** Flux.Losses; null: ours have none like it. */
const LOSSES: Readonly<Record<string, string | null>> = {
  crossentropy: "categoricalCrossentropy",
  logitcrossentropy: "categoricalCrossentropy",
  binarycrossentropy: "binaryCrossentropy",
  logitbinarycrossentropy: "binaryCrossentropy",
  mse: "meanSquaredError",
  mae: "meanAbsoluteError",
  ...Object.fromEntries(
    "msle huber_loss kldivergence poisson_loss hinge_loss squared_hinge_loss dice_coeff_loss tversky_loss binary_focal_loss focal_loss siamese_contrastive_loss"
      .split(" ")
      .map((name) => [name, null]),
  ),
};

/** How a program of Flux trains its models, as far as its text says it plainly. */
export function trainingIn(text: TrainingText): TrainingSaid {
  const { calls, constants } = text;
  const chains = calls.filter((call) => CHAINS.has(lastName(call)));
  const isChained = ({ range }: CallNode) => chains.some((chain) => chain.range.start < range.start && range.end < chain.range.end);
  const rules = calls.filter((call) => isRule(call) || CHAINS.has(lastName(call))).filter((call) => !isChained(call));
  const optimizer = agreed(rules.map((call) => ruleOf(call, constants)));
  return {
    ...(optimizer && { optimizer }),
    ...lossOf(calls, LOSSES),
    ...batchSizeOf(text, "batchsize"),
    ...epochsOf(text, (iterable) => passes(iterable, constants)),
  };
}

function isRule(call: CallNode): boolean {
  return Object.hasOwn(OPTIMIZERS, lastName(call));
}

function ruleOf(call: CallNode, constants: Constants): Made | undefined {
  const name = lastName(call);
  if (CHAINS.has(name)) return chainOf(call, constants);
  const signature = OPTIMIZERS[name];
  return signature && madeBy(call, signature, constants);
}

/** OptimiserChain(WeightDecay(1e-4), Adam(1e-3)): the decay is part of the gradient. */
function chainOf({ args }: CallNode, constants: Constants): Made | undefined {
  const rules = args.flatMap((argument) => (argument.kind === "positional" && argument.value.kind === "call" ? [argument.value] : []));
  const last = rules.at(-1);
  if (!last || rules.length !== args.length || !isRule(last)) return undefined;
  const rule = ruleOf(last, constants);
  const [decay, ...others] = rules.slice(0, -1);
  if (!decay) return rule;
  if (others.length > 0 || lastName(decay) !== "WeightDecay" || rule?.["type"] === "adamw") return undefined;
  const decays = madeBy(decay, WEIGHT_DECAY, constants);
  return rule && decays && { ...rule, weightDecay: decays["weightDecay"] ?? 0 };
}

/** Of 1:10, ProgressBar(1:10). */
function passes(iterable: Expression, constants: Constants): number | undefined {
  const [first] = iterable.kind === "call" ? iterable.args : [];
  if (first?.kind === "positional") return passes(first.value, constants);
  if (iterable.kind !== "range" || iterable.step) return undefined;
  const [start, stop] = [constants.of(iterable.start), constants.of(iterable.stop)];
  return typeof start === "number" && typeof stop === "number" ? stop - start + 1 : undefined;
}
