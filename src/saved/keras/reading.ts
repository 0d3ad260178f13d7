import path from "node:path";
import { NOWHERE } from "../../base/text.js";
import { UserError } from "../../base/userError.js";
import { type Datum, isRecord } from "../../frameworks/keras/layers/data.js";
import { edgesOf, readLayers, totalOf } from "../../reading/fromTrace.js";
import type { ModelReading, StoredTensor } from "../../reading/types.js";
import { isModelConfig, readConfig } from "./config.js";
import { applyModel } from "./graph.js";
import { storedNames } from "./storedNames.js";

/** What a saved model is told as; its graph from its config, its weights as they are stored. Throws UserError where it is damaged. */
export function readingOf(config: Datum, framework: "keras" | "tfjs", file: string, tensors: readonly StoredTensor[]): ModelReading {
  const target = path.basename(file);
  const nothing: ModelReading = {
    framework,
    layout: "NHWC",
    target,
    inputs: [],
    inputOrigin: "file",
    layers: [],
    edges: [],
    outputs: [],
    totalParameters: undefined,
    lines: [],
    tensors,
    problems: [],
  };
  if (!isModelConfig(config)) return { ...nothing, problems: [{ ...UNKNOWN, message: ownClass(config) }] };
  const model = readConfig(config, file);
  const { trace, inputs, outputs, problems } = applyModel(model, file);
  const names = storedNames(model, tensors);
  return {
    ...nothing,
    layout: trace.applications.length > 0 && usesChannelsFirst(config) ? "NCHW" : "NHWC",
    inputs: inputs.flatMap(({ shape }) => (shape ? [shape] : [])),
    layers: readLayers(trace, file).map((layer) => {
      const { owner, parameters = [] } = layer.application ?? {};
      return { ...layer, range: undefined, weights: names(owner, parameters) };
    }),
    edges: edgesOf(trace),
    outputs: outputs.map((tensor) => tensor?.shape),
    ends: { inputs, outputs: outputs.flatMap((tensor) => tensor ?? []) },
    totalParameters: totalOf(trace),
    problems,
  };
}

const UNKNOWN = { range: NOWHERE, severity: "warning", code: "unknown-layer", fixes: [] } as const;

function ownClass(config: Datum): string {
  const className = isRecord(config) && typeof config["class_name"] === "string" ? config["class_name"] : "an unknown class";
  return `the model is of the class ${className} of the program that saved it, which is not in the file: only its weights are known`;
}

function usesChannelsFirst(config: Datum): boolean {
  return JSON.stringify(config).includes('"data_format":"channels_first"');
}

/** Parses a config, which Python may have written with numbers that JSON has not. Throws UserError where it is none. */
export function parseConfig(text: string, file: string): Datum {
  for (const candidate of [text, text.replace(/(?<=[:,[]\s*)(-?Infinity|NaN)(?=\s*[,}\]])/g, "null")]) {
    try {
      return JSON.parse(candidate) as Datum;
    } catch {
      // The other spelling is tried, then given up.
    }
  }
  throw new UserError(`${file} is a damaged Keras model: its configuration is no JSON.`);
}
