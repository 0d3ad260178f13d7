import { UserError } from "../base/userError.js";
import type { TensorShape } from "../interpret/tensor.js";
import type { ModelReading } from "../reading/types.js";
import { type SavedFormat, savedFormat } from "./format.js";
import type { TensorData } from "./tensors.js";

/**
 * Reads one saved model. `examples` are inputs without the batch instead of the file's own, for formats whose models can take others;
 * a reading that heeds them says that its inputs were asked for. Throws UserError with one sentence where the file is broken.
 */
export type SavedReader = (file: string, examples?: readonly TensorShape[]) => Promise<ModelReading>;

/** Reads the numbers of one weight, by the name the reading gives it. Throws UserError where there is none. */
export type TensorReader = (file: string, name: string) => Promise<TensorData>;

interface Reader {
  readonly read: SavedReader;
  readonly readTensor: TensorReader;
}

/** One reader a format; its code and libraries are only loaded when it is needed. */
const READERS: Readonly<Record<SavedFormat, () => Promise<Reader>>> = {
  onnx: async () => {
    const { readOnnx, readOnnxTensor } = await import("./onnx/read.js");
    return { read: readOnnx, readTensor: readOnnxTensor };
  },
  pytorchZip: async () => {
    const { readPytorchZip, readPytorchZipTensor } = await import("./pytorch/read.js");
    return { read: readPytorchZip, readTensor: readPytorchZipTensor };
  },
  pytorchLegacy: async () => {
    const { readPytorchLegacy, readPytorchLegacyTensor } = await import("./pytorch/read.js");
    return { read: readPytorchLegacy, readTensor: readPytorchLegacyTensor };
  },
  safetensors: async () => {
    const { readSafetensors, readSafetensor } = await import("./safetensors.js");
    return { read: readSafetensors, readTensor: readSafetensor };
  },
  kerasZip: async () => {
    const { readKerasZip, readKerasZipTensor } = await import("./keras/read.js");
    return { read: readKerasZip, readTensor: readKerasZipTensor };
  },
  hdf5: async () => {
    const { readKerasHdf5, readKerasHdf5Tensor } = await import("./keras/read.js");
    return { read: readKerasHdf5, readTensor: readKerasHdf5Tensor };
  },
  tfjsLayers: async () => {
    const { readTfjsLayers, readTfjsLayersTensor } = await import("./tfjsLayers/read.js");
    return { read: readTfjsLayers, readTensor: readTfjsLayersTensor };
  },
  tfjsGraph: async () => {
    const { readTfjsGraph, readTfjsGraphTensor } = await import("./tfjsGraph/read.js");
    return { read: readTfjsGraph, readTensor: readTfjsGraphTensor };
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

/** The numbers of one weight of a saved model. Throws UserError where there is none. */
export async function readTensor(file: string, name: string): Promise<TensorData> {
  const reader = await readerOf(file);
  if (reader === undefined) throw new UserError(`${file} is no saved model.`);
  return reader.readTensor(file, name);
}

async function readerOf(file: string): Promise<Reader | undefined> {
  const format = await savedFormat(file);
  return format && READERS[format]();
}
