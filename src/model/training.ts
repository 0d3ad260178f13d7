// The training block of a network file. Rates, fractions and counts are checked by the reader.

/** `weightDecay`: the share of a weight that is added to its gradient (PyTorch's); AdamW's is taken off the weight, times the rate. */
export type OptimizerConfig =
  | {
      readonly type: "sgd";
      readonly learningRate: number;
      readonly momentum: number;
      readonly nesterov: boolean;
      readonly weightDecay: number;
    }
  | {
      readonly type: "adam";
      readonly learningRate: number;
      readonly beta1: number;
      readonly beta2: number;
      readonly epsilon: number;
      readonly weightDecay: number;
    }
  | {
      readonly type: "adamw";
      readonly learningRate: number;
      readonly beta1: number;
      readonly beta2: number;
      readonly epsilon: number;
      readonly weightDecay: number;
    }
  | {
      readonly type: "rmsprop";
      readonly learningRate: number;
      readonly rho: number;
      readonly momentum: number;
      readonly epsilon: number;
      readonly weightDecay: number;
    };

/** How the learning rate moves over the planned steps; factors of the optimizer's rate unless said otherwise. */
export type ScheduleConfig =
  | { readonly type: "constant" }
  /** times `factor` each `everyEpochs` */
  | { readonly type: "step"; readonly everyEpochs: number; readonly factor: number }
  /** times `factor` each epoch, smoothly */
  | { readonly type: "exponential"; readonly factor: number }
  /** down to `finalFactor` along half a cosine */
  | { readonly type: "cosine"; readonly finalFactor: number }
  /** linear rise over `epochs`, then constant */
  | { readonly type: "warmUp"; readonly epochs: number }
  /** rise to the rate (its peak) over `warmUpFraction`, then a cosine down to almost zero */
  | { readonly type: "oneCycle"; readonly warmUpFraction: number; readonly startFactor: number; readonly finalFactor: number };

export type LossName = "categoricalCrossentropy" | "binaryCrossentropy" | "meanSquaredError" | "meanAbsoluteError";
export type MetricName = "accuracy" | "top5" | "meanAbsoluteError";

export interface EarlyStoppingConfig {
  /** Epochs without a better validation loss. */
  readonly patience: number;
  readonly minimumImprovement: number;
}

export interface TrainingConfig {
  /** "glyphs", "mnist", "idx:PATH". */
  readonly data: string;
  readonly epochs: number;
  readonly batchSize: number;
  /** Share of the training images held out, 0 to below 1. */
  readonly validationSplit: number;
  readonly optimizer: OptimizerConfig;
  readonly schedule: ScheduleConfig;
  readonly loss: LossName;
  readonly metrics: readonly MetricName[];
  /** Penalty on every trainable kernel: l2 * sum w^2, beside what layers ask for themselves. */
  readonly l2: number;
  readonly seed: number;
  readonly earlyStopping?: EarlyStoppingConfig;
}

export const DEFAULT_TRAINING: TrainingConfig = {
  data: "glyphs",
  epochs: 10,
  batchSize: 128,
  validationSplit: 0.1,
  optimizer: { type: "adam", learningRate: 0.001, beta1: 0.9, beta2: 0.999, epsilon: 1e-7, weightDecay: 0 },
  schedule: { type: "constant" },
  loss: "categoricalCrossentropy",
  metrics: ["accuracy"],
  l2: 0,
  seed: 1,
};
