// Tensors on disk, for checkpoints and snapshots:
//
//   8 bytes   "CNNLAB\x00\x01"
//   4 bytes   length of the header, unsigned, little endian; a multiple of four
//   header    JSON in UTF-8: { meta, tensors: [{ name, length }, ...] }, padded with spaces
//   data      the tensors one after another, float32, little endian
//   32 bytes  SHA-256 of all before: a torn or damaged file is told by it
import { createHash } from "node:crypto";
import { endianness } from "node:os";

const MAGIC = Buffer.from("CNNLAB\x00\x01", "latin1");
const HASH_BYTES = 32;

export type Tensors = ReadonlyMap<string, Float32Array>;

export interface TensorFile {
  /** Whatever else belongs to the tensors; plain JSON. */
  readonly meta: unknown;
  readonly tensors: Tensors;
}

export function encodeTensors({ meta, tensors }: TensorFile): Uint8Array {
  const list = [...tensors].map(([name, values]) => ({ name, length: values.length }));
  const json = Buffer.from(JSON.stringify({ meta, tensors: list }), "utf8");
  const header = Buffer.concat([json, Buffer.alloc((4 - (json.length % 4)) % 4, " ")]);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(header.length);
  const content = Buffer.concat([MAGIC, length, header, ...[...tensors.values()].map(littleEndian)]);
  return Buffer.concat([content, createHash("sha256").update(content).digest()]);
}

/** Undefined for anything that is not, to the last byte, what `encodeTensors` made. */
export function decodeTensors(file: Uint8Array): TensorFile | undefined {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  const end = bytes.length - HASH_BYTES;
  if (end < MAGIC.length + 4 || !bytes.subarray(0, MAGIC.length).equals(MAGIC)) return undefined;
  if (!createHash("sha256").update(bytes.subarray(0, end)).digest().equals(bytes.subarray(end))) return undefined;
  let at = MAGIC.length + 4;
  const headerEnd = at + bytes.readUInt32LE(MAGIC.length);
  const header = JSON.parse(bytes.toString("utf8", at, headerEnd)) as {
    readonly meta: unknown;
    readonly tensors: readonly { readonly name: string; readonly length: number }[];
  };
  const tensors = new Map<string, Float32Array>();
  at = headerEnd;
  for (const { name, length } of header.tensors) {
    const values = new Float32Array(length);
    Buffer.from(values.buffer).set(bytes.subarray(at, at + values.byteLength));
    tensors.set(name, swapWhereBigEndian(values));
    at += values.byteLength;
  }
  return { meta: header.meta, tensors };
}

function littleEndian(values: Float32Array): Buffer {
  const inOrder = swapWhereBigEndian(values);
  return Buffer.from(inOrder.buffer, inOrder.byteOffset, inOrder.byteLength);
}

function swapWhereBigEndian(values: Float32Array): Float32Array {
  if (endianness() === "LE") return values;
  const copy = values.slice();
  Buffer.from(copy.buffer).swap32();
  return copy;
}
