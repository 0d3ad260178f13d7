import type { TextRange } from "../../base/text.js";
import { accessor } from "../../interpret/javascript/classes.js";
import { Site } from "../../interpret/site.js";
import {
  type Arguments,
  type Call,
  type ClassValue,
  type InstanceValue,
  list,
  type NativeFunction,
  NONE,
  type Place,
  unknown,
  type Value,
} from "../../interpret/values.js";
import type { DatumRecord } from "../keras/layers/data.js";
import { configData, field, shapeValue, sizesOf } from "./data.js";
import { firstNode, tensorsIn } from "./graph.js";
import { Layer, layerOf } from "./layer.js";
import { COMMON_ARGUMENTS, OTHER_DEFAULTS } from "./layerTable.js";
import { automaticName } from "./names.js";
import { apply } from "./run.js";

type Method = (self: InstanceValue, args: readonly Value[], call: Call) => Value;

/** Methods of a class of the library; `self` comes first among what a native function gets. */
export function methods(table: Readonly<Record<string, Method>>): [string, Value][] {
  return Object.entries(table).map(([name, run]) => [name, bound(name, run)]);
}

function bound(name: string, run: Method): NativeFunction {
  return {
    kind: "native",
    name,
    bind: true,
    call: ({ positional: [self, ...args], incomplete }, call) =>
      self?.kind === "instance" && !incomplete ? run(self, args, call) : unknown(`${name} is not known here`),
  };
}

const NOWHERE: Place = { file: "", range: { start: 0, end: 0 } };

/** Properties that are computed when they are asked for. */
export function getters(table: Readonly<Record<string, (self: InstanceValue, call: Call) => Value>>): [string, Value][] {
  return Object.entries(table).map(([name, get]) => [
    name,
    accessor({ get: bound(name, (self, _, call) => get(self, call)), set: undefined }, NOWHERE),
  ]);
}

export function libraryClass(
  name: string,
  bases: readonly ClassValue[],
  members: readonly [string, Value][],
  construct?: ClassValue["construct"],
): ClassValue {
  return { kind: "class", name, bases, place: undefined, members: new Map(members), incomplete: true, ...(construct && { construct }) };
}

const single = (value: Value): Value => (value.kind === "list" && value.items.length === 1 ? (value.items[0] ?? value) : value);

const VARIABLE = libraryClass("LayerVariable", [], methods({ read: ({ fields }) => fields.get("value") ?? NONE, write: () => NONE }));

/** addWeight(name, shape, dtype, initializer, regularizer, trainable) */
const addWeight: Method = (self, [name, shape, dtype, _, __, trainable], { place }) => {
  const sizes = sizesOf(shape);
  const weight = {
    name: name?.kind === "string" ? name.value : "weight",
    shape: sizes ?? [undefined],
    trainable: !(trainable?.kind === "boolean" && !trainable.value),
    counted: true,
  };
  layerOf(self)?.weights.push(weight);
  const value: Value = { kind: "tensor", tensor: { shape: sizes, dtype: dtype?.kind === "string" ? dtype.value : "float32" } };
  return { kind: "instance", class: VARIABLE, fields: new Map([["value", value]]), place };
};

const nodePart = (part: "argument" | "result") => (self: InstanceValue) => {
  const node = firstNode(self);
  return node ? single(node[part]) : unknown("the layer has not been applied yet");
};

const nodeShape = (part: "argument" | "result") => (self: InstanceValue) => {
  const value = nodePart(part)(self);
  return value.kind === "tensor" ? shapeValue(value.tensor.shape) : unknown("the layer has not been applied yet");
};

/** `tf.layers.Layer`, which programs derive their own layers from. */
export const LAYER: ClassValue = libraryClass(
  "Layer",
  [],
  [
    ...methods({
      apply: (self, [argument = NONE], call) => apply(self, argument, { interpreter: call.interpreter, place: call.place }),
      addWeight,
      build: () => NONE,
      call: (_, [inputs = NONE]) => inputs,
      computeOutputShape: (_, [shape = NONE]) => shape,
      getConfig: () => ({ kind: "dictionary", entries: new Map() }),
      getWeights: () => unknown("weights are not computed"),
      setWeights: () => NONE,
      countParams: () => unknown("parameters are counted when the model is applied"),
      dispose: () => NONE,
      getClassName: ({ class: cls }) => ({ kind: "string", value: cls.name }),
    }),
    ...getters({
      input: nodePart("argument"),
      output: nodePart("result"),
      inputShape: nodeShape("argument"),
      outputShape: nodeShape("result"),
      name: (self) => {
        const name = layerOf(self)?.name;
        return name === undefined ? unknown("the name of the model is not known") : { kind: "string", value: name };
      },
    }),
  ],
  (cls, args, call) => makeLayer(cls, cls.name, args, call),
);

/** A layer of a class, from the config object it is given. */
export function makeLayer(cls: ClassValue, className: string, { positional, incomplete }: Arguments, call: Call): InstanceValue {
  const [config] = positional;
  const known = config?.kind === "dictionary" ? configData(config) : {};
  const { name } = known;
  const givenName = typeof name === "string" ? name : undefined;
  const unclear = incomplete || config?.kind === "unknown";
  const extent = unclear ? "incomplete" : positional.length > 0 ? "known" : "none";
  const data: DatumRecord = Object.fromEntries(Object.entries(known).filter(([argument]) => !COMMON_ARGUMENTS.has(argument)));
  const payload = new Layer(
    className,
    { ...OTHER_DEFAULTS[className], ...data },
    extent,
    givenName,
    givenName ?? automaticName(className, call.interpreter),
    ownShape(config),
    call.place,
    placesIn(call),
  );
  return { kind: "instance", class: cls, fields: new Map(), place: call.place, payload };
}

function ownShape(config: Value | undefined): Layer["inputShape"] {
  const said = [field(config, "batchInputShape"), field(config, "inputShape")];
  const [batch, shape] = said.map(sizesOf);
  return batch ?? (shape ? [undefined, ...shape] : said.some((value) => value?.kind === "unknown") ? "unknown" : undefined);
}

/** Where the values of the config object stand that is written in a call. */
function placesIn(call: Call): ReadonlyMap<string, TextRange> {
  const tree = call instanceof Site ? call.tree : undefined;
  const [first] = tree?.args ?? [];
  if (first?.kind !== "positional" || first.value.kind !== "dictionary") return new Map();
  return new Map(first.value.entries.flatMap(({ key, value }) => (key?.kind === "string" ? [[key.value, value.range] as const] : [])));
}

/** Sizes of all tensors in a value, as a program sees them. */
export function shapesOf(value: Value): Value {
  const shapes = tensorsIn(value).map(({ shape }) => shapeValue(shape));
  return shapes.length === 1 && shapes[0] ? shapes[0] : list(shapes);
}
