import type { ByteSource } from "../randomAccess.js";
import { Cursor } from "./protobuf.js";

const IR_VERSION = 1;
const GRAPH = 7;
/** Numbers of ModelProto's fields. */
const KNOWN = new Set([1, 2, 3, 4, 5, 6, 7, 8, 14, 20, 25, 26]);

/** ONNX has no magic number: whether the outermost fields are those of a model with a graph. Passes over what they hold. */
export function looksLikeOnnx(source: ByteSource): boolean {
  const cursor = new Cursor(source);
  const met = new Set<number>();
  try {
    while (cursor.at < cursor.end) {
      const tag = cursor.varint();
      const field = Math.floor(tag / 8);
      if (!KNOWN.has(field) || met.size > 10_000) return source.name.endsWith(".onnx") && met.has(GRAPH);
      cursor.skip(tag % 8);
      met.add(field);
    }
  } catch {
    // Cut off or broken: a file that is named as a model and starts as one is told what is wrong by its reader.
    return source.name.endsWith(".onnx") && met.size > 0;
  }
  return met.has(GRAPH) && (met.has(IR_VERSION) || source.name.endsWith(".onnx"));
}
