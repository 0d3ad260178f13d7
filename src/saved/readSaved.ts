import { UserError } from "../base/userError.js";
import type { TensorShape } from "../interpret/tensor.js";
import type { ModelReading } from "../reading/types.js";
import { type SavedFormat, savedFormat } from "./format.js";
import { elementCount, type OpenByName, type OpenTensor, type TensorData, type WithTensors } from "./tensors.js";

/**
 * Reads one saved model. `examples` are inputs without the batch instead of the file's own, for formats whose models can take others;
 * a reading that heeds them says that its inputs were asked for. Throws UserError with one sentence where the file is broken.
 */
export type SavedReader = (file: string, examples?: readonly TensorShape[]) => Promise<ModelReading>;

interface Reader {
  readonly read: SavedReader;
  readonly withTensors: WithTensors;
}

/** A gigabyte of float32. */
const MOST_NUMBERS = 2 ** 28;

/** One reader a format; its code and libraries are only loaded when it is needed. */
const READERS: Readonly<Record<SavedFormat, () => Promise<Reader>>> = {
  onnx: async () => {
    const { readOnnx, withOnnxTensors } = await import("./onnx/read.js");
    return { read: readOnnx, withTensors: withOnnxTensors };
  },
  pytorchZip: async () => {
    const { readPytorchZip, withPytorchZipTensors } = await import("./pytorch/read.js");
    return { read: readPytorchZip, withTensors: withPytorchZipTensors };
  },
  pytorchLegacy: async () => {
    const { readPytorchLegacy, withPytorchLegacyTensors } = await import("./pytorch/read.js");
    return { read: readPytorchLegacy, withTensors: withPytorchLegacyTensors };
  },
  safetensors: async () => {
    const { readSafetensors, withSafetensors } = await import("./safetensors.js");
    return { read: readSafetensors, withTensors: withSafetensors };
  },
  kerasZip: async () => {
    const { readKerasZip, withKerasZipTensors } = await import("./keras/read.js");
    return { read: readKerasZip, withTensors: withKerasZipTensors };
  },
  hdf5: async () => {
    const { readKerasHdf5, withKerasHdf5Tensors } = await import("./keras/read.js");
    return { read: readKerasHdf5, withTensors: withKerasHdf5Tensors };
  },
  tfjsLayers: async () => {
    const { readTfjsLayers, withTfjsLayersTensors } = await import("./tfjsLayers/read.js");
    return { read: readTfjsLayers, withTensors: withTfjsLayersTensors };
  },
  tfjsGraph: async () => {
    const { readTfjsGraph, withTfjsGraphTensors } = await import("./tfjsGraph/read.js");
    return { read: readTfjsGraph, withTensors: withTfjsGraphTensors };
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

/** Lets weights of a saved model be read one after another. Throws UserError where it is none. */
export const withTensors: WithTensors = async (file, use) => {
  const reader = await readerOf(file);
  if (reader === undefined) throw new UserError(`${file} is no saved model.`);
  return reader.withTensors(file, use);
};

/** Lets the numbers of one weight of a saved model be read in parts. Throws UserError where there is none. */
export function withTensor<T>(file: string, name: string, use: (tensor: OpenTensor) => T | Promise<T>): Promise<T> {
  return withTensors(file, (open) => open(name, use));
}

/** All numbers of one weight of a saved model. Throws UserError where there is none, or it takes more than a gigabyte. */
export function readTensor(file: string, name: string): Promise<TensorData> {
  return withTensors(file, (open) => readAll(open, file, name));
}

/** All numbers of one weight of an open file, as `readTensor`. */
export function readAll(open: OpenByName, file: string, name: string): Promise<TensorData> {
  return open(name, async ({ shape, dtype, read }) => {
    const count = elementCount(shape);
    if (count > MOST_NUMBERS) throw new UserError(`${name} in ${file} has ${count} numbers, too many to be read at once.`);
    return { shape, dtype, data: await read(0, count) };
  });
}

async function readerOf(file: string): Promise<Reader | undefined> {
  const format = await savedFormat(file);
  return format && READERS[format]();
}
