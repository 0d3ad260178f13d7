import { builtins } from "../../../interpret/julia/builtins/names.js";
import { boolean, native, pair } from "../../../interpret/julia/natives.js";
import { type Call, integer, list, NONE, tuple, unknown, type Value } from "../../../interpret/values.js";
import { construct } from "../classes.js";
import { FUNCTIONS } from "../functions.js";

type Named = ReadonlyMap<string, Value>;

export const IDENTITY: Value = builtins().get("identity") ?? NONE;
export const RELU: Value = FUNCTIONS.get("relu") ?? NONE;
export const FLATTEN: Value = FUNCTIONS.get("flatten") ?? NONE;

/** What files of Metalhead have from others of its files. */
export const HELPERS: ReadonlyMap<string, Value> = new Map<string, Value>([
  ["conv_norm", native("conv_norm", (args, call, named) => convNorm(args, call, named))],
  ["basic_conv_bn", native("basic_conv_bn", (args, call, named) => basicConvBn(args, call, named))],
  ["dwsep_conv_norm", native("dwsep_conv_norm", (args, call, named) => separableConvNorm(args, call, named))],
  ["create_classifier", native("create_classifier", (args, call, named) => createClassifier(args, call, named))],
  ["cat_channels", FUNCTIONS.get("cat_channels") ?? NONE],
  ["_checkconfig", native("_checkconfig", () => NONE)],
  ["loadpretrain!", native("loadpretrain!", () => NONE)],
]);

/** A convolution without bias, and its normalisation: in this order, unless `revnorm` turns it round. */
export function convNorm(args: readonly Value[], call: Call, named: ReadonlyMap<string, Value>): Value {
  const [kernel = NONE, first = NONE, second = NONE] = args;
  const asPair = first.kind === "tuple";
  const channels = asPair ? first : pair(first, second);
  const [from, to] = asPair ? first.items : [first, second];
  const activation = args[asPair ? 2 : 3] ?? RELU;
  const { norm_layer: norm, revnorm, preact, bias, ...options } = Object.fromEntries(named);
  if (norm === IDENTITY) return list([construct("Conv", call, [kernel, channels, activation], options)]);
  if (norm?.kind === "unknown") return norm;
  const reversed = revnorm?.kind === "boolean" && revnorm.value;
  const before = reversed || (preact?.kind === "boolean" && preact.value);
  const conv = construct("Conv", call, [kernel, channels, before ? activation : IDENTITY], { bias: bias ?? boolean(false), ...options });
  const normArgs = [(reversed ? from : to) ?? NONE, before ? IDENTITY : activation];
  const normalised = norm ? call.interpreter.call(norm, normArgs, call.place) : construct("BatchNorm", call, normArgs);
  return list(reversed ? [normalised, conv] : [conv, normalised]);
}

/** A convolution of each channel by itself and one of single pixels, both as `convNorm` makes them; further options are the first one's. */
function separableConvNorm([kernel = NONE, from = NONE, to = NONE, ...activation]: readonly Value[], call: Call, named: Named): Value {
  const shared = new Map([...named].filter(([name]) => name === "norm_layer" || name === "bias"));
  const one = tuple([integer(1), integer(1)]);
  const deep = convNorm([kernel, from, from, ...activation], call, new Map([...named, ["groups", from]]));
  const wide = convNorm([one, from, to, ...activation], call, shared);
  return deep.kind === "list" && wide.kind === "list" ? list([...deep.items, ...wide.items]) : deep;
}

function basicConvBn(args: readonly Value[], call: Call, named: ReadonlyMap<string, Value>): Value {
  const { batchnorm, ...options } = Object.fromEntries(named);
  const plain = batchnorm?.kind === "boolean" && !batchnorm.value;
  return convNorm(args, call, new Map(Object.entries(plain ? { ...options, norm_layer: IDENTITY } : options)));
}

/** Pooling, flattening, dropout and a dense layer; with a hidden layer in between where three sizes are given. */
export function createClassifier(args: readonly Value[], call: Call, named: ReadonlyMap<string, Value>): Value {
  const sizes = args.filter(({ kind }) => kind === "number" || kind === "unknown");
  const [inputs = NONE, hidden = NONE, classes] = sizes;
  const given = args.find(({ kind }) => kind !== "number" && kind !== "unknown");
  const one = tuple([integer(1), integer(1)]);
  const pool = named.get("pool_layer") ?? construct("AdaptiveMeanPool", call, [one]);
  const useConv = named.get("use_conv");
  if (useConv?.kind === "tuple" || useConv?.kind === "unknown") return unknown("this classifier is not known");
  const convolves = useConv?.kind === "boolean" && useConv.value;
  const rate = named.get("dropout_prob");
  const dropout = rate && rate.kind !== "none" ? [construct("Dropout", call, [rate])] : [];
  const layer = (from: Value, to: Value, activation: Value) =>
    convolves ? construct("Conv", call, [one, pair(from, to), activation]) : construct("Dense", call, [pair(from, to), activation]);
  const head = [pool, ...(pool === IDENTITY || convolves ? [] : [FLATTEN])];
  if (!classes) return construct("Chain", call, [...head, ...dropout, layer(inputs, hidden, given ?? IDENTITY)]);
  const [inner = RELU, outer = IDENTITY] = given?.kind === "tuple" ? given.items : [];
  return construct("Chain", call, [...head, layer(inputs, hidden, inner), ...dropout, layer(hidden, classes, outer)]);
}
