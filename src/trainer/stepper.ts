import { correction } from "../compile/optimizer.js";
import { learningRateAt } from "../compile/schedule.js";
import { type Batch, gatherBatch, shuffledOrder } from "../data/batches.js";
import type { Executor, Feeds, TensorData } from "../engine/executor.js";
import { elementCount } from "../program/shapes.js";
import type { Plan } from "./plan.js";

/** What a step tells, of its batch and before its update. */
export interface StepResult {
  readonly loss: number;
  /** In the order of the training block's metrics. */
  readonly metrics: readonly number[];
  /** The learning rate it was taken with. */
  readonly rate: number;
  readonly examples: number;
}

/** Takes training steps. A step is a function of its number and the variables alone, so any of them can be taken again. */
export class Stepper {
  readonly #executor: Executor;
  readonly #plan: Plan;
  readonly #room: Batch;
  #order: { readonly epoch: number; readonly indexes: Int32Array } | undefined;

  constructor(executor: Executor, plan: Plan) {
    this.#executor = executor;
    this.#plan = plan;
    const { batchSize } = plan.training;
    const [height, width, channels] = plan.dataset.shape;
    this.#room = { images: new Uint8Array(batchSize * height * width * channels), labels: new Int32Array(batchSize) };
  }

  /** Takes a step, counted from 1, at this rate. */
  take(step: number, rate: number): StepResult {
    const batch = this.batch(step);
    const [loss, ...metrics] = this.#executor.run("train", {
      ...batch,
      learningRate: scalar(rate),
      correction: scalar(correction(this.#plan.training.optimizer, step)),
      randomCounter: { shape: [2], data: Int32Array.of(step | 0, Math.floor(step / 2 ** 32)) },
    });
    return { loss: numberOf(loss), metrics: metrics.map(numberOf), rate, examples: batch.labels.data.length };
  }

  /** The schedule's rate for a step, counted from 1. */
  scheduledRate(step: number): number {
    const { training, stepsPerEpoch, totalSteps } = this.#plan;
    return learningRateAt(training.schedule, training.optimizer.learningRate, step, totalSteps, stepsPerEpoch);
  }

  /** The images and labels of a step; overwritten by the next. */
  batch(step: number): { readonly images: TensorData; readonly labels: TensorData } {
    const { training, dataset, split, stepsPerEpoch } = this.#plan;
    const epoch = Math.floor((step - 1) / stepsPerEpoch) + 1;
    if (this.#order?.epoch !== epoch) this.#order = { epoch, indexes: shuffledOrder(split.train, training.seed, epoch) };
    const from = ((step - 1) % stepsPerEpoch) * training.batchSize;
    const count = gatherBatch(dataset.train, this.#order.indexes, from, from + training.batchSize, this.#room);
    return exampleFeeds(this.#room, count, dataset.shape);
  }
}

/** The first `count` examples of a batch as feeds. */
export function exampleFeeds(
  batch: Batch,
  count: number,
  shape: readonly number[],
): { readonly images: TensorData; readonly labels: TensorData } {
  const size = elementCount(shape);
  return {
    images: { shape: [count, ...shape], data: batch.images.subarray(0, count * size) },
    labels: { shape: [count], data: batch.labels.subarray(0, count) },
  } satisfies Feeds;
}

/** The number in a tensor without axes. */
export function numberOf(tensor: TensorData | undefined): number {
  return tensor?.data[0] ?? Number.NaN;
}

const scalar = (value: number): TensorData => ({ shape: [], data: Float32Array.of(value) });
