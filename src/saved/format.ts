import { statSync } from "node:fs";
import { readdir } from "node:fs/promises";
import path from "node:path";
import { UserError } from "../base/userError.js";
import { isTfjsModel } from "./jsonModel.js";
import { looksLikeOnnx } from "./onnx/looksLike.js";
import { type ByteSource, withFile } from "./randomAccess.js";
import { openZip } from "./zip.js";

export type SavedFormat = "onnx" | "kerasZip" | "hdf5" | "tfjsLayers" | "tfjsGraph" | "pytorchZip" | "pytorchLegacy" | "safetensors";

/** What is behind names that belong to saved models alone; such a file without such content is broken. */
const NAMES: Readonly<Record<string, string>> = {
  ".onnx": "an ONNX model",
  ".keras": "a Keras model",
  ".h5": "an HDF5 file",
  ".hdf5": "an HDF5 file",
  ".pt": "a PyTorch checkpoint",
  ".pth": "a PyTorch checkpoint",
  ".safetensors": "a safetensors file",
};
const HDF5_MAGIC = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a];
const ZIP_MAGIC = [0x50, 0x4b, 0x03, 0x04];
const SOURCE_NAME = /\.(py|ipynb|jl|[cm]?[jt]sx?|cnn\.json)$/;

/**
 * What kind of saved model a file is, by its content; undefined where it is none (source code, a network of ours, other JSON).
 * Throws UserError where its name or content says that it should be one, but it cannot be read.
 */
export async function savedFormat(file: string): Promise<SavedFormat | undefined> {
  if (SOURCE_NAME.test(file)) return undefined;
  if (statSync(file, { throwIfNoEntry: false })?.isDirectory()) throw await refuseFolder(file);
  return withFile(file, async (source) => {
    const found = await byContent(source);
    if (found !== undefined) return found;
    const refusal = otherContent(source);
    if (refusal !== undefined) throw new UserError(`${file} ${refusal}`);
    const expected = NAMES[path.extname(file).toLowerCase()];
    if (expected !== undefined) throw new UserError(`${file} is not ${expected}, though its name says so; it may be damaged or cut off.`);
    return undefined;
  });
}

async function byContent(source: ByteSource): Promise<SavedFormat | undefined> {
  const head = source.read(0, Math.min(16, source.size));
  if (startsWith(head, ZIP_MAGIC)) return zipFormat(source);
  if (isHdf5(source)) return "hdf5";
  if (isSafetensors(source, head)) return "safetensors";
  // An opening brace, white space, or the first byte of a byte order mark.
  if ([0x7b, 0x20, 0x0a, 0x0d, 0x09, 0xef].includes(head[0] ?? 0)) return isTfjsModel(source);
  // A pickle of protocol 2 to 5 that opens with torch.save's magic number or with a dictionary.
  if (head[0] === 0x80 && (head[1] ?? 0) >= 2 && (head[1] ?? 0) <= 5) return "pytorchLegacy";
  return looksLikeOnnx(source) ? "onnx" : undefined;
}

async function zipFormat(source: ByteSource): Promise<SavedFormat> {
  const names = [...(await openZip(source)).sizes.keys()];
  if (names.includes("config.json")) return "kerasZip";
  if (names.some((name) => /(^|\/)data\.pkl$/.test(name))) return "pytorchZip";
  throw new UserError(`${source.name} is a zip archive, but neither a Keras model nor a PyTorch checkpoint.`);
}

/** The signature stands at 0, or after a user block of 512, 1024, 2048 ... bytes. */
function isHdf5(source: ByteSource): boolean {
  for (let at = 0; at + 8 <= source.size && at <= 8192; at = at === 0 ? 512 : 2 * at)
    if (startsWith(source.read(at, 8), HDF5_MAGIC)) return true;
  return false;
}

function isSafetensors(source: ByteSource, head: Uint8Array): boolean {
  if (head.length < 10 || head[8] !== 0x7b) return false;
  const length = Number(new DataView(head.buffer, head.byteOffset).getBigUint64(0, true));
  return length <= source.size || source.name.endsWith(".safetensors");
}

/** Contents that are met where a model should be, or that are saved models nobody here reads. */
function otherContent(source: ByteSource): string | undefined {
  const text = new TextDecoder("latin1").decode(source.read(0, Math.min(256, source.size)));
  if (source.size === 0) return "is empty.";
  if (text.startsWith("version https://git-lfs.github.com/"))
    return 'is a pointer of Git LFS, not the file itself; get it with "git lfs pull".';
  if (/^\s*<(!doctype html|html)/i.test(text)) return "is a web page, not a model; download the file itself.";
  if (text.slice(4, 8) === "TFL3") return "is a TensorFlow Lite model, which is not read; save the Keras model or ONNX instead.";
  if (source.name.endsWith(".pb")) return "is a TensorFlow graph, which is not read; convert it with tensorflowjs_converter or tf2onnx.";
  if (text.includes("\0") && NAMES[path.extname(source.name).toLowerCase()] === undefined)
    return "is no model of a kind that is read here.";
  return undefined;
}

async function refuseFolder(folder: string): Promise<UserError> {
  const names = await readdir(folder);
  if (names.includes("saved_model.pb") || names.includes("keras_metadata.pb"))
    return new UserError(
      `${folder} is a TensorFlow SavedModel, which is not read; save it as .keras, or convert it with tensorflowjs_converter.`,
    );
  if (names.includes("model.json")) return new UserError(`${folder} is a folder; name the model.json inside it.`);
  return new UserError(`${folder} is a folder, not a file.`);
}

function startsWith(bytes: Uint8Array, magic: readonly number[]): boolean {
  return magic.every((byte, i) => bytes[i] === byte);
}
