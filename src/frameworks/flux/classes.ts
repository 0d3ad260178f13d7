import { tensor } from "../../interpret/julia/arrays/record.js";
import { native, wholeOf, wholesOf } from "../../interpret/julia/natives.js";
import { CALL } from "../../interpret/julia/structs.js";
import { libraryClass } from "../../interpret/natives.js";
import { type Arguments, type Call, type ClassValue, type InstanceValue, tuple, unknown, type Value } from "../../interpret/values.js";
import { LayerArguments } from "./arguments.js";
import { callLayer } from "./call.js";
import { chain, childrenOf, maxout, pairwiseFusion, parallel, repeated, skipConnection } from "./containers.js";
import { type Child, type Layer, layerOf, setLayer } from "./layer.js";
import { conv, convTranspose } from "./layers/conv.js";
import { bilinear, dense, embedding, recurrent, scale } from "./layers/dense.js";
import { channelNorm, dropout, layerNorm } from "./layers/normalise.js";
import { adaptivePool, globalPool, pixelShuffle, pool, upsample } from "./layers/pool.js";
import { SAME_PAD } from "./layers/window.js";

type Make = (args: LayerArguments) => Layer;

/** Layers without layers inside, by their constructors. */
const LEAVES: Readonly<Record<string, Make>> = {
  Conv: (args) => conv("Conv", args),
  CrossCor: (args) => conv("CrossCor", args),
  DepthwiseConv: (args) => conv("DepthwiseConv", args),
  ConvTranspose: convTranspose,
  MaxPool: (args) => pool("MaxPool", args),
  MeanPool: (args) => pool("MeanPool", args),
  AdaptiveMaxPool: (args) => adaptivePool("AdaptiveMaxPool", args),
  AdaptiveMeanPool: (args) => adaptivePool("AdaptiveMeanPool", args),
  GlobalMaxPool: () => globalPool("GlobalMaxPool"),
  GlobalMeanPool: () => globalPool("GlobalMeanPool"),
  PixelShuffle: pixelShuffle,
  Upsample: upsample,
  Dense: dense,
  Scale: scale,
  Diagonal: scale,
  Bilinear: bilinear,
  Embedding: (args) => embedding("Embedding", args),
  EmbeddingBag: (args) => embedding("EmbeddingBag", args),
  RNN: (args) => recurrent("RNN", 1, args),
  LSTM: (args) => recurrent("LSTM", 4, args),
  GRU: (args) => recurrent("GRU", 3, args),
  BatchNorm: (args) => channelNorm("BatchNorm", args),
  InstanceNorm: (args) => channelNorm("InstanceNorm", args),
  GroupNorm: (args) => channelNorm("GroupNorm", args),
  LayerNorm: layerNorm,
  Dropout: (args) => dropout("Dropout", args),
  AlphaDropout: (args) => dropout("AlphaDropout", args),
};

type MakeOf = (args: Arguments, call: Call) => Layer | undefined;

/** Layers that are made of others. */
const CONTAINERS: Readonly<Record<string, MakeOf>> = {
  Chain: (args, call) => chain(childrenOf(args, 0, call)),
  SkipConnection: (args, call) => {
    const [inner, connection] = childrenOf(args, 0, call);
    return inner && connection && skipConnection(inner, connection);
  },
  Parallel: (args, call) => {
    const connection = connectionOf(args, call);
    return connection && parallel(connection, childrenOf(args, 1, call));
  },
  Maxout: (args, call) => maxout(repeated(args, call) ?? childrenOf(args, 0, call)),
  PairwiseFusion: (args, call) => {
    const connection = connectionOf(args, call);
    return connection && pairwiseFusion(connection, childrenOf(args, 1, call));
  },
};

function connectionOf({ positional: [value] }: Arguments, call: Call): Child | undefined {
  const range = call.argumentPlaces.get(0);
  return value && { name: "connection", value, place: range ? { file: call.place.file, range } : call.place };
}

/** What instances of all layers answer to. */
const MEMBERS: Readonly<Record<string, Value>> = {
  [CALL]: { kind: "native", name: "layer", call: callLayer },
  __iter__: native("iterate", ([self]) => (self ? tuple(partsOf(self).map(({ value }) => value)) : tuple([]))),
  __getitem__: native("getindex", ([self, index], call) =>
    self && index ? indexed(self, index, call) : unknown("what its index means is not known"),
  ),
  __getattr__: native("getproperty", ([self, name]) =>
    self && name?.kind === "string" ? fieldOf(self, name.value) : unknown("this field is not known"),
  ),
};

function partsOf(self: Value): readonly Child[] {
  const layer = layerOf(self);
  if (layer?.kind !== "container") return [];
  return layer.type === "Parallel" || layer.type === "PairwiseFusion" ? layer.children.slice(0, -1) : layer.children;
}

/** chain[2], chain[1:3], which is a chain, and chain[:name] */
function indexed(self: Value, index: Value, call: Call): Value {
  const children = partsOf(self);
  if (index.kind === "string") return children.find(({ name }) => name === index.value)?.value ?? unknown("there is no such layer");
  const at = wholeOf(index);
  if (at !== undefined) return children[at - 1]?.value ?? unknown("there is no such layer");
  const chosen = wholesOf(index)
    ?.map((each) => children[each - 1])
    .filter((child) => child !== undefined);
  return chosen ? instanceOf("Chain", chain(chosen), call) : unknown("which layers are meant is not known");
}

function fieldOf(self: Value, name: string): Value {
  const layer = layerOf(self);
  if (layer?.kind === "leaf") {
    const parameter = layer.parameters.find((each) => each.name === name);
    return parameter ? tensor(parameter.shape) : unknown(`.${name} of ${layer.type} is not known`);
  }
  if (name !== "layers") return partsOf(self).find((child) => child.name === name)?.value ?? unknown(`.${name} is not known`);
  const parts = partsOf(self);
  const named = parts.some((child, at) => child.name !== `${at + 1}`);
  return { kind: "tuple", items: parts.map(({ value }) => value), ...(named && { names: parts.map((child) => child.name) }) };
}

function layerClass(name: string, make: MakeOf): ClassValue {
  const construct: ClassValue["construct"] = (cls, args, call) => {
    const layer = make(args, call);
    return layer ? made(cls, layer, call) : unknown(`the arguments of ${name} are not known`);
  };
  return libraryClass(name, MEMBERS, { construct });
}

function made(cls: ClassValue, layer: Layer, call: Call): InstanceValue {
  const instance: InstanceValue = { kind: "instance", class: cls, fields: new Map(), place: call.place };
  setLayer(instance, layer, call);
  return instance;
}

/** SamePad() */
const SAME = libraryClass(
  SAME_PAD,
  {},
  { construct: (cls, _, call) => ({ kind: "instance", class: cls, fields: new Map(), place: call.place }) satisfies InstanceValue },
);

const LAZY: ClassValue = layerClass("LazyLayer", ({ positional: [callee, make] }) =>
  callee && make ? { kind: "lazy", callee, make, made: undefined } : undefined,
);

/** Flux's types by name. */
export const CLASSES: ReadonlyMap<string, ClassValue> = new Map([
  ...Object.entries(LEAVES).map(([name, make]) => [name, layerClass(name, (args, call) => make(new LayerArguments(args, call)))] as const),
  ...Object.entries(CONTAINERS).map(([name, make]) => [name, layerClass(name, make)] as const),
  [SAME_PAD, SAME],
  ["LazyLayer", LAZY],
]);

/** A layer that some function makes at its own place. */
export function instanceOf(name: string, layer: Layer, call: Call): Value {
  const cls = CLASSES.get(name);
  return cls ? made(cls, layer, call) : unknown(`${name} is not known`);
}

/** Constructs a layer as the program would: construct("Conv", call, [tuple of sizes, pair], { pad }). */
export function construct(name: string, call: Call, positional: readonly Value[], named: Readonly<Record<string, Value>> = {}): Value {
  return call.interpreter.call(
    CLASSES.get(name) ?? unknown(`${name} is not known`),
    positional,
    call.place,
    new Map(Object.entries(named)),
  );
}
