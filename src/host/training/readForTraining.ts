import { readNetwork } from "../../model/read.js";
import type { TrainingConfig } from "../../model/training.js";
import { inferShapes } from "../../shape/infer.js";

/** What keeps a network from being trained: one sentence, and the offset in the text it is about. */
export interface Obstacle {
  readonly message: string;
  readonly start: number;
}

/** Reads a network's text as the trainer will; `obstacle` is the first error in it, if there is one. */
export function readForTraining(
  source: string,
  name: string,
): { readonly training: TrainingConfig; readonly obstacle: Obstacle | undefined } {
  const { network, problems } = readNetwork(source, name);
  const errors = [...problems, ...inferShapes(network).problems].filter((problem) => problem.severity === "error");
  const [first] = errors.sort((a, b) => a.range.start - b.range.start);
  return { training: network.training, obstacle: first && { message: first.message, start: first.range.start } };
}
