import { keywordFix } from "../../../interpret/problem.js";
import type { TracedParameter } from "../../../interpret/trace.js";
import {
  type Arguments,
  type Call,
  type ClassValue,
  type InstanceValue,
  type InterpreterApi,
  list,
  NONE,
  type Place,
  text,
  unknown,
  type Value,
} from "../../../interpret/values.js";
import { nameOf } from "../layers/automaticNames.js";
import type { Datum } from "../layers/data.js";
import type { KerasLayer } from "../layers/layer.js";
import { kerasLayer } from "../layers/table.js";
import { getters, libraryClass, methods } from "./classTools.js";
import { constructorArguments } from "./constructorArguments.js";
import { shapeValue, sizesOf } from "./datum.js";
import { firstNode } from "./graph.js";
import { reportLayer } from "./record.js";
import { callLayer } from "./run.js";
import { imageDataFormat } from "./settings.js";
import { LayerState, layerState } from "./state.js";
import { tensorValue } from "./tensors.js";

/** What a class of the program says to the constructor of Layer or Model. */
function initialize(self: InstanceValue, args: Arguments, { interpreter }: Call): Value {
  const name = args.named.get("name");
  const data = name?.kind === "string" ? { name: name.value } : {};
  const { name: className } = self.class;
  self.payload ??= new LayerState(className, undefined, data, nameOf(data.name, className, interpreter), self.place, new Map(), false);
  return NONE;
}

/** self.add_weight(shape, ...) of Keras 2 and 3, add_weight(name, shape, ...) of Keras 1; add_variable too. */
function addWeight(self: InstanceValue, { positional, named }: Arguments): Value {
  const byPosition = positional.filter((value) => value.kind !== "string");
  const shape = named.get("shape") ?? byPosition[0];
  const sizes = shape ? sizesOf(shape) : [];
  const nameValue = named.get("name") ?? positional.find((value) => value.kind === "string");
  const trainable = named.get("trainable");
  const weight: TracedParameter = {
    name: nameValue?.kind === "string" ? nameValue.value : "weight",
    shape: sizes ?? [undefined],
    trainable: !(trainable?.kind === "boolean" && !trainable.value),
    counted: true,
  };
  const state = layerState(self);
  if (state && "weights" in state) state.weights.push(weight);
  return tensorValue(sizes);
}

const harmless = () => NONE;

export const LAYER = libraryClass(
  "Layer",
  [],
  [
    ...methods({
      __init__: initialize,
      __call__: callLayer,
      add_weight: addWeight,
      add_variable: addWeight,
      build: harmless,
      add_loss: harmless,
      add_metric: harmless,
      set_weights: harmless,
      load_weights: harmless,
      get_config: () => ({ kind: "dictionary", entries: new Map() }),
      compute_output_shape: (self, args, call) => {
        const sizes = sizesOf(args.positional[0]);
        const answer = sizes ? callLayer(self, { ...args, positional: [tensorValue(sizes)] }, call) : NONE;
        return shapeValue(answer.kind === "tensor" ? answer.tensor.shape : undefined);
      },
    }),
    ...getters({
      input: (self) => one(firstNode(self)?.inputs ?? []),
      output: (self) => firstNode(self)?.result ?? unknown("the layer has not been called"),
      input_shape: (self) => shapesOf(one(firstNode(self)?.inputs ?? [])),
      output_shape: (self) => shapesOf(firstNode(self)?.result ?? NONE),
      name: (self) => text(layerState(self)?.name ?? self.class.name.toLowerCase()),
      built: (self) => ({ kind: "boolean", value: firstNode(self) !== undefined }),
    }),
  ],
);

function one(values: readonly Value[]): Value {
  const [first, ...others] = values;
  return first && others.length === 0 ? first : list(values);
}

/** Shapes of tensors, in the same structure. */
export function shapesOf(value: Value): Value {
  if (value.kind === "tensor") return shapeValue(value.tensor.shape);
  return value.kind === "list" || value.kind === "tuple" ? list(value.items.map(shapesOf)) : unknown("a shape that is not known");
}

const classes = new Map<string, ClassValue>();

/** The class of a layer of Keras, by any of its names; undefined where there is none. */
export function layerClass(name: string): ClassValue | undefined {
  const row = kerasLayer(name);
  if (!row) return undefined;
  const known = classes.get(row.className);
  if (known) return known;
  const made = libraryClass(row.className, [LAYER], methods({ __init__: (self, args, call) => construct(row, self, args, call) }));
  classes.set(row.className, made);
  return made;
}

const WRAPPED = ["layer", "function"];

function construct(row: KerasLayer, self: InstanceValue, args: Arguments, call: Call): Value {
  const { data, places, inputShape, misspelt } = constructorArguments(row, args, call.argumentPlaces);
  if ("data_format" in row.signature) data["data_format"] ??= imageDataFormat(call.interpreter);
  // A class of the program that is a kind of this layer has its own name, and was made where the program says so.
  const className = self.class.place ? self.class.name : row.className;
  const name = nameOf(data["name"], className, call.interpreter);
  const state = new LayerState(className, row, data, name, self.place, places, args.incomplete);
  state.inputShape = inputShape ?? embeddingInput(row, data);
  state.inner = args.positional[0] ?? args.named.get(WRAPPED.find((name) => args.named.has(name)) ?? "");
  self.payload = state;
  for (const { keyword, meant } of misspelt) {
    const message = `has no argument ${keyword}; the nearest is ${meant}`;
    const fixes = args.named.has(meant) ? [] : [keywordFix(keyword, meant)];
    reportLayer(state, { code: "unknown-argument", argument: meant, message, fixes }, call);
  }
  return NONE;
}

/** Embedding(5000, 50, input_length=400) */
function embeddingInput({ className }: KerasLayer, data: Readonly<Record<string, Datum>>) {
  const length = data["input_length"];
  return className === "Embedding" && typeof length === "number" ? [undefined, length] : undefined;
}

/** Makes a layer of Keras as a program would at this place. */
export function makeLayer(
  className: string,
  data: Readonly<Record<string, Datum>>,
  { interpreter, place }: { readonly interpreter: InterpreterApi; readonly place: Place },
): InstanceValue {
  const row = kerasLayer(className);
  const cls = layerClass(className) ?? LAYER;
  const name = nameOf(data["name"], className, interpreter);
  const payload = new LayerState(className, row, data, name, place, new Map(), false);
  return { kind: "instance", class: cls, fields: new Map(), place, payload };
}
