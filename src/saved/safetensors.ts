import path from "node:path";
import { UserError } from "../base/userError.js";
import type { ModelReading } from "../reading/types.js";
import { BYTES } from "./numbers.js";
import { type ByteSource, section, withFile } from "./randomAccess.js";
import { checkpointReading, elementCount, plainTensor, type WithTensors } from "./tensors.js";

/** Room for a quarter of a million tensors; what is longer would take seconds to parse. */
const MAX_HEADER = 32_000_000;

/** The format's names of types, as PyTorch names them. */
const DTYPES: Readonly<Record<string, string>> = {
  F64: "float64",
  F32: "float32",
  F16: "float16",
  BF16: "bfloat16",
  F8_E4M3: "float8_e4m3fn",
  F8_E5M2: "float8_e5m2",
  I64: "int64",
  I32: "int32",
  I16: "int16",
  I8: "int8",
  U64: "uint64",
  U32: "uint32",
  U16: "uint16",
  U8: "uint8",
  BOOL: "bool",
  C64: "complex64",
};

interface Entry {
  readonly name: string;
  readonly dtype: string;
  readonly shape: readonly number[];
  /** In the file. */
  readonly start: number;
  readonly end: number;
}

/** Reads the header of a safetensors file: names, shapes and types of its tensors, as they lie in the file. */
export async function readSafetensors(file: string): Promise<ModelReading> {
  return withFile(file, (source) => {
    const tensors = readHeader(source).map(({ name, shape, dtype }) => ({ name, shape, dtype }));
    return checkpointReading("safetensors", path.basename(file), tensors);
  });
}

/** Throws UserError where there is no tensor of this name, or its type is no real number. */
export const withSafetensors: WithTensors = (file, use) =>
  withFile(file, (source) => {
    const entries = readHeader(source);
    return use(async (name, useOne) => {
      const entry = entries.find((each) => each.name === name);
      if (entry === undefined) throw new UserError(`${file} has no tensor ${name}.`);
      return useOne(plainTensor(section(source, entry.start, entry.end - entry.start), entry));
    });
  });

function readHeader(source: ByteSource): Entry[] {
  const broken = (why: string) => new UserError(`${source.name} is a damaged safetensors file: ${why}.`);
  const lengthBytes = source.read(0, 8);
  const length = Number(new DataView(lengthBytes.buffer, lengthBytes.byteOffset).getBigUint64(0, true));
  if (length > MAX_HEADER || length > source.size - 8) throw broken(`its header would have ${length} bytes`);
  const header = parse(new TextDecoder().decode(source.read(8, length)));
  if (header === undefined) throw broken("its header is no JSON object");
  const start = 8 + length;
  const entries = Object.entries(header)
    .filter(([name]) => name !== "__metadata__")
    .map(([name, value]) => {
      const { dtype, shape, data_offsets: offsets } = isRecord(value) ? value : {};
      if (typeof dtype !== "string") throw broken(`${name} has no type`);
      if (!isSizes(shape)) throw broken(`${name} has no shape`);
      if (!isSizes(offsets) || offsets.length !== 2) throw broken(`${name} does not say where its numbers are`);
      const [begin = 0, end = 0] = offsets;
      if (end < begin || start + end > source.size) throw broken(`the numbers of ${name} would be at ${begin} to ${end}, beyond its end`);
      const type = DTYPES[dtype] ?? dtype.toLowerCase();
      const bytes = BYTES[type];
      if (bytes !== undefined && elementCount(shape) * bytes !== end - begin)
        throw broken(`${name} of shape ${shape.join("x") || "scalar"} and type ${type} cannot take ${end - begin} bytes`);
      return { name, dtype: type, shape, start: start + begin, end: start + end };
    })
    .sort((a, b) => a.start - b.start);
  entries.reduce(
    (before, entry) => {
      if (entry.start < before.end) throw broken(`the numbers of ${before.name} and ${entry.name} overlap`);
      return entry.end > entry.start ? entry : before;
    },
    { name: "", end: 0 },
  );
  return entries;
}

function parse(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const json: unknown = JSON.parse(text);
    return isRecord(json) ? json : undefined;
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isSizes(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every((size) => Number.isSafeInteger(size) && size >= 0);
}
