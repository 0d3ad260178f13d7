import type { Library } from "../../../interpret/library.js";
import { type ModuleValue, type NativeFunction, NONE, unknown, type Value } from "../../../interpret/values.js";
import { application } from "../applications/table.js";
import { functionOf } from "./applyFunction.js";
import { constant, tensorFunction } from "./backend.js";
import { configured } from "./configured.js";
import { DATASETS, dataset } from "./data.js";
import { imagenetFunction } from "./imagenet.js";
import { LAYER, layerClass } from "./layerClasses.js";
import { MERGE_FUNCTIONS } from "./mergeFunctions.js";
import { loadModel, MODEL, makeInput, SEQUENTIAL, sourceTensors } from "./models.js";
import { same } from "./operations.js";
import { TENSOR_OPERATORS } from "./operators.js";

const input: NativeFunction = { kind: "native", name: "keras.Input", call: (args, { interpreter }) => makeInput(args, interpreter) };

/** Decorators that leave what they decorate as it is, with and without arguments. */
const decorator: NativeFunction = {
  kind: "native",
  name: "decorator",
  call: ({ positional: [value] }) => (value?.kind === "function" || value?.kind === "class" ? value : identity),
};
const identity: NativeFunction = { kind: "native", name: "decorator", call: ({ positional: [value = NONE] }) => value };
const DECORATORS = new Set([
  "keras_export",
  "register_keras_serializable",
  "function",
  "tf_export",
  "custom_gradient",
  "autograph",
  "do_not_convert",
]);

/** Scales images the way a network of keras.applications was trained with. */
const PREPROCESS = functionOf("preprocess_input", same);

const MODELS: ReadonlyMap<string, Value> = new Map<string, Value>([
  ["Model", MODEL],
  ["Functional", MODEL],
  ["Sequential", SEQUENTIAL],
  ["Input", input],
  ["load_model", { kind: "native", name: "keras.models.load_model", call: loadModel }],
  ["Layer", LAYER],
]);

/** Parts of Keras and TensorFlow with modules of their own; of others nothing is known. */
const MODULES = new Set(
  (
    "keras src api layers models backend datasets applications utils optimizers losses metrics callbacks regularizers initializers activations " +
    "constraints preprocessing ops saving random engine topology training python compat v1 v2 nn math image linalg data random_ops tensorflow_backend " +
    "imagenet_utils file_utils operation_utils layer_utils api_export core convolutional pooling normalization advanced_activations embeddings recurrent " +
    "wrappers noise base_layer input_layer sequential functional model layer"
  ).split(" "),
);

const FRAMEWORKS = ["keras", "tensorflow", "tf_keras", "keras_core", "keras_applications"];

/** A module by its path: members by what they are called, whatever version put them there. */
function moduleOf(path: string): ModuleValue {
  return { kind: "module", name: path, get: (name) => member(path, name) };
}

function member(path: string, name: string): Value | undefined {
  if (DECORATORS.has(name)) return decorator;
  const parts = path.split(".");
  const isTensorFlow = parts[0] === "tensorflow" && !parts.includes("keras");
  if (parts.includes("datasets")) return inDatasets(parts, name);
  if (name === "datasets") return DATASETS;
  if (name === "get_source_inputs") {
    return { kind: "native", name, call: ({ positional: [tensor = NONE] }) => sourceTensors(tensor) };
  }
  const found =
    imagenetFunction(name) ?? (parts.includes("applications") || parts.at(-1) === "keras_applications" ? application(name) : undefined);
  if (found) return found;
  if (name === "preprocess_input") return PREPROCESS;
  if (isTensorFlow && (name === "Variable" || name === "constant")) return constant;
  const computes = isTensorFlow || parts.some((part) => ["backend", "ops", "activations", "random", "tensorflow_backend"].includes(part));
  if (computes) {
    const operation = tensorFunction(path, name);
    if (operation) return operation;
  }
  if (!isTensorFlow) {
    const layers = parts.includes("layers") || parts.at(-1) === "keras" || parts.at(-1) === "src";
    const own = MODELS.get(name) ?? (layers ? (layerClass(name) ?? MERGE_FUNCTIONS.get(name)) : undefined) ?? configured(name);
    // layers.merge is a function of Keras 1 as well as a module of Keras 2.
    if (own) return own;
  }
  if (MODULES.has(name) || (parts.at(-1) === "applications" && name === name.toLowerCase())) return moduleOf(`${path}.${name}`);
  return unknown(`${path}.${name} is not known`);
}

function inDatasets(parts: readonly string[], name: string): Value | undefined {
  const set = dataset(parts.at(-1) ?? "");
  return set?.kind === "module" ? set.get(name) : dataset(name);
}

/** Keras in all its versions, alone and as a part of TensorFlow, and what models use of TensorFlow itself. */
export const KERAS_LIBRARY: Library = {
  module: (name) => (FRAMEWORKS.includes(name.split(".")[0] ?? "") ? moduleOf(name) : undefined),
  tensors: TENSOR_OPERATORS,
};
