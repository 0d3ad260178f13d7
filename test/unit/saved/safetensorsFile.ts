/** A safetensors file with this header, as JSON or as the text given, and this many bytes of numbers. */
export function safetensorsFile(header: unknown, bytes: Uint8Array): Uint8Array {
  const text = Buffer.from(typeof header === "string" ? header : JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(text.length));
  return Buffer.concat([length, text, bytes]);
}
