import path from "node:path";
import { UserError } from "../base/userError.js";
import { parseInputs } from "../reading/inputComment.js";
import { type NetworkToTrain, savedNetwork } from "../reading/savedNetwork.js";
import { checkpointWeights } from "../reading/startingWeights.js";
import { type Translated, toCnnJson } from "../reading/toCnnJson.js";
import type { ModelReading } from "../reading/types.js";
import type { StartingWeights } from "../run/start.js";
import { readSaved } from "../saved/readSaved.js";
import { readText } from "./networkFile.js";
import { isSource, sourceShapes } from "./sourceShapes.js";

/** Which model of a file is meant. */
export interface ModelOptions {
  /** An expression of the source code. */
  readonly target?: string;
  /** One example's shape. */
  readonly input?: string;
  /** File of a state dict, for source code of PyTorch. */
  readonly weights?: string;
}

/**
 * What a file has to be trained: a network as it is; source code and saved models translated into one. Throws a UserError that names the line
 * and layer which cannot be trained, or the weight that does not fit.
 */
export async function readTrainable(file: string, options: ModelOptions): Promise<NetworkToTrain> {
  const { target, input, weights } = options;
  if (isSource(file)) return ofSource(file, options);
  if (weights !== undefined) throw new UserError(`--weights is for source code; ${file} has weights of its own, or none.`);
  if (target !== undefined) throw new UserError(`${file} holds one model: --target is for source code that holds several.`);
  const saved = await readSaved(file, input === undefined ? undefined : parseInputs(input));
  return saved ? ofSaved(file, saved) : { source: await readText(file) };
}

async function ofSource(file: string, { target, input, weights }: ModelOptions): Promise<NetworkToTrain> {
  const { reading, lineOf } = await sourceShapes(await readText(file), file, target, input);
  const translated = toCnnJson(reading);
  if (!translated.ok) {
    const { message, range } = translated.error;
    throw new UserError(`${file}${range ? `, line ${lineOf(range)}` : ""}: ${message}.`, "networkInvalid");
  }
  const { text } = translated.value;
  return weights === undefined ? { source: text } : { source: text, start: await ofCheckpoint(weights, reading, translated.value) };
}

async function ofCheckpoint(file: string, reading: ModelReading, translated: Translated): Promise<StartingWeights> {
  if (reading.framework !== "pytorch")
    throw new UserError("--weights is for models of PyTorch: other frameworks save theirs with the model.");
  const checkpoint = await readSaved(file);
  if (checkpoint?.framework !== "pytorch" && checkpoint?.framework !== "safetensors")
    throw new UserError(`${file} is no state dict of PyTorch and no safetensors file.`);
  const start = checkpointWeights(reading, translated, checkpoint.tensors ?? [], path.resolve(file));
  if (!start.ok) throw new UserError(`${file} does not fit ${reading.target}: ${start.error}.`);
  return start.value;
}

function ofSaved(file: string, reading: ModelReading): NetworkToTrain {
  const network = savedNetwork(reading, path.resolve(file));
  if (!network.ok) throw new UserError(`${file} cannot be trained: ${network.error}.`, "networkInvalid");
  return network.value;
}
