import { UserError } from "../base/userError.js";
import type { ModelReading } from "../reading/types.js";
import { type SavedFormat, savedFormat } from "./format.js";

/** Reads one saved model. Throws UserError with one sentence where the file is broken. */
export type SavedReader = (file: string) => Promise<ModelReading>;

/** One reader a format; its code and libraries are only loaded when it is needed. */
const READERS: { readonly [Format in SavedFormat]?: () => Promise<SavedReader> } = {
  onnx: async () => (await import("./onnx/read.js")).readOnnx,
  pytorchZip: async () => (await import("./pytorch/read.js")).readPytorchZip,
  pytorchLegacy: async () => (await import("./pytorch/read.js")).readPytorchLegacy,
  safetensors: async () => (await import("./safetensors.js")).readSafetensors,
};

/** What a saved model says of itself; undefined where the file is none (source code, other JSON). Throws UserError where it is broken. */
export async function readSaved(file: string): Promise<ModelReading | undefined> {
  const format = await savedFormat(file);
  if (format === undefined) return undefined;
  const read = await READERS[format]?.();
  if (read === undefined) throw new UserError(`${file} is of a format that is not read (${format}).`);
  return read(file);
}
