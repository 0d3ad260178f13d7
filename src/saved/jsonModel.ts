import { UserError } from "../base/userError.js";
import type { ByteSource } from "./randomAccess.js";

/** Topologies of very large models have a few megabytes. */
const MAX_JSON = 64 * 1024 * 1024;

/** Whether JSON is a model of TensorFlow.js, and of which kind; undefined for other JSON. */
export function isTfjsModel(source: ByteSource): "tfjsLayers" | "tfjsGraph" | undefined {
  if (source.size > MAX_JSON) return undefined;
  const json = parse(source);
  if (!isRecord(json)) return undefined;
  const topology = json["modelTopology"];
  if (json["format"] === "graph-model" || (isRecord(topology) && Array.isArray(topology["node"]))) return "tfjsGraph";
  if (json["format"] === "layers-model" || isRecord(topology)) return "tfjsLayers";
  // Written by Keras' to_json(), or the topology by itself.
  if (typeof json["class_name"] === "string" && isRecord(json["config"])) return "tfjsLayers";
  return undefined;
}

function parse(source: ByteSource): unknown {
  const text = new TextDecoder().decode(source.read(0, source.size));
  try {
    return JSON.parse(text);
  } catch {
    if (/"modelTopology"|"weightsManifest"/.test(text.slice(0, 4096)))
      throw new UserError(`${source.name} is a model of TensorFlow.js that is cut off or damaged: it is no JSON.`);
    return undefined;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
