import type { Initializer } from "../layers/kind.js";
import type { Program } from "../program/types.js";

/**
 * A network ready to run. Functions of the program (N is the number of examples of the call):
 *
 * - "train": feeds images uint8 [N,h,w,c], labels int32 [N], learningRate [] (of the schedule), correction [] (see `correction`),
 *   randomCounter int32 [2] (step low, step high). Fetches: loss [] (mean over the batch plus penalties), then one scalar per metric: its mean over the batch.
 *   Updates weights, slots and statistics.
 * - "evaluate": feeds images, labels. Fetches: sum over the batch of the loss without penalties, then of each metric, all []: divide by the count.
 * - "predict": feeds images. Fetches: the network's answer [N, ...], activation applied.
 * - "maps": feeds images. Fetches: every layer's output, in the order of `layers`.
 * - "gradients": feeds as "train"; fetches loss and then every trainable weight's gradient, in the order of `trainable`. No updates.
 */
export interface CompiledNetwork {
  readonly program: Program;
  /** Layer names, as "maps" fetches them. */
  readonly layers: readonly string[];
  /** Names of trainable variables, as "gradients" fetches them. */
  readonly trainable: readonly string[];
  /** How every variable starts: weights, statistics and slots. */
  readonly initial: ReadonlyMap<string, Initializer>;
  /** Main kernel and bias variables of layers that have them, for kernel pictures. */
  readonly kernels: ReadonlyMap<string, { readonly kernel: string; readonly bias?: string }>;
}
// compileNetwork(network, shapes, { inputShape, classes }) in compile.ts; throws UserError naming layer and line for what cannot be trained.
// initialValues(compiled, seed): Map<string, Float32Array> in initialize.ts.
// learningRateAt(schedule, baseRate, step, totalSteps, stepsPerEpoch) in schedule.ts; correction(optimizer, step) in optimizer.ts.
