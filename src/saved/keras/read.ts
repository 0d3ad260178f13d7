import { UserError } from "../../base/userError.js";
import { isRecord } from "../../frameworks/keras/layers/data.js";
import type { ModelReading } from "../../reading/types.js";
import { type ByteSource, withFile } from "../randomAccess.js";
import { elementCount, type WithTensors } from "../tensors.js";
import { type Archive, openZip } from "../zip.js";
import { withHdf5 } from "./hdf5.js";
import { parseConfig, readingOf } from "./reading.js";
import { savedTraining } from "./savedTraining.js";

const CONFIG = "config.json";
const WEIGHTS = "model.weights.h5";
/** Configurations of the largest models have a few megabytes. */
const MAX_CONFIG = 64 * 1024 * 1024;

/** Reads a `.keras` file of Keras 3. */
export async function readKerasZip(file: string): Promise<ModelReading> {
  return withFile(file, async (source) => {
    const archive = await openZip(source);
    const config = await archive.open(CONFIG);
    if (config.size > MAX_CONFIG) throw new UserError(`${file} has a configuration of ${config.size} bytes, which is not read.`);
    const weights = await weightsIn(archive);
    const tensors = weights ? await withHdf5(weights, (hdf5) => hdf5.tensors()) : [];
    const json = parseConfig(textOf(config), file);
    const training = savedTraining(isRecord(json) ? json["compile_config"] : null);
    return { ...readingOf(json, "keras", file, tensors), training: () => training };
  });
}

export const withKerasZipTensors: WithTensors = (file, use) =>
  withFile(file, async (source) => {
    const weights = await weightsIn(await openZip(source));
    if (!weights) throw new UserError(`${file} has no weights.`);
    return withHdf5(weights, (hdf5) => use(async (name, useOne) => useOne(hdf5.tensor(name))));
  });

async function weightsIn(archive: Archive): Promise<ByteSource | undefined> {
  return archive.sizes.has(WEIGHTS) ? archive.open(WEIGHTS) : undefined;
}

function textOf(source: ByteSource): string {
  return new TextDecoder().decode(source.read(0, source.size));
}

/** Reads an `.h5` or `.hdf5` file of Keras 1, 2 or 3; one with weights alone gives just those. */
export async function readKerasHdf5(file: string): Promise<ModelReading> {
  return withFile(file, (source) =>
    withHdf5(source, (hdf5) => {
      const config = hdf5.text("model_config");
      const said = hdf5.text("training_config");
      const training = said === undefined ? {} : savedTraining(parseConfig(said, file));
      const tensors = hdf5.tensors();
      if (config === undefined) return weightsAlone(file, tensors);
      return { ...readingOf(parseConfig(config, file), "keras", file, tensors), training: () => training };
    }),
  );
}

function weightsAlone(file: string, tensors: ModelReading["tensors"]): ModelReading {
  const reading = readingOf(null, "keras", file, tensors ?? []);
  const numbers = (tensors ?? []).map(({ shape }) => elementCount(shape));
  return { ...reading, totalParameters: numbers.reduce((sum, count) => sum + count, 0), problems: [] };
}

export const withKerasHdf5Tensors: WithTensors = (file, use) =>
  withFile(file, (source) => withHdf5(source, (hdf5) => use(async (name, useOne) => useOne(hdf5.tensor(name)))));
