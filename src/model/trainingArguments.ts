import { type Argument, alternatives, boolean, choice, count, maybe, number, optional } from "../layers/arguments.js";
import { object } from "../layers/fields.js";
import { suggest } from "../layers/suggest.js";
import { variant } from "../layers/variant.js";
import { DEFAULT_TRAINING, type MetricName, type TrainingConfig } from "./training.js";

// Entries of the training block, described as arguments of layers are. Defaults of optimizers are those of Keras and TensorFlow.js.

const rate = (usual: number) => optional(number("Size of the steps.", { above: 0 }), usual);
const momentum = optional(number("Share of the last step that is kept.", { least: 0, below: 1 }), 0);
const epsilon = optional(number("Added to the divisor.", { above: 0 }), 1e-7);
const beta = (what: string, usual: number) => optional(number(`How slowly the ${what} follows.`, { least: 0, below: 1 }), usual);
const weightDecay = optional(number("Share of a weight that is added to its gradient.", { least: 0 }), 0);
const adamFields = { beta1: beta("mean of the gradients", 0.9), beta2: beta("mean of their squares", 0.999), epsilon };

const optimizer = variant("How weights follow from gradients: a name, or an object with a type and its numbers.", {
  sgd: {
    doc: "Stochastic gradient descent, with momentum if asked for.",
    fields: {
      learningRate: rate(0.01),
      momentum,
      nesterov: optional(boolean("Looks ahead along the momentum (Nesterov, 1983)."), false),
      weightDecay,
    },
  },
  adam: {
    doc: "Steps scaled for each weight by its gradients' history (Kingma and Ba, 2014).",
    fields: { learningRate: rate(0.001), ...adamFields, weightDecay },
  },
  adamw: {
    doc: "Adam with weight decay of its own (Loshchilov and Hutter, 2017).",
    fields: {
      learningRate: rate(0.001),
      ...adamFields,
      weightDecay: optional(number("Share of a weight lost, times the rate.", { least: 0 }), 0.004),
    },
  },
  rmsprop: {
    doc: "Gradients over the root of their mean square (Hinton, 2012).",
    fields: { learningRate: rate(0.001), rho: beta("mean square", 0.9), momentum, epsilon, weightDecay },
  },
});

const finalFactor = (usual: number) => optional(number("Rate at the end, as a share of the optimizer's.", { least: 0, most: 1 }), usual);

const schedule = variant("How the learning rate moves while training: a name, or an object with a type and its numbers.", {
  constant: { doc: "Always the optimizer's rate.", fields: {} },
  step: {
    doc: "Times a factor every few epochs.",
    fields: {
      everyEpochs: optional(count("Epochs from one step to the next."), 10),
      factor: optional(number("What the rate is multiplied by.", { above: 0, most: 1 }), 0.1),
    },
  },
  exponential: {
    doc: "Times a factor each epoch, smoothly.",
    fields: { factor: optional(number("What the rate is multiplied by in an epoch.", { above: 0, most: 1 }), 0.9) },
  },
  cosine: { doc: "Down along half a cosine (Loshchilov and Hutter, 2016).", fields: { finalFactor: finalFactor(0) } },
  warmUp: { doc: "Rises over the first epochs, then stays.", fields: { epochs: optional(number("Epochs of the rise.", { above: 0 }), 1) } },
  oneCycle: {
    doc: "Rises to the optimizer's rate, its peak, then falls to almost zero along a cosine (Smith, 2017).",
    fields: {
      warmUpFraction: optional(number("Share of the steps that rise.", { least: 0, most: 1 }), 0.3),
      startFactor: optional(number("Rate at the start, as a share of the peak.", { above: 0, most: 1 }), 0.04),
      finalFactor: finalFactor(0.0001),
    },
  },
});

const KNOWN_DATA = ["glyphs", "mnist"];
const dataForms = alternatives([...KNOWN_DATA, "idx:PATH"]);

const data: Argument<string> = {
  doc: "What to learn from: glyphs (drawn digits and capitals, works offline), mnist (handwritten digits), or idx:PATH (a folder with files in MNIST's format).",
  schema: {
    type: "string",
    pattern: `^(${KNOWN_DATA.join("|")}|idx:.+)$`,
    patternErrorMessage: `Use ${dataForms}.`,
    defaultSnippets: [...KNOWN_DATA, "idx:"].map((name) => ({ label: name, body: name })),
  },
  read(json) {
    if (typeof json === "string" && (KNOWN_DATA.includes(json) || (json.startsWith("idx:") && json.length > 4)))
      return { ok: true, value: json };
    const meant = typeof json === "string" ? suggest(json, KNOWN_DATA) : undefined;
    return { ok: false, error: dataForms, ...(meant !== undefined && { replacement: meant }) };
  },
};

const metric = choice<MetricName>("One score.", {
  accuracy: "share of images whose largest output is the right class",
  top5: "share of images whose right class is among the five largest outputs",
  meanAbsoluteError: "average distance from the target",
});

const metrics: Argument<readonly MetricName[]> = {
  doc: "What is measured beside the loss.",
  schema: { type: "array", items: metric.schema, uniqueItems: true },
  read(json) {
    const names = Array.isArray(json) ? json.map((entry: unknown) => metric.read(entry)) : [];
    const values = names.flatMap((reading) => (reading.ok ? [reading.value] : []));
    if (Array.isArray(json) && values.length === json.length && new Set(values).size === values.length) return { ok: true, value: values };
    return { ok: false, error: "a list of accuracy, top5, meanAbsoluteError, each once" };
  },
};

const usual = DEFAULT_TRAINING;

export const TRAINING_ARGUMENTS = {
  data: optional(data, usual.data),
  epochs: optional(count("How many times all training images are gone through."), usual.epochs),
  batchSize: optional(count("Images in one step."), usual.batchSize),
  validationSplit: optional(
    number("Share of the training images held out to choose the best weights by.", { least: 0, below: 1 }),
    usual.validationSplit,
  ),
  optimizer: optional(optimizer, usual.optimizer),
  schedule: optional(schedule, usual.schedule.type),
  loss: optional(
    choice("What training makes small.", {
      categoricalCrossentropy: "-log of the right class's probability; after softmax",
      binaryCrossentropy: "for each output apart; after sigmoid",
      meanSquaredError: "average squared distance from the target",
      meanAbsoluteError: "average distance from the target",
    }),
    usual.loss,
  ),
  metrics: optional(metrics, usual.metrics),
  l2: optional(number("Penalty on every kernel: l2*sum w^2, beside what layers ask for themselves.", { least: 0 }), usual.l2),
  seed: optional(count("Start of all random numbers: the same seed gives the same run.", 0), usual.seed),
  earlyStopping: maybe(
    object("Ends the training when validation no longer gets better.", {
      patience: optional(count("Epochs to wait for a better validation loss."), 5),
      minimumImprovement: optional(number("Smaller gains do not count.", { least: 0 }), 0),
    }),
  ),
} satisfies { readonly [K in keyof TrainingConfig]-?: Argument<TrainingConfig[K] | undefined> };
