import { UserError } from "../../base/userError.js";
import { type Datum, type DatumRecord, isArray, isRecord } from "../../frameworks/keras/layers/data.js";

/** A tensor of a model: which call of which layer made it, and which of the results it is. */
export interface TensorReference {
  readonly layer: string;
  readonly call: number;
  readonly result: number;
}

/** A layer as a saved config says it, or a model in a layer's place. */
export interface ConfiguredLayer {
  /** How references call it: its name, or its place in a sequence, where names may repeat. */
  readonly key: string;
  readonly name: string;
  readonly className: string;
  /** Keras' module of the class ("keras.layers"); "" where the config does not say. */
  readonly module: string;
  readonly data: DatumRecord;
  readonly inner: ConfiguredModel | undefined;
  readonly calls: readonly ConfiguredCall[];
}

/** One call of a layer: the tensors it gets, and all it gets as the config says it. */
export interface ConfiguredCall {
  readonly tensors: readonly TensorReference[];
  readonly json: Datum;
}

/** A model as a saved config says it: a graph, to which a sequence of layers is one too. */
export interface ConfiguredModel {
  readonly name: string;
  readonly layers: readonly ConfiguredLayer[];
  readonly inputs: readonly TensorReference[];
  readonly outputs: readonly TensorReference[];
}

const MODELS = ["Sequential", "Functional", "Model"];
/** Models inside models, at most. */
const DEEPEST = 50;

export function isModelConfig(config: Datum): boolean {
  const className = isRecord(config) ? config["class_name"] : undefined;
  return typeof className === "string" && MODELS.includes(className);
}

/** The model of `{ class_name, config }`. Throws UserError where it is damaged. */
export function readConfig(json: Datum, file: string, depth = 0): ConfiguredModel {
  if (depth > DEEPEST) throw damaged(file, "its models are nested without end");
  const className = isRecord(json) ? json["class_name"] : undefined;
  const config = isRecord(json) ? json["config"] : undefined;
  const listed = isRecord(config) ? config["layers"] : config;
  if (!isArray(listed)) throw damaged(file, `its ${typeof className === "string" ? className : "model"} has no list of layers`);
  const name = isRecord(config) && typeof config["name"] === "string" ? config["name"] : "model";
  const layers = listed.map((layer, i) => readLayer(layer, i, file, depth));
  const names = new Set(layers.map((layer) => layer.name));
  if (names.size < layers.length && className !== "Sequential") throw damaged(file, "two of its layers have the same name");
  if (className === "Sequential") return inSequence(name, layers, buildShape(json, config));
  const ends = (key: string) => references(isRecord(config) ? config[key] : undefined);
  return { name, layers, inputs: ends("input_layers"), outputs: ends("output_layers") };
}

function readLayer(json: Datum, index: number, file: string, depth: number): ConfiguredLayer {
  if (!isRecord(json) || typeof json["class_name"] !== "string") throw damaged(file, `layer ${index + 1} of its config is no layer`);
  const config = isRecord(json["config"]) ? json["config"] : {};
  const named = json["name"] ?? config["name"];
  const className = json["class_name"].replace(/^.*>/, "");
  const nodes = json["inbound_nodes"];
  const name = typeof named === "string" ? named : `${className.toLowerCase()}_${index + 1}`;
  return {
    key: name,
    name,
    className,
    module: typeof json["module"] === "string" ? json["module"] : "",
    data: config,
    inner: isModelConfig(json) ? readConfig(json, file, depth + 1) : undefined,
    calls: isArray(nodes) ? nodes.map((json) => ({ tensors: references(json), json })) : [],
  };
}

/** Sequences are chains; where the first layer says the input, an input layer is put in front. */
function inSequence(name: string, layers: readonly ConfiguredLayer[], built: Datum): ConfiguredModel {
  const [first] = layers;
  const stated = first?.data["batch_input_shape"] ?? first?.data["batch_shape"] ?? built ?? null;
  const input: ConfiguredLayer = { ...INPUT, name: "(input)", data: { batch_shape: stated } };
  const all = first?.className === "InputLayer" ? layers : [input, ...layers];
  const chained = all.map((layer, i): ConfiguredLayer => {
    const calls = i > 0 ? [{ tensors: [{ layer: `${i - 1}`, call: 0, result: 0 }], json: null }] : [];
    return { ...layer, key: `${i}`, calls };
  });
  const last = { layer: `${Math.max(0, all.length - 1)}`, call: 0, result: 0 };
  return { name, layers: chained, inputs: [{ layer: "0", call: 0, result: 0 }], outputs: [last] };
}

const INPUT: ConfiguredLayer = { key: "", name: "", className: "InputLayer", module: "", data: {}, inner: undefined, calls: [] };

function buildShape(json: Datum, config: Datum): Datum {
  const build = isRecord(json) && isRecord(json["build_config"]) ? json["build_config"]["input_shape"] : undefined;
  return build ?? (isRecord(config) ? config["build_input_shape"] : undefined);
}

/** Every reference in a piece of config, in order: ["conv2d", 0, 0, {}] of Keras 2, keras_history of Keras 3. Without recursion. */
function references(json: Datum): TensorReference[] {
  const found: TensorReference[] = [];
  const open: Datum[] = [json];
  while (open.length > 0) {
    const next = open.pop();
    if (isArray(next)) {
      const reference = asReference(next);
      const isConstant = next[0] === CONSTANT;
      if (reference) found.push(reference);
      if (reference || isConstant) {
        if (isRecord(next[3])) open.push(...Object.values(next[3]).reverse());
      } else open.push(...[...next].reverse());
    } else if (isRecord(next)) open.push(...Object.values(next).reverse());
  }
  return found;
}

/** Stands for a layer where a call gets a number: ["_CONSTANT_VALUE", -1, 2.0]. */
export const CONSTANT = "_CONSTANT_VALUE";

/** ["conv2d", 0, 0] and what may follow, as a reference; undefined where it is none. */
export function asReference([layer, call, result]: readonly Datum[]): TensorReference | undefined {
  const isOne = typeof layer === "string" && layer !== CONSTANT && typeof call === "number" && typeof result === "number";
  return isOne ? { layer, call, result } : undefined;
}

export function damaged(file: string, why: string): UserError {
  return new UserError(`${file} is a damaged Keras model: ${why}.`);
}
