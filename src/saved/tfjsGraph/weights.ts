import { existsSync } from "node:fs";
import path from "node:path";
import { UserError } from "../../base/userError.js";
import type { StoredTensor } from "../../reading/types.js";
import { BYTES, toFloat32 } from "../numbers.js";
import { withFile } from "../randomAccess.js";
import { elementCount, type OpenTensor } from "../tensors.js";
import { damaged, type Json, listIn, recordIn, textIn, wholeOf } from "./json.js";

/** A weight of the manifest, and where its bytes are in its group's files, laid end to end. */
interface Weight extends StoredTensor {
  readonly start: number;
  readonly bytes: number;
  /** How the numbers are stored: as they are, or as `stored * scale + least`. */
  readonly stored: { readonly dtype: string; readonly scale: number; readonly least: number };
}

interface Group {
  readonly files: readonly string[];
  readonly weights: readonly Weight[];
}

/** How many numbers of each type decide shapes (axes, sizes) or scale a tensor; longer constants are weights. */
const LIMITS: Readonly<Record<string, number>> = { int32: 64, uint32: 64, float32: 1 };

/** Weights of a model as its manifest lists them. Throws UserError where a path leads out of the model's folder. */
export function manifestOf(model: Json, file: string): Group[] {
  return listIn(model, "weightsManifest").map((group) => {
    const files = listIn(group, "paths").map((each) => {
      if (typeof each !== "string") throw damaged(file, "a path in its manifest is no text");
      return inFolder(each, file);
    });
    let start = 0;
    const weights = listIn(group, "weights").map((json) => {
      const tensor = storedTensor(json, file);
      const stored = storageOf(json, tensor.dtype);
      // Texts have lengths of their own, so that nothing behind them is found.
      const bytes = (BYTES[stored.dtype] ?? Number.NaN) * elementCount(tensor.shape);
      const weight: Weight = { ...tensor, start, bytes, stored };
      start += bytes;
      return weight;
    });
    return { files, weights };
  });
}

function inFolder(relative: string, file: string): string {
  const folder = path.dirname(file);
  const whole = path.resolve(folder, relative);
  const inside = path.relative(folder, whole);
  if (path.isAbsolute(relative) || inside.startsWith("..") || path.isAbsolute(inside) || relative.includes("\\"))
    throw new UserError(`${file} names weights outside its own folder (${relative}), which are not read.`);
  return whole;
}

function storedTensor(json: unknown, file: string): StoredTensor {
  const name = textIn(json, "name");
  const shape = listIn(json, "shape").map(wholeOf);
  if (name === undefined || shape.some((size) => size === undefined || size < 0))
    throw damaged(file, `the weight ${name ?? ""} has no sound shape`);
  const sizes = shape.map((size) => size ?? 0);
  if (!Number.isSafeInteger(elementCount(sizes)))
    throw damaged(file, `the weight ${name} of shape ${sizes.join("x")} is too large to be real`);
  return { name, shape: sizes, dtype: textIn(json, "dtype") ?? "float32" };
}

function storageOf(json: unknown, dtype: string): Weight["stored"] {
  const quantization = recordIn(json, "quantization");
  const { scale, min } = quantization ?? {};
  return {
    dtype: textIn(quantization, "dtype") ?? dtype,
    scale: typeof scale === "number" ? scale : 1,
    least: typeof min === "number" ? min : 0,
  };
}

/** A weight to be read. Throws UserError where the model has none of this name, or its file is missing; reading it, where it is cut off. */
export function openWeight(groups: readonly Group[], name: string, file: string): OpenTensor {
  for (const { files, weights } of groups) {
    const weight = weights.find((each) => each.name === name);
    if (!weight) continue;
    const { shape, dtype, start, bytes, stored } = weight;
    const missing = files.find((each) => !existsSync(each));
    if (missing !== undefined) throw new UserError(`${file} keeps ${name} in ${path.basename(missing)}, which is not there.`);
    const each = BYTES[stored.dtype];
    if (!Number.isFinite(start) || !Number.isFinite(bytes) || each === undefined)
      throw new UserError(`${name} in ${file} holds ${dtype}, which is not shown.`);
    const read = async (offset: number, count: number) => {
      const part = await bytesAt(files, start + offset * each, count * each);
      if (part.length < count * each) throw damaged(file, `its weight files end before ${name} does`);
      const data = toFloat32(part, stored.dtype) ?? new Float32Array(0);
      return data.map((value) => value * stored.scale + stored.least);
    };
    return { shape, dtype, read };
  }
  throw new UserError(`${file} has no weight ${name}.`);
}

/** The numbers of small whole-number constants and single real ones, by name, as far as their files are there. */
export async function smallConstants(groups: readonly Group[]): Promise<Map<string, readonly number[]>> {
  const values = new Map<string, readonly number[]>();
  for (const { files, weights } of groups) {
    const small = weights.filter(
      ({ stored, shape, bytes }) => elementCount(shape) <= (LIMITS[stored.dtype] ?? 0) && Number.isFinite(bytes),
    );
    if (small.length === 0 || !files.every(existsSync)) continue;
    for (const { name, start, bytes, stored } of small) {
      const read = Number.isFinite(start) ? await bytesAt(files, start, bytes) : undefined;
      const numbers = read?.length === bytes ? toFloat32(read, stored.dtype) : undefined;
      if (numbers) values.set(name, [...numbers]);
    }
  }
  return values;
}

/** Bytes of files laid end to end; fewer where the files end. */
async function bytesAt(files: readonly string[], start: number, length: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let before = 0;
  let left = length;
  for (const file of files) {
    if (left === 0) break;
    await withFile(file, (source) => {
      const from = start + (length - left) - before;
      const count = Math.min(left, source.size - from);
      if (from >= 0 && count > 0) {
        parts.push(source.read(from, count));
        left -= count;
      }
      before += source.size;
    });
  }
  return new Uint8Array(Buffer.concat(parts));
}
