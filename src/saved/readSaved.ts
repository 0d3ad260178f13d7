import { UserError } from "../base/userError.js";
import type { TensorShape } from "../interpret/tensor.js";
import type { ModelReading } from "../reading/types.js";
import { type SavedFormat, savedFormat } from "./format.js";
import { elementCount, type TensorData, type WithTensor } from "./tensors.js";

/**
 * Reads one saved model. `examples` are inputs without the batch instead of the file's own, for formats whose models can take others;
 * a reading that heeds them says that its inputs were asked for. Throws UserError with one sentence where the file is broken.
 */
export type SavedReader = (file: string, examples?: readonly TensorShape[]) => Promise<ModelReading>;

interface Reader {
  readonly read: SavedReader;
  readonly withTensor: WithTensor;
}

/** A gigabyte of float32. */
const MOST_NUMBERS = 2 ** 28;

/** One reader a format; its code and libraries are only loaded when it is needed. */
const READERS: Readonly<Record<SavedFormat, () => Promise<Reader>>> = {
  onnx: async () => {
    const { readOnnx, withOnnxTensor } = await import("./onnx/read.js");
    return { read: readOnnx, withTensor: withOnnxTensor };
  },
  pytorchZip: async () => {
    const { readPytorchZip, withPytorchZipTensor } = await import("./pytorch/read.js");
    return { read: readPytorchZip, withTensor: withPytorchZipTensor };
  },
  pytorchLegacy: async () => {
    const { readPytorchLegacy, withPytorchLegacyTensor } = await import("./pytorch/read.js");
    return { read: readPytorchLegacy, withTensor: withPytorchLegacyTensor };
  },
  safetensors: async () => {
    const { readSafetensors, withSafetensor } = await import("./safetensors.js");
    return { read: readSafetensors, withTensor: withSafetensor };
  },
  kerasZip: async () => {
    const { readKerasZip, withKerasZipTensor } = await import("./keras/read.js");
    return { read: readKerasZip, withTensor: withKerasZipTensor };
  },
  hdf5: async () => {
    const { readKerasHdf5, withKerasHdf5Tensor } = await import("./keras/read.js");
    return { read: readKerasHdf5, withTensor: withKerasHdf5Tensor };
  },
  tfjsLayers: async () => {
    const { readTfjsLayers, withTfjsLayersTensor } = await import("./tfjsLayers/read.js");
    return { read: readTfjsLayers, withTensor: withTfjsLayersTensor };
  },
  tfjsGraph: async () => {
    const { readTfjsGraph, withTfjsGraphTensor } = await import("./tfjsGraph/read.js");
    return { read: readTfjsGraph, withTensor: withTfjsGraphTensor };
  },
};

/** What a saved model says of itself; undefined where the file is none (source code, other JSON). Throws UserError where it is broken. */
export async function readSaved(file: string, examples?: readonly TensorShape[]): Promise<ModelReading | undefined> {
  const reader = await readerOf(file);
  const reading = await reader?.read(file, examples);
  if (reading && examples && reading.inputOrigin !== "asked")
    throw new UserError(`${file} says its input's shape itself; leave out --input.`);
  return reading;
}

/** Lets the numbers of one weight of a saved model be read in parts. Throws UserError where there is none. */
export const withTensor: WithTensor = async (file, name, use) => {
  const reader = await readerOf(file);
  if (reader === undefined) throw new UserError(`${file} is no saved model.`);
  return reader.withTensor(file, name, use);
};

/** All numbers of one weight of a saved model. Throws UserError where there is none, or it takes more than a gigabyte. */
export async function readTensor(file: string, name: string): Promise<TensorData> {
  return withTensor(file, name, async ({ shape, dtype, read }) => {
    const count = elementCount(shape);
    if (count > MOST_NUMBERS) throw new UserError(`${name} in ${file} has ${count} numbers, too many to be read at once.`);
    return { shape, dtype, data: await read(0, count) };
  });
}

async function readerOf(file: string): Promise<Reader | undefined> {
  const format = await savedFormat(file);
  return format && READERS[format]();
}
