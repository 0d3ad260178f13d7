import { product } from "../../sizes.js";
import { type Call, integer, list, NONE, type TensorValue, tuple, unknown, type Value } from "../../values.js";
import { concatenated, dropped, indexedArray, permuted, reduced, reshaped, sizeOf, unsqueezed } from "../arrays/axes.js";
import { batchMultiplied } from "../arrays/products.js";
import { applied, sizeValue, tensor, tensorsOf } from "../arrays/record.js";
import { native, natives, notKnown, wholeOf, wholesOf } from "../natives.js";
import { binary, isSequence, itemsOf } from "../operators.js";

/** Functions of arrays; of vectors and tuples too where Julia has them for both. */
export function arrayFunctions(): ReadonlyMap<string, Value> {
  return new Map<string, Value>([
    ...FILLED.map((name) => [name, native(name, (args) => filled(args))] as const),
    ...REDUCTIONS.map((name) => [name, native(name, (args, call, named) => reduction(name, args, call, named))] as const),
    ...SAME_SHAPE.map((name) => [name, onArray(name, (x, _, call) => applied(name, [x.tensor], x.tensor.shape, call))] as const),
    [":", native(":", () => unknown("all of an axis"))],
    ["size", native("size", ([x, ...axes]) => sizes(x, axes))],
    ["reshape", onArray("reshape", (x, args, call) => reshaped(x, args, call))],
    ["vec", onArray("vec", (x, _, call) => reshaped(x, [{ kind: "slice", start: NONE, stop: NONE, step: NONE }], call))],
    ["permutedims", onArray("permutedims", (x, [order], call) => permuted(x, order, call))],
    ["dropdims", onArray("dropdims", (x, _, call, named) => dropped(x, wholesOf(named.get("dims")), call))],
    ["selectdim", onArray("selectdim", (x, [axis, index], call) => selected(x, wholeOf(axis), index, call))],
    ["unsqueeze", native("unsqueeze", ([x, axis], call, named) => unsqueezeOf(x, axis, named, call))],
    ...natives({
      length: ([x], call) => lengthOf(x, call),
      ndims: ([x]) =>
        x?.kind === "tensor" && x.tensor.shape ? integer(x.tensor.shape.length) : x && isSequence(x) ? integer(1) : notKnown("ndims", []),
      axes: ([x, axis]) => (x && axis ? counting(sizes(x, [axis])) : notKnown("axes", [])),
      lastindex: ([x, axis], call) => (axis && x?.kind === "tensor" ? sizes(x, [axis]) : lengthOf(x, call)),
      eltype: () => unknown("the type of the elements"),
      similar: ([x, ...sizes]) =>
        sizes.length > 0 ? filled(sizes) : x?.kind === "tensor" ? tensor(x.tensor.shape) : notKnown("similar", []),
      fill: ([value, ...sizes]) => filledWith(value, sizes),
      getindex: ([x, ...indices], call) => (x?.kind === "tensor" ? indexedArray(x, indices, call) : notKnown("getindex", [])),
      cat: (parts, call, named) => joined("cat", parts, axisOf(named.get("dims")), call),
      vcat: (parts, call) => joined("vcat", parts, 1, call),
      hcat: (parts, call) => joined("hcat", parts, 2, call),
      stack: ([parts], call, named) => stacked(parts, wholeOf(named.get("dims")), call),
      batched_mul: ([a, b], call) => (a && b ? batchMultiplied(a, b, call) : NONE),
      "⊠": ([a, b], call) => (a && b ? batchMultiplied(a, b, call) : NONE),
    }),
  ]);
}

const FILLED = ["zeros", "ones", "rand", "randn", "rand32", "randn32", "zeros32", "ones32", "trues", "falses"];
const REDUCTIONS = ["sum", "prod", "mean", "std", "var", "median"];
const SAME_SHAPE = ["normalize", "circshift", "dropout", "randn!", "rand!", "fill!", "normalise"];

/** A function whose first argument has to be an array; of anything else nothing is known. */
function onArray(
  name: string,
  apply: (x: TensorValue, rest: readonly Value[], call: Call, named: ReadonlyMap<string, Value>) => Value,
): Value {
  return native(name, ([x, ...rest], call, named) => (x?.kind === "tensor" ? apply(x, rest, call, named) : notKnown(name, x ? [x] : [])));
}

function sizes(x: Value | undefined, axes: readonly Value[]): Value {
  if (x?.kind === "tensor") return sizeOf(x, axes);
  if (!x || !isSequence(x)) return notKnown("size", x ? [x] : []);
  const length = integer(itemsOf(x).length);
  return axes.length > 0 ? length : tuple([length]);
}

function counting(size: Value): Value {
  return size.kind === "number" ? { kind: "range", start: 1, stop: size.value + 1, step: 1 } : size;
}

function lengthOf(x: Value | undefined, call: Call): Value {
  if (x?.kind === "tensor") return sizeValue(x.tensor.shape && product(x.tensor.shape));
  const items = x && call.interpreter.items(x);
  return items ? integer(items.length) : notKnown("length", x ? [x] : []);
}

/** rand(Float32, 28, 28, 1), zeros(3), randn((2, 3)): what the elements are does not matter. */
function filled(args: readonly Value[]): Value {
  const given = args.filter(({ kind }) => kind !== "class" && kind !== "instance");
  const flat = given.flatMap((size) => (size.kind === "tuple" ? itemsOf(size) : [size]));
  if (flat.length === 0) return unknown("a random number");
  return tensor(flat.some(({ kind }) => kind !== "number" && kind !== "unknown") ? undefined : flat.map(wholeOf));
}

/** A vector of known numbers stays one: fill(32, 4). */
function filledWith(value: Value | undefined, sizes: readonly Value[]): Value {
  const count = wholeOf(sizes[0]);
  if (!value || sizes.length !== 1 || count === undefined) return filled(sizes);
  return count <= 10_000 ? list(Array.from({ length: count }, () => value)) : tensor([count]);
}

/** sum(x; dims = 1), sum(f, x), of vectors of known numbers too. */
function reduction(name: string, args: readonly Value[], call: Call, named: ReadonlyMap<string, Value>): Value {
  const x = args.at(-1);
  if (x?.kind === "tensor") return reduced(name, x, named.get("dims"), call);
  const items = x && call.interpreter.items(x);
  const [f] = args;
  if (!items || !f) return notKnown(name, args);
  const mapped = args.length > 1 ? items.map((item) => call.interpreter.call(f, [item], call.place)) : items;
  if (name === "sum") return mapped.reduce<Value>((total, item) => binary("+", total, item), integer(0));
  if (name === "prod") return mapped.reduce<Value>((total, item) => binary("*", total, item), integer(1));
  return notKnown(name, items);
}

/** dims = 3 and dims = Val(3) */
function axisOf(dims: Value | undefined): number | undefined {
  return wholeOf(dims?.kind === "instance" ? dims.fields.get("parameter") : dims);
}

/** Vectors of numbers and texts become one vector; arrays go by their shapes. */
function joined(name: string, parts: readonly Value[], axis: number | undefined, call: Call): Value {
  if (parts.some(({ kind }) => kind === "tensor"))
    return concatenated(
      name,
      parts.filter(({ kind }) => kind !== "list" || parts.length === 1),
      axis,
      call,
    );
  if (parts.some(({ kind }) => kind === "unknown")) return notKnown(name, parts);
  if (axis === 1) return list(parts.flatMap((part) => (isSequence(part) && part.kind !== "tuple" ? itemsOf(part) : [part])));
  const lengths = parts.map((part) => (isSequence(part) ? itemsOf(part).length : 1));
  return tensor(axis === 2 ? [lengths[0] ?? 1, parts.length] : undefined);
}

/** A new last axis, or the one that `dims` says. */
function stacked(parts: Value | undefined, axis: number | undefined, call: Call): Value {
  const items = parts?.kind === "tensor" ? undefined : parts && call.interpreter.items(parts);
  const [first] = items ?? [];
  if (!items || first?.kind !== "tensor" || !first.tensor.shape) return notKnown("stack", parts ? [parts] : []);
  const { shape } = first.tensor;
  const at = (axis ?? shape.length + 1) - 1;
  return applied("stack", tensorsOf(items), [...shape.slice(0, at), items.length, ...shape.slice(at)], call);
}

/** unsqueeze(x, 3), unsqueeze(x; dims = 3), and unsqueeze(dims = 3), which is a function. */
function unsqueezeOf(x: Value | undefined, axis: Value | undefined, named: ReadonlyMap<string, Value>, call: Call): Value {
  const at = wholeOf(axis ?? named.get("dims"));
  if (!x) return onArray("unsqueeze", (each, _, later) => unsqueezed(each, at, later));
  return x.kind === "tensor" ? unsqueezed(x, at, call) : notKnown("unsqueeze", [x]);
}

function selected(x: TensorValue, axis: number | undefined, index: Value | undefined, call: Call): Value {
  const { shape } = x.tensor;
  if (!shape || !axis || !index) return tensor(undefined);
  const all: Value = { kind: "slice", start: NONE, stop: NONE, step: NONE };
  return indexedArray(
    x,
    shape.map((_, at) => (at === axis - 1 ? index : all)),
    call,
  );
}
