import { err, ok, type Result } from "../base/result.js";
import type { StartingWeights } from "../run/start.js";
import { ownWeights } from "./startingWeights.js";
import { toCnnJson } from "./toCnnJson.js";
import type { ModelReading } from "./types.js";

/** A network that is not a `.cnn.json` file of its own, and the weights it starts from. */
export interface NetworkToTrain {
  /** The text of a `.cnn.json` file. */
  readonly source: string;
  readonly start?: StartingWeights;
  /** The data that a translation names; undefined where nothing tells. */
  readonly data?: string;
}

/** A saved model as a network that goes on from its weights; the error says what keeps it from being trained. `file` is its path. */
export function savedNetwork(reading: ModelReading, file: string): Result<NetworkToTrain, string> {
  if (reading.layers.length === 0)
    return err("it holds weights without a network; train the source code they are of, with the option --weights of the command cnn");
  const translated = toCnnJson(reading);
  if (!translated.ok) return err(translated.error.message);
  const start = ownWeights(reading, translated.value, file);
  if (!start.ok) return start;
  const { text: source, data } = translated.value;
  return ok({ source, ...(start.value && { start: start.value }), ...(data !== undefined && { data }) });
}
