import { readFile } from "node:fs/promises";
import { type Datum, isRecord } from "../../frameworks/keras/layers/data.js";
import type { ModelReading } from "../../reading/types.js";
import { parseConfig, readingOf } from "../keras/reading.js";
import { savedTraining } from "../keras/savedTraining.js";
import type { WithTensors } from "../tensors.js";
import { manifestOf, openWeight } from "../tfjsGraph/weights.js";

/** Reads the `model.json` of a layers model of TensorFlow.js; its weights need not be there. */
export async function readTfjsLayers(file: string): Promise<ModelReading> {
  const json = await parse(file);
  const tensors = manifestOf(isRecord(json) ? json : {}, file).flatMap(({ weights }) => weights);
  const stored = tensors.map(({ name, shape, dtype }) => ({ name, shape, dtype }));
  return { ...readingOf(topologyOf(json), "tfjs", file, stored), training: () => savedTraining(trainingOf(json)) };
}

/** Its numbers are in the files that the manifest names. */
export const withTfjsLayersTensors: WithTensors = async (file, use) => {
  const json = await parse(file);
  const groups = manifestOf(isRecord(json) ? json : {}, file);
  return use(async (name, useOne) => useOne(openWeight(groups, name, file)));
};

async function parse(file: string): Promise<Datum> {
  return parseConfig(await readFile(file, "utf8"), file);
}

/** TensorFlow.js writes it beside the topology, the converter into it as Keras has it. */
function trainingOf(json: Datum): Datum {
  if (!isRecord(json)) return null;
  const topology = json["modelTopology"];
  return json["trainingConfig"] ?? (isRecord(topology) ? topology["training_config"] : null) ?? null;
}

/** The model inside modelTopology, or the whole file where Keras' to_json wrote it. */
function topologyOf(json: Datum): Datum {
  const topology = isRecord(json) ? (json["modelTopology"] ?? json) : undefined;
  return isRecord(topology) ? (topology["model_config"] ?? topology) : null;
}
