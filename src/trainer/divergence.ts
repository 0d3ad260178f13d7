import { thousands } from "../base/words.js";
import type { CompiledNetwork } from "../compile/types.js";
import type { Executor, TensorData } from "../engine/executor.js";
import type { Tensors } from "../runs/tensorFile.js";

/** A loss this many times the first one (or 1, if that was smaller) does not come back. */
const EXPLOSION = 1e4;

/** So many images are looked at: all outputs of a large network for a whole batch may not fit into memory. */
const FEW = 16;

export type Divergence =
  | { readonly kind: "loss"; readonly step: number; readonly loss: number; readonly firstLoss: number }
  | { readonly kind: "weights"; readonly step: number; readonly layer: string };

export function hasExploded(loss: number, firstLoss: number): boolean {
  return !Number.isFinite(loss) || loss > EXPLOSION * Math.max(1, firstLoss);
}

/** The layer of the first variable that holds a NaN or an infinity; undefined if all numbers are finite. */
export function nonFiniteLayer(variables: Tensors): string | undefined {
  for (const [name, values] of variables) if (!allFinite(values)) return name.split("/")[0];
  return undefined;
}

/**
 * The layer whose outputs for the first of these images are the first in order of computation that are not finite; if all are, the one whose outputs
 * are largest.
 */
export function divergingLayer(executor: Executor, { layers }: CompiledNetwork, images: TensorData): string | undefined {
  const [count = 0, ...shape] = images.shape;
  const few = Math.min(count, FEW);
  const outputs = executor.run("maps", {
    images: { shape: [few, ...shape], data: images.data.slice(0, (images.data.length / count) * few) },
  });
  const broken = outputs.findIndex(({ data }) => !allFinite(data));
  if (broken >= 0) return layers[broken];
  const sizes = outputs.map(({ data }) => largest(data));
  return layers[sizes.indexOf(Math.max(...sizes))];
}

/** "The loss became NaN at step 3,013 in dense_1. Weights of step 3,010 are kept." */
export function divergenceMessage(divergence: Divergence, layer: string | undefined, lastGoodStep: number): string {
  const where = `at step ${thousands(divergence.step)}${layer === undefined ? "" : ` in ${layer}`}`;
  return `${whatHappened(divergence)} ${where}. Weights of step ${thousands(lastGoodStep)} are kept.`;
}

function whatHappened(divergence: Divergence): string {
  if (divergence.kind === "weights") return "The weights became infinite";
  const { loss, firstLoss } = divergence;
  if (Number.isNaN(loss)) return "The loss became NaN";
  if (!Number.isFinite(loss)) return "The loss became infinite";
  return `The loss exploded from ${firstLoss.toPrecision(3)} to ${loss.toPrecision(3)}`;
}

function allFinite(values: TensorData["data"]): boolean {
  for (let i = 0; i < values.length; i++) if (!Number.isFinite(values[i])) return false;
  return true;
}

function largest(values: TensorData["data"]): number {
  let most = 0;
  for (let i = 0; i < values.length; i++) most = Math.max(most, Math.abs(values[i] ?? 0));
  return most;
}
