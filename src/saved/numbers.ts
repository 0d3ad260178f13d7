// How numbers of weights are stored, and how they become float32.

/** Bytes each number takes; names are PyTorch's and ONNX' own ("float32", "bfloat16", "int64"). */
export const BYTES: Readonly<Record<string, number>> = {
  float64: 8,
  float32: 4,
  float16: 2,
  bfloat16: 2,
  float8_e4m3fn: 1,
  float8_e5m2: 1,
  int64: 8,
  int32: 4,
  int16: 2,
  int8: 1,
  uint64: 8,
  uint32: 4,
  uint16: 2,
  uint8: 1,
  bool: 1,
  complex64: 8,
  complex128: 16,
};

type Read = (view: DataView, at: number) => number;

const READ: Readonly<Record<string, Read>> = {
  float64: (view, at) => view.getFloat64(at, true),
  float32: (view, at) => view.getFloat32(at, true),
  float16: (view, at) => half(view.getUint16(at, true), 5, 10),
  bfloat16: (view, at) => half(view.getUint16(at, true), 8, 7),
  float8_e4m3fn: (view, at) => e4m3fn(view.getUint8(at)),
  float8_e5m2: (view, at) => half(view.getUint8(at), 5, 2),
  int64: (view, at) => Number(view.getBigInt64(at, true)),
  int32: (view, at) => view.getInt32(at, true),
  int16: (view, at) => view.getInt16(at, true),
  int8: (view, at) => view.getInt8(at),
  uint64: (view, at) => Number(view.getBigUint64(at, true)),
  uint32: (view, at) => view.getUint32(at, true),
  uint16: (view, at) => view.getUint16(at, true),
  uint8: (view, at) => view.getUint8(at),
  bool: (view, at) => view.getUint8(at),
};

/** Little-endian numbers as float32; undefined for kinds that are no real numbers (complex, packed 4-bit). */
export function toFloat32(bytes: Uint8Array, dtype: string): Float32Array | undefined {
  const read = READ[dtype];
  const size = BYTES[dtype];
  if (read === undefined || size === undefined) return undefined;
  if (dtype === "float32") return new Float32Array(bytes.slice().buffer, 0, bytes.length >> 2);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Float32Array.from({ length: Math.floor(bytes.length / size) }, (_, i) => read(view, i * size));
}

/** A binary float as IEEE 754 lays it out: sign, exponent, fraction. */
function half(bits: number, exponentBits: number, fractionBits: number): number {
  const sign = bits >> (exponentBits + fractionBits) ? -1 : 1;
  const largest = (1 << exponentBits) - 1;
  const exponent = (bits >> fractionBits) & largest;
  const fraction = (bits & ((1 << fractionBits) - 1)) / (1 << fractionBits);
  const bias = largest >> 1;
  if (exponent === largest) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (exponent === 0 ? fraction * 2 ** (1 - bias) : (1 + fraction) * 2 ** (exponent - bias));
}

/** The 8-bit float without infinities: only all ones is no number. */
function e4m3fn(bits: number): number {
  if ((bits & 0x7f) === 0x7f) return Number.NaN;
  const sign = bits & 0x80 ? -1 : 1;
  const exponent = (bits >> 3) & 0xf;
  const fraction = (bits & 7) / 8;
  return sign * (exponent === 0 ? fraction * 2 ** -6 : (1 + fraction) * 2 ** (exponent - 7));
}
