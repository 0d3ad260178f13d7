import { programError } from "../../interpret/errors.js";
import type { Library } from "../../interpret/library.js";
import { type ClassValue, type ModuleValue, type NativeFunction, NONE, unknown, type Value } from "../../interpret/values.js";
import { LAYER, libraryClass, makeLayer } from "./classes.js";
import { configData, Described, field, sizesOf } from "./data.js";
import { symbolic } from "./graph.js";
import { LAYER_CLASSES, similarLayer } from "./layerTable.js";
import { LAYERS_MODEL, makeModel, makeSequential, SEQUENTIAL } from "./models.js";
import { operation } from "./operations/table.js";
import { tensorOperations } from "./tensors.js";

function native(name: string, call: NativeFunction["call"]): NativeFunction {
  return { kind: "native", name, call };
}

function namespace(name: string, get: (member: string) => Value | undefined): ModuleValue {
  return { kind: "module", name, get };
}

const input = native("tf.input", ({ positional: [config] }, { place }) => {
  const batch = sizesOf(field(config, "batchShape"));
  const shape = sizesOf(field(config, "shape"));
  return batch || shape
    ? symbolic(batch ?? [undefined, ...(shape ?? [])])
    : unknown(`the shape of the input at ${place.file} is not known`);
});

const classes = new Map<string, ClassValue>();

/** tf.layers.conv2d and its kin make instances of classes that are theirs alone. */
function layerMaker(name: string, className: string): NativeFunction {
  const cls = classes.get(className) ?? libraryClass(className, [LAYER], []);
  classes.set(className, cls);
  return native(`tf.layers.${name}`, (args, call) => makeLayer(cls, className, args, call));
}

const LAYERS = namespace("tf.layers", (name) => {
  if (name === "Layer") return LAYER;
  if (name === "input") return input;
  const className = LAYER_CLASSES.get(name);
  if (className) return layerMaker(name, className);
  const meant = similarLayer(name);
  if (!meant) return undefined;
  return native(`tf.layers.${name}`, (_, { place }) => {
    throw programError("no-such-layer", `tf.layers.${name} is not a function; tf.layers.${meant} is`, place);
  });
});

/** Initializers and regularizers keep what they are made of. */
const describing = (name: string) =>
  namespace(name, (member) =>
    native(`${name}.${member}`, ({ positional: [config] }, { place }) => {
      const cls = libraryClass(member, [], []);
      const payload = new Described(member, config?.kind === "dictionary" ? configData(config) : {});
      return { kind: "instance", class: cls, fields: new Map(), place, payload };
    }),
  );

const IMAGE = namespace("tf.image", operation);

/** Functions that call what they are given and answer what that answers. */
const calls = (name: string) =>
  native(name, ({ positional }, call) => {
    const callee = positional.at(-1);
    return callee ? call.interpreter.call(callee, [], call.place) : NONE;
  });

const same = (name: string) => native(name, ({ positional: [value = NONE] }) => value);

const loaded = (name: string) => native(name, () => unknown("the model is loaded when the program runs"));

const quiet = (name: string) => native(name, () => NONE);

const MEMBERS: ReadonlyMap<string, Value> = new Map<string, Value>([
  ["layers", LAYERS],
  ["initializers", describing("tf.initializers")],
  ["regularizers", describing("tf.regularizers")],
  ["image", IMAGE],
  ["LayersModel", LAYERS_MODEL],
  ["Sequential", SEQUENTIAL],
  ["sequential", native("tf.sequential", ({ positional: [config] }, call) => makeSequential(config, call))],
  ["model", native("tf.model", ({ positional: [config] }, call) => makeModel(config, call))],
  ["input", input],
  ["Input", input],
  ["tidy", calls("tf.tidy")],
  ["profile", calls("tf.profile")],
  ["time", calls("tf.time")],
  ["keep", same("tf.keep")],
  ["loadLayersModel", loaded("tf.loadLayersModel")],
  ["loadGraphModel", loaded("tf.loadGraphModel")],
  ...[
    "dispose",
    "disposeVariables",
    "setBackend",
    "ready",
    "nextFrame",
    "enableProdMode",
    "enableDebugMode",
    "registerCallbackConstructor",
  ].map((name): [string, Value] => [name, quiet(`tf.${name}`)]),
  ["serialization", namespace("tf.serialization", (name) => quiet(`tf.serialization.${name}`))],
  ["util", namespace("tf.util", (name) => (name === "assert" ? quiet("tf.util.assert") : undefined))],
]);

const TF: ModuleValue = namespace("tf", (name) => (name === "default" ? TF : (MEMBERS.get(name) ?? operation(name))));

/** Packages that are `tf`, or parts of it. */
const PACKAGE =
  /^(?:npm:)?@tensorflow\/tfjs(?:-(?:node|node-gpu|core|layers|react-native))?(?:@[^/]*)?(?:\/.*)?$|^https?:\/\/.*\/@tensorflow\/tfjs(?:-\w+)?(?:@.*)?$/;

export const library: Library = {
  module: (name) => (PACKAGE.test(name) ? TF : undefined),
  tensors: tensorOperations,
};

/** What pages have without an import: TensorFlow.js calls itself `tf` there. */
export const PAGE_GLOBALS: ReadonlyMap<string, Value> = new Map([["tf", TF]]);
