import path from "node:path";
import { positionOf, type TextRange } from "../base/text.js";
import { UserError } from "../base/userError.js";
import { NetworkError } from "../compile/networkError.js";
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
    const others = more.length === 0 ? "" : ` (and ${more.length} more)`;
    throw new UserError(`${place(text, file, first.range)}: ${first.message}${others}`, "networkInvalid");
  }
  return { network: { ...network, training: settings(network.training) }, shapes };
}

/** Answers what `compile` does; what it throws of a network begins with its file and, where someone wrote the text, the line. */
export function located<Compiled>(text: string, file: string, compile: () => Compiled): Compiled {
  try {
    return compile();
  } catch (error) {
    if (!(error instanceof NetworkError) || error.range === undefined) throw error;
    throw new UserError(`${place(text, file, error.range)}: ${error.message}`, error.code);
  }
}

/** Only JSON is trained as it was written; the text of source code and of saved models is a translation, whose lines nobody has. */
const WRITTEN_BY_HAND = /\.json$/i;

function place(text: string, file: string, { start }: TextRange): string {
  const name = path.basename(file);
  return WRITTEN_BY_HAND.test(name) ? `${name}, line ${positionOf(text, start).line + 1}` : name;
}
