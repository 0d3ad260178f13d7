import type { BinaryOperator } from "../../../syntax/tree.js";
import { argument, native, unknownIn } from "../../natives.js";
import { type Arguments, type Call, integer, type ModuleValue, type NativeFunction, tuple, unknown, type Value } from "../../values.js";
import { asNumber, float, numeric, roundHalfEven, roundTo } from "../numbers.js";
import { array, arrayItems, arrayOfSize, combined } from "./arrays.js";

/** numpy as model files use it: arithmetic on numbers and on arrays of known numbers. */
type Compute = (value: number) => number;

const UNKNOWN = unknown("arrays of numpy are not computed");

/** Each number of a value, lists in it included; undefined where one is no number. */
function numbersIn(value: Value | undefined, call: Call): number[] | undefined {
  const number = value && asNumber(value);
  if (number) return [number.value];
  const items = value?.kind === "range" ? call.interpreter.items(value) : arrayItems(value);
  if (!items) return undefined;
  const parts = items.map((item) => numbersIn(item, call));
  return parts.every((part) => part !== undefined) ? parts.flat() : undefined;
}

function hasFloat(value: Value | undefined, call: Call): boolean {
  const number = value && asNumber(value);
  if (number) return number.float;
  return (arrayItems(value) ?? []).some((item) => hasFloat(item, call));
}

/** Item by item. */
function each(name: string, compute: Compute, result: "float" | "same" = "float"): readonly [string, NativeFunction] {
  const run = native(`numpy.${name}`, (args, call) => unknownIn(args) ?? eachNumber(args.positional[0] ?? UNKNOWN, call, compute, result));
  return [name, run];
}

function eachNumber(value: Value, call: Call, compute: Compute, result: "float" | "same"): Value {
  const number = asNumber(value);
  if (number) return numeric(compute(number.value), result === "float" || number.float);
  const parts = arrayItems(value)?.map((item) => eachNumber(item, call, compute, result));
  return parts ? array(parts, call) : UNKNOWN;
}

/** Each number once, in order; with return_counts also how often each is there. */
const unique = native("numpy.unique", ({ positional: [given, ...more], named }, call) => {
  const { return_counts: counts, ...others } = Object.fromEntries(named);
  const numbers = more.length + Object.keys(others).length > 0 ? undefined : numbersIn(given, call);
  if (!numbers || (counts && counts.kind !== "boolean")) return UNKNOWN;
  const isFloat = hasFloat(given, call);
  const each = [...new Set(numbers)].sort((a, b) => a - b);
  const found = array(
    each.map((number) => numeric(number, isFloat)),
    call,
  );
  if (!counts?.value) return found;
  const often = each.map((number) => integer(numbers.filter((other) => other === number).length));
  return tuple([found, array(often, call)]);
});

/** A function that makes arrays of a size; numbers drawn one at a time are not known. */
function ofSize(name: string, position: number): readonly [string, NativeFunction] {
  return [name, native(`numpy.${name}`, (args, call) => arrayOfSize(argument(args, position, position === 0 ? "shape" : "size"), call))];
}

/** np.random.randn(2, 3): sizes one after another. */
function ofSizes(name: string): readonly [string, NativeFunction] {
  return [
    name,
    native(`numpy.${name}`, ({ positional }, call) => (positional.length > 0 ? arrayOfSize(tuple(positional), call) : UNKNOWN)),
  ];
}

const RANDOM: ReadonlyMap<string, Value> = new Map([
  ...["normal", "uniform", "randint"].map((name) => ofSize(name, 2)),
  ofSize("random", 0),
  ofSize("standard_normal", 0),
  ofSizes("randn"),
  ofSizes("rand"),
]);

/** All to one number. */
function whole(
  name: string,
  compute: (values: readonly number[]) => number,
  result: "float" | "same" = "same",
): readonly [string, NativeFunction] {
  return [
    name,
    native(`numpy.${name}`, (args, call) => {
      const given = argument(args, 0, "a");
      const values = args.named.has("axis") ? undefined : numbersIn(given, call);
      return values ? numeric(compute(values), result === "float" || hasFloat(given, call)) : UNKNOWN;
    }),
  ];
}

function running(name: string, combine: (total: number, value: number) => number): readonly [string, NativeFunction] {
  return [
    name,
    native(`numpy.${name}`, (args, call) => {
      const given = argument(args, 0);
      const values = numbersIn(given, call);
      if (!values) return UNKNOWN;
      const totals: number[] = [];
      for (const value of values) totals.push(totals.length === 0 ? value : combine(totals.at(-1) ?? 0, value));
      const isFloat = hasFloat(given, call);
      return array(
        totals.map((total) => numeric(total, isFloat)),
        call,
      );
    }),
  ];
}

function binary(name: string, operator: BinaryOperator): readonly [string, NativeFunction] {
  return [
    name,
    native(`numpy.${name}`, ({ positional: [left, right] }, call) => {
      return left && right ? combined(operator, left, right, call) : UNKNOWN;
    }),
  ];
}

function spaced(args: Arguments, call: Call): Value {
  const [from, to] = [numbersIn(argument(args, 0, "start"), call)?.[0], numbersIn(argument(args, 1, "stop"), call)?.[0]];
  const count = numbersIn(argument(args, 2, "num"), call)?.[0] ?? 50;
  if (from === undefined || to === undefined || count > 100_000) return UNKNOWN;
  const step = count < 2 ? 0 : (to - from) / (count - 1);
  return array(
    Array.from({ length: count }, (_, at) => float(from + step * at)),
    call,
  );
}

function aranged(args: Arguments, call: Call): Value {
  const numbers = args.positional.map((value) => numbersIn(value, call)?.[0]);
  if (!numbers.every((number) => number !== undefined)) return UNKNOWN;
  const [first = 0, second, step = 1] = numbers;
  const [start, stop] = second === undefined ? [0, first] : [first, second];
  const length = Math.max(0, Math.ceil((stop - start) / step));
  if (!(length <= 100_000)) return UNKNOWN;
  const isFloat = args.positional.some((value) => hasFloat(value, call));
  return array(
    Array.from({ length }, (_, at) => numeric(start + at * step, isFloat)),
    call,
  );
}

/** numpy.array(list), rows as arrays too. */
const toArray = native("numpy.array", (args, call) => {
  const given = argument(args, 0, "object");
  const rows = (value: Value): Value => {
    const items = value.kind === "range" ? call.interpreter.items(value) : arrayItems(value);
    return items ? array(items.map(rows), call) : value;
  };
  return given && numbersIn(given, call) ? rows(given) : UNKNOWN;
});

const MEMBERS: ReadonlyMap<string, Value> = new Map<string, Value>([
  each("ceil", Math.ceil),
  each("floor", Math.floor),
  each("sqrt", Math.sqrt),
  each("exp", Math.exp),
  each("log", Math.log),
  each("log2", Math.log2),
  each("log10", Math.log10),
  each("abs", Math.abs, "same"),
  each("absolute", Math.abs, "same"),
  each("rint", roundHalfEven),
  each("square", (value) => value * value, "same"),
  each("int64", Math.trunc, "same"),
  each("int32", Math.trunc, "same"),
  each("float32", (value) => value),
  each("float64", (value) => value),
  [
    "round",
    native("numpy.round", (args, call) => {
      const digits = numbersIn(argument(args, 1, "decimals"), call)?.[0] ?? 0;
      const compute = (value: number) => (digits === 0 ? roundHalfEven(value) : roundTo(value, digits));
      return eachNumber(argument(args, 0) ?? UNKNOWN, call, compute, "same");
    }),
  ],
  whole("prod", (values) => values.reduce((product, value) => product * value, 1)),
  whole("product", (values) => values.reduce((product, value) => product * value, 1)),
  whole("sum", (values) => values.reduce((sum, value) => sum + value, 0)),
  whole("mean", (values) => values.reduce((sum, value) => sum + value, 0) / values.length, "float"),
  whole("max", (values) => Math.max(...values)),
  whole("min", (values) => Math.min(...values)),
  whole("size", (values) => values.length),
  running("cumprod", (total, value) => total * value),
  running("cumsum", (total, value) => total + value),
  binary("power", "**"),
  binary("add", "+"),
  binary("subtract", "-"),
  binary("multiply", "*"),
  binary("divide", "/"),
  binary("floor_divide", "//"),
  binary("mod", "%"),
  ["unique", unique],
  ofSize("zeros", 0),
  ofSize("ones", 0),
  ofSize("empty", 0),
  ["random", { kind: "module", name: "numpy.random", get: (name) => RANDOM.get(name) ?? unknown(`numpy.random.${name} is not computed`) }],
  ["array", toArray],
  ["asarray", toArray],
  ["arange", native("numpy.arange", aranged)],
  ["linspace", native("numpy.linspace", spaced)],
  ["pi", float(Math.PI)],
  ["e", float(Math.E)],
  ["inf", float(Number.POSITIVE_INFINITY)],
  ["newaxis", { kind: "none" }],
]);

export const NUMPY: ModuleValue = {
  kind: "module",
  name: "numpy",
  get: (name) => MEMBERS.get(name) ?? unknown(`numpy.${name} is not computed`),
};
