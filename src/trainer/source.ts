import path from "node:path";
import { LineIndex } from "../base/text.js";
import { UserError } from "../base/userError.js";
import type { Network } from "../model/network.js";
import { readNetwork } from "../model/read.js";
import type { TrainingConfig } from "../model/training.js";
import { inferShapes } from "../shape/infer.js";
import type { NetworkShapes } from "../shape/types.js";

export interface SoundNetwork {
  readonly network: Network;
  readonly shapes: NetworkShapes;
}

/** Reads a network that is to be trained with these settings in place of the file's. Throws a UserError naming the line of the first error. */
export function readSource(text: string, file: string, settings: (own: TrainingConfig) => TrainingConfig): SoundNetwork {
  const { network, problems } = readNetwork(text, path.basename(file));
  const shapes = inferShapes(network);
  const errors = [...problems, ...shapes.problems]
    .filter(({ severity }) => severity === "error")
    .sort((a, b) => a.range.start - b.range.start);
  const [first, ...more] = errors;
  if (first !== undefined) {
    const line = new LineIndex(text).position(first.range.start).line + 1;
    const others = more.length === 0 ? "" : ` (and ${more.length} more)`;
    throw new UserError(`${path.basename(file)}, line ${line}: ${first.message}${others}`, "networkInvalid");
  }
  return { network: { ...network, training: settings(network.training) }, shapes };
}
