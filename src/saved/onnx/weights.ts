import path from "node:path";
import { UserError } from "../../base/userError.js";
import { DTYPES } from "../../frameworks/onnx/dtypes.js";
import { MAX_ELEMENTS } from "../../frameworks/onnx/graph.js";
import { BYTES, toFloat32 } from "../numbers.js";
import { type ByteSource, section, withFile } from "../randomAccess.js";
import { elementCount, type OpenTensor, plainTensor, tensorInMemory } from "../tensors.js";
import { Cursor, type Span } from "./protobuf.js";
import type { TensorProto } from "./schema.js";

/** data_location of numbers in a file of their own. */
const EXTERNAL = 1;

/** A stored tensor's shape, checked against the bytes it has. Throws UserError where they cannot belong together. */
export function tensorShape(source: ByteSource, tensor: TensorProto): readonly number[] {
  const { dims, name, rawData } = tensor;
  const count = elementCount(dims);
  if (dims.some((size) => !Number.isSafeInteger(size) || size < 0) || !Number.isSafeInteger(count))
    throw new UserError(`${source.name} is damaged: its tensor ${name} would have the shape ${dims.join("x")}.`);
  const bytes = BYTES[dtypeOf(tensor)];
  if (rawData && bytes !== undefined && rawData.length !== count * bytes)
    throw new UserError(`${source.name} is damaged: its tensor ${name} of shape ${dims.join("x")} has ${rawData.length} bytes.`);
  return dims;
}

/** The numbers of a tensor that is small enough to be sizes, axes or scales; undefined for weights and for what is outside the file. */
export function smallElements(source: ByteSource, tensor: TensorProto): readonly number[] | undefined {
  const count = elementCount(tensor.dims);
  if (count > MAX_ELEMENTS || tensor.dims.length > 1 || tensor.dataLocation === EXTERNAL) return undefined;
  if (count === 0) return [];
  const elements = exactNumbers(source, tensor, count);
  return elements && elements.length === count ? elements : undefined;
}

/** Lets a tensor's numbers be read in parts. Throws UserError where the file or the one beside it does not hold them. */
export async function withNumbers<T>(source: ByteSource, tensor: TensorProto, use: (tensor: OpenTensor) => T | Promise<T>): Promise<T> {
  const { dims: shape, name, rawData } = tensor;
  const dtype = dtypeOf(tensor);
  const stored = { name, shape, dtype };
  const count = elementCount(shape);
  const enough = (length: number, each: number) => {
    if (length !== count * each)
      throw new UserError(`${source.name} is damaged: ${name} has ${Math.floor(length / each)} numbers for ${shape.join("x")}.`);
  };
  if (tensor.dataLocation === EXTERNAL) {
    return withExternal(source.name, tensor, count * (BYTES[dtype] ?? 0), (part) => {
      enough(part.size, BYTES[dtype] ?? 1);
      return use(plainTensor(part, stored));
    });
  }
  const span = rawData ?? (dtype === "float32" ? tensor.floatData : dtype === "float64" ? tensor.doubleData : undefined);
  if (span) {
    enough(span.length, BYTES[dtype] ?? 1);
    return use(plainTensor(section(source, span.offset, span.length), stored));
  }
  const data = fieldNumbers(source, tensor, dtype);
  if (data === undefined) throw new UserError(`${name} in ${source.name} holds ${dtype}, which is not shown.`);
  enough(data.length, 1);
  return use(tensorInMemory({ shape, dtype, data }));
}

function dtypeOf({ dataType }: TensorProto): string {
  return DTYPES[dataType ?? 0] ?? `type ${dataType ?? 0}`;
}

/** Numbers in a file beside the model's (ONNX, External Data): a relative path that must not leave the folder. */
async function withExternal<T>(
  model: string,
  tensor: TensorProto,
  bytes: number,
  use: (numbers: ByteSource) => T | Promise<T>,
): Promise<T> {
  const entry = (key: string) => tensor.externalData.find((each) => each.key === key)?.value;
  const location = entry("location") ?? "";
  const folder = path.dirname(model);
  const file = path.resolve(folder, location);
  const inside = path.relative(folder, file);
  if (location === "" || path.isAbsolute(location) || inside.startsWith("..") || path.isAbsolute(inside))
    throw new UserError(`${model} looks for ${tensor.name} in "${location}", which is outside its folder.`);
  const offset = Number(entry("offset") ?? 0);
  const length = Number(entry("length") ?? bytes);
  return withFile(file, (source) => use(section(source, offset, length)));
}

/** int64 would lose digits as float32. */
function exactNumbers(source: ByteSource, tensor: TensorProto, count: number): readonly number[] | undefined {
  const { rawData, int64Data } = tensor;
  if (dtypeOf(tensor) !== "int64") {
    const data = rawData
      ? toFloat32(source.read(rawData.offset, rawData.length), dtypeOf(tensor))
      : fieldNumbers(source, tensor, dtypeOf(tensor));
    return data && [...data];
  }
  if (int64Data) return varints(source, int64Data);
  if (rawData === undefined) return undefined;
  const bytes = source.read(rawData.offset, rawData.length);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: count }, (_, i) => Number(view.getBigInt64(8 * i, true)));
}

/** Numbers in the field of their type instead of as raw bytes. */
function fieldNumbers(source: ByteSource, tensor: TensorProto, dtype: string): Float32Array | undefined {
  const fixed = (span: Span | undefined, type: string) => span && toFloat32(source.read(span.offset, span.length), type);
  const packed = (span: Span | undefined) => span && varints(source, span);
  switch (dtype) {
    case "float32":
      return fixed(tensor.floatData, "float32");
    case "float64":
      return fixed(tensor.doubleData, "float64");
    case "int64":
      return floats(packed(tensor.int64Data));
    case "uint32":
    case "uint64":
      return floats(packed(tensor.uint64Data));
    case "float16":
    case "bfloat16":
      return bits(packed(tensor.int32Data), dtype);
    default:
      return BYTES[dtype] === undefined ? undefined : floats(packed(tensor.int32Data));
  }
}

const floats = (numbers: readonly number[] | undefined) => numbers && Float32Array.from(numbers);

/** Halves are stored as the integers of their bits. */
function bits(numbers: readonly number[] | undefined, dtype: string): Float32Array | undefined {
  return numbers && toFloat32(new Uint8Array(Uint16Array.from(numbers).buffer), dtype);
}

function varints(source: ByteSource, { offset, length }: Span): readonly number[] {
  const cursor = new Cursor(source);
  cursor.at = offset;
  cursor.end = offset + length;
  const numbers: number[] = [];
  while (cursor.at < cursor.end) numbers.push(cursor.varint());
  return numbers;
}
