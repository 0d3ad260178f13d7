import type { CallNode } from "../../syntax/around.js";
import type { Expression } from "../../syntax/tree.js";
import { dottedName } from "../../syntax/walk.js";
import type { TrainingSaid } from "../framework.js";
import { agreed, type Constants, namedArgument } from "../training/constants.js";
import { type Made, type MakerSignature, type Meaning, madeBy, outsideRoot, says } from "../training/makers.js";
import { batchSizeOf, count, entry, epochsOf, lastName, lossOf, type TrainingText } from "../training/text.js";

/** How it is computed, not what. */
const WAYS = { foreach: "ignored", capturable: "ignored", differentiable: "ignored", fused: "ignored" } satisfies Record<string, Meaning>;

const adam = (type: "adam" | "adamw", weightDecay: number): MakerSignature => ({
  type,
  arguments: {
    params: "ignored",
    lr: says("learningRate", 1e-3),
    betas: says(["beta1", "beta2"], [0.9, 0.999]),
    eps: says("epsilon", 1e-8),
    weight_decay: says("weightDecay", weightDecay),
    amsgrad: "off",
    maximize: "off",
    decoupled_weight_decay: "off",
    ...WAYS,
  },
});

/** Those of torch.optim; undefined: ours have none like it. */
const OPTIMIZERS: Readonly<Record<string, MakerSignature | undefined>> = {
  SGD: {
    type: "sgd",
    arguments: {
      params: "ignored",
      lr: says("learningRate", 1e-3),
      momentum: says("momentum", 0),
      dampening: "off",
      weight_decay: says("weightDecay", 0),
      nesterov: says("nesterov", false),
      maximize: "off",
      ...WAYS,
    },
  },
  Adam: adam("adam", 0),
  AdamW: adam("adamw", 0.01),
  RMSprop: {
    type: "rmsprop",
    arguments: {
      params: "ignored",
      lr: says("learningRate", 0.01),
      alpha: says("rho", 0.99),
      eps: outsideRoot(1e-8),
      weight_decay: says("weightDecay", 0),
      momentum: says("momentum", 0),
      centered: "off",
      maximize: "off",
      ...WAYS,
    },
  },
  ...Object.fromEntries(
    "Adadelta Adafactor Adagrad Adamax ASGD LBFGS Muon NAdam RAdam Rprop SparseAdam".split(" ").map((name) => [name, undefined]),
  ),
};

/** Criteria of torch.nn and functions of torch.nn.functional; null: ours have none like it. */
const LOSSES: Readonly<Record<string, string | null>> = {
  CrossEntropyLoss: "categoricalCrossentropy",
  NLLLoss: "categoricalCrossentropy",
  cross_entropy: "categoricalCrossentropy",
  nll_loss: "categoricalCrossentropy",
  MSELoss: "meanSquaredError",
  mse_loss: "meanSquaredError",
  L1Loss: "meanAbsoluteError",
  l1_loss: "meanAbsoluteError",
  BCELoss: "binaryCrossentropy",
  BCEWithLogitsLoss: "binaryCrossentropy",
  binary_cross_entropy: "binaryCrossentropy",
  binary_cross_entropy_with_logits: "binaryCrossentropy",
  ...Object.fromEntries(
    (
      "HuberLoss SmoothL1Loss KLDivLoss CTCLoss PoissonNLLLoss GaussianNLLLoss MarginRankingLoss HingeEmbeddingLoss MultiLabelMarginLoss " +
      "SoftMarginLoss MultiLabelSoftMarginLoss CosineEmbeddingLoss MultiMarginLoss TripletMarginLoss TripletMarginWithDistanceLoss " +
      "huber_loss smooth_l1_loss kl_div ctc_loss poisson_nll_loss gaussian_nll_loss margin_ranking_loss hinge_embedding_loss " +
      "multilabel_margin_loss soft_margin_loss multilabel_soft_margin_loss cosine_embedding_loss multi_margin_loss triplet_margin_loss"
    )
      .split(" ")
      .map((name) => [name, null]),
  ),
};

/** How a program of PyTorch trains its models, as far as its text says it plainly. */
export function trainingIn(text: TrainingText): TrainingSaid {
  const { calls, constants } = text;
  const optimizers = calls.filter(isOptimizer);
  const optimizer = agreed(optimizers.map((call) => made(call, constants)));
  const planned = { ...epochsOf(text, (iterable) => passes(iterable, constants)), ...trainerEpochs(calls, constants) };
  return {
    ...(optimizer && { optimizer, ...scheduleOf(text, optimizer, planned.epochs) }),
    ...lossOf(calls, LOSSES),
    ...batchSizeOf(text, "batch_size", 1),
    ...planned,
  };
}

/** Classes of torch.optim by their module, or bare where the text takes them from there. */
function isOptimizer(call: CallNode): boolean {
  return Object.hasOwn(OPTIMIZERS, lastName(call)) && /(^|\.)optim\.\w+$|^\w+$/.test(dottedName(call.callee) ?? "");
}

function made(call: CallNode, constants: Constants): Made | undefined {
  const signature = OPTIMIZERS[lastName(call)];
  const [parameters] = call.args;
  // Groups of parameters have rates of their own.
  const isGrouped = parameters?.kind === "positional" && (parameters.value.kind === "list" || parameters.value.kind === "comprehension");
  return signature && !isGrouped ? madeBy(call, signature, constants) : undefined;
}

/** What goes on from an optimizer's first rate. */
const FROM = { optimizer: "ignored" } as const;
const GOING_ON = { last_epoch: "ignored", verbose: "ignored" } as const;

/** Those of torch.optim.lr_scheduler that ours has too. */
const SCHEDULES: Readonly<Record<string, MakerSignature>> = {
  StepLR: { type: "step", arguments: { ...FROM, step_size: says("everyEpochs"), gamma: says("factor", 0.1), ...GOING_ON } },
  ExponentialLR: { type: "exponential", arguments: { ...FROM, gamma: says("factor"), ...GOING_ON } },
  CosineAnnealingLR: { type: "cosine", arguments: { ...FROM, T_max: says("epochs"), eta_min: says("least", 0), ...GOING_ON } },
};

/** How the rate goes on; where ours has no such curve it stays, as the first rate is known all the same. */
function scheduleOf(
  { calls, constants }: TrainingText,
  { learningRate }: Made,
  epochs: number | undefined,
): Pick<TrainingSaid, "schedule"> {
  const schedules = calls.filter((call) => /(^|\.)lr_scheduler\.\w+$/.test(dottedName(call.callee) ?? "") || lastName(call) in SCHEDULES);
  return entry(
    "schedule",
    schedules.map((call) => {
      const signature = SCHEDULES[lastName(call)];
      const schedule = signature && madeBy(call, signature, constants);
      if (schedule?.["type"] !== "cosine") return schedule;
      // Ours ends with the training; another one would rise again, or stop half way.
      const { least, epochs: planned } = schedule;
      const fits = planned === epochs && typeof least === "number" && typeof learningRate === "number";
      return fits ? { type: "cosine", finalFactor: least / learningRate } : undefined;
    }),
  );
}

/** Of range(10), range(1, epochs + 1), trange(10), tqdm(range(10)). */
function passes(iterable: Expression, constants: Constants): number | undefined {
  if (iterable.kind !== "call") return undefined;
  const ends = iterable.args.flatMap((argument) => (argument.kind === "positional" ? [argument.value] : []));
  const [first] = ends;
  const name = lastName(iterable);
  if (name === "tqdm" || name === "enumerate") return first && passes(first, constants);
  if ((name !== "range" && name !== "trange") || !first || ends.length > 2) return undefined;
  const [start, stop] = ends.length === 1 ? [0, constants.of(first)] : [constants.of(first), constants.of(ends[1])];
  if (typeof start === "number" && typeof stop === "number") return stop - start;
  return ends[1] && spanOf(first, ends[1], constants);
}

/** range(start, start + 200) has 200 passes, wherever it starts. */
function spanOf(start: Expression, stop: Expression, constants: Constants): number | undefined {
  const isSame = (part: Expression) => dottedName(part) !== undefined && dottedName(part) === dottedName(start);
  if (stop.kind !== "binary" || stop.operator !== "+") return undefined;
  const added = isSame(stop.left) ? stop.right : isSame(stop.right) ? stop.left : undefined;
  const span = constants.of(added);
  return typeof span === "number" ? span : undefined;
}

/** Lightning's Trainer(max_epochs=10). */
function trainerEpochs(calls: readonly CallNode[], constants: Constants): Pick<TrainingSaid, "epochs"> {
  const trainers = calls.filter((call) => lastName(call) === "Trainer" && namedArgument(call, "max_epochs"));
  return entry(
    "epochs",
    trainers.map((call) => count(constants.of(namedArgument(call, "max_epochs")))),
  );
}
