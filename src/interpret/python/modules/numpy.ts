import type { BinaryOperator } from "../../../syntax/tree.js";
import { argument, native, unknownIn } from "../../natives.js";
import { type Arguments, type Call, list, type ModuleValue, type NativeFunction, unknown, type Value } from "../../values.js";
import { asNumber, float, numeric, roundHalfEven, roundTo } from "../numbers.js";

/** numpy as model files use it: arithmetic on numbers and on lists of numbers, which here are plain lists. */
type Compute = (value: number) => number;

const UNKNOWN = unknown("arrays of numpy are not computed");

/** Each number of a value, lists in it included; undefined where one is no number. */
function numbersIn(value: Value | undefined, call: Call): number[] | undefined {
  const number = value && asNumber(value);
  if (number) return [number.value];
  if (!value || (value.kind !== "list" && value.kind !== "tuple" && value.kind !== "range")) return undefined;
  const parts = (call.interpreter.items(value) ?? []).map((item) => numbersIn(item, call));
  return parts.every((part) => part !== undefined) ? parts.flat() : undefined;
}

function hasFloat(value: Value | undefined, call: Call): boolean {
  const number = value && asNumber(value);
  if (number) return number.float;
  return value?.kind === "list" || value?.kind === "tuple"
    ? (call.interpreter.items(value) ?? []).some((item) => hasFloat(item, call))
    : false;
}

/** Item by item. */
function each(name: string, compute: Compute, result: "float" | "same" = "float"): readonly [string, NativeFunction] {
  const apply = (value: Value, call: Call): Value => {
    const number = asNumber(value);
    if (number) return numeric(compute(number.value), result === "float" || number.float);
    const items = value.kind === "list" || value.kind === "tuple" ? call.interpreter.items(value) : undefined;
    return items ? list(items.map((item) => apply(item, call))) : UNKNOWN;
  };
  return [name, native(`numpy.${name}`, (args, call) => unknownIn(args) ?? apply(args.positional[0] ?? UNKNOWN, call))];
}

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
      return list(totals.map((total) => numeric(total, hasFloat(given, call))));
    }),
  ];
}

function binary(name: string, operator: BinaryOperator): readonly [string, NativeFunction] {
  return [
    name,
    native(`numpy.${name}`, ({ positional: [left, right] }, call) => {
      if (!left || !right || !asNumber(left) || !asNumber(right)) return UNKNOWN;
      return call.interpreter.binary(operator, left, right, call);
    }),
  ];
}

function spaced(args: Arguments, call: Call): Value {
  const [from, to] = [numbersIn(argument(args, 0, "start"), call)?.[0], numbersIn(argument(args, 1, "stop"), call)?.[0]];
  const count = numbersIn(argument(args, 2, "num"), call)?.[0] ?? 50;
  if (from === undefined || to === undefined || count > 100_000) return UNKNOWN;
  return list(Array.from({ length: count }, (_, at) => float(count < 2 ? from : from + ((to - from) * at) / (count - 1))));
}

function aranged(args: Arguments, call: Call): Value {
  const numbers = args.positional.map((value) => numbersIn(value, call)?.[0]);
  if (!numbers.every((number) => number !== undefined)) return UNKNOWN;
  const [first = 0, second, step = 1] = numbers;
  const [start, stop] = second === undefined ? [0, first] : [first, second];
  const length = Math.max(0, Math.ceil((stop - start) / step));
  if (!(length <= 100_000)) return UNKNOWN;
  const isFloat = args.positional.some((value) => hasFloat(value, call));
  return list(Array.from({ length }, (_, at) => numeric(start + at * step, isFloat)));
}

const array = native("numpy.array", (args, call) => {
  const given = argument(args, 0);
  const items = given?.kind === "list" || given?.kind === "tuple" ? call.interpreter.items(given) : undefined;
  return items ? list(items) : given && asNumber(given) ? given : UNKNOWN;
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
      const [value] = numbersIn(argument(args, 0), call) ?? [];
      const digits = numbersIn(argument(args, 1, "decimals"), call)?.[0] ?? 0;
      return value === undefined
        ? UNKNOWN
        : numeric(digits === 0 ? roundHalfEven(value) : roundTo(value, digits), hasFloat(argument(args, 0), call));
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
  ["array", array],
  ["asarray", array],
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
