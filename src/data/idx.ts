import { readFile } from "node:fs/promises";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { UserError } from "../base/userError.js";

// The IDX format of MNIST: two zero bytes, the type (8: unsigned bytes), the number of axes, each axis as 32 bits big-endian, the numbers.

export interface IdxImages {
  readonly count: number;
  /** [height, width, channels] */
  readonly shape: readonly [number, number, number];
  readonly bytes: Uint8Array;
}

const UNSIGNED_BYTE = 8;

/** Reads a file, unpacking what is compressed. Throws UserError naming it. */
export async function readPossiblyGzipped(file: string): Promise<Uint8Array> {
  const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    throw new UserError(`${file} cannot be read (${error.code ?? error.message}).`, "dataInvalid");
  });
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  return promisify(gunzip)(bytes).catch(() => {
    throw new UserError(`${file} is a damaged gzip file (perhaps cut off while it was downloaded); get it again.`, "dataInvalid");
  });
}

/** Pictures: [count, height, width] or [count, height, width, channels]. `file` is for messages. Throws UserError. */
export function parseIdxImages(bytes: Uint8Array, file: string): IdxImages {
  const { sizes, data } = parseIdx(bytes, file, [3, 4], "images");
  const [count = 0, height = 0, width = 0, channels = 1] = sizes;
  if (height * width * channels === 0) throw new UserError(`${file} holds pictures of size ${height}x${width}x${channels}.`, "dataInvalid");
  return { count, shape: [height, width, channels], bytes: data };
}

/** Class indexes: [count]. Throws UserError. */
export function parseIdxLabels(bytes: Uint8Array, file: string): Int32Array {
  return Int32Array.from(parseIdx(bytes, file, [1], "labels").data);
}

function parseIdx(bytes: Uint8Array, file: string, axes: readonly number[], what: string): { sizes: number[]; data: Uint8Array } {
  const fail = (reason: string): never => {
    throw new UserError(`${file} ${reason}`, "dataInvalid");
  };
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 4) return fail(`is no IDX file: it has only ${bytes.length} bytes.`);
  const magic = view.getUint32(0);
  const rank = magic & 255;
  if (magic >>> 8 !== UNSIGNED_BYTE || !axes.includes(rank)) {
    const expected = axes.map((axis) => hex((UNSIGNED_BYTE << 8) | axis)).join(" or ");
    return fail(`is no IDX file of ${what}: it begins with ${hex(magic)}, not with ${expected}.`);
  }
  const header = 4 + 4 * rank;
  if (bytes.length < header) return fail(`is cut off: it ends in its own header, after ${bytes.length} bytes.`);
  const sizes = Array.from({ length: rank }, (_, axis) => view.getUint32(4 + 4 * axis));
  const expected = sizes.reduce((product, size) => product * size, 1);
  const data = bytes.subarray(header);
  if (sizes[0] === 0) return fail(`holds no ${what}.`);
  if (data.length < expected)
    return fail(`is cut off: it has ${data.length} of the ${expected} bytes that ${sizes.join("x")} ${what} take.`);
  if (data.length > expected)
    return fail(`is longer than its header says: ${data.length} bytes where ${sizes.join("x")} ${what} take ${expected}.`);
  return { sizes, data };
}

const hex = (magic: number) => `0x${magic.toString(16).padStart(8, "0")}`;
