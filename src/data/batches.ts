import { Random } from "../base/random.js";
import type { Dataset, Split } from "./dataset.js";

/** Philox streams of the data side, far from those that layers number from 0. */
const SPLIT_STREAM = 0xda7a_0001;
const SHUFFLE_STREAM = 0xda7a_0002;

/** Which training images are learned from and which are held out: indexes into `dataset.train`, each in rising order. */
export interface TrainingSplit {
  readonly train: Int32Array;
  readonly validation: Int32Array;
}

/** Room for one batch, reused from step to step. */
export interface Batch {
  /** At least batch size * height * width * channels bytes. */
  readonly images: Uint8Array;
  readonly labels: Int32Array;
}

/** Holds out `fraction` (0 to below 1) of the training images, chosen by the seed alone. At least one image is left to learn from. */
export function splitTraining(dataset: Dataset, fraction: number, seed: number): TrainingSplit {
  const { count } = dataset.train;
  const held = Math.min(count - 1, Math.round(count * fraction));
  const order = countUp(count);
  if (held > 0) new Random({ seed, stream: SPLIT_STREAM, step: [0, 0] }).shuffle(order);
  return { train: order.slice(held).sort(), validation: order.slice(0, held).sort() };
}

/** The order an epoch (counted from 1) visits images in: a function of seed and epoch, so that a resumed run goes on with the same. */
export function shuffledOrder(indexes: Int32Array, seed: number, epoch: number): Int32Array {
  return new Random({ seed, stream: SHUFFLE_STREAM, step: [epoch, 0] }).shuffle(indexes.slice());
}

/** Copies the images and labels that `indexes` names from `from` to before `to` into the start of `target`; answers how many. */
export function gatherBatch(split: Split, indexes: Int32Array, from: number, to: number, target: Batch): number {
  const size = split.images.length / split.count;
  const end = Math.min(to, indexes.length);
  for (let i = from; i < end; i++) {
    const index = indexes[i] ?? 0;
    target.images.set(split.images.subarray(index * size, (index + 1) * size), (i - from) * size);
    target.labels[i - from] = split.labels[index] ?? 0;
  }
  return end - from;
}

/** 0, 1, ... count - 1. */
export function countUp(count: number): Int32Array {
  return Int32Array.from({ length: count }, (_, i) => i);
}
