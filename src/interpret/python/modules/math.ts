import { argument, native, unknownIn } from "../../natives.js";
import { FALSE, type NativeFunction, TRUE, unknown, type Value } from "../../values.js";
import { valueError } from "../errors.js";
import { asNumber, float, numeric } from "../numbers.js";
import { module } from "./module.js";

/** A function of numbers; `whole`: its result is an integer. */
function ofNumbers(name: string, compute: (...numbers: number[]) => number, whole = false): readonly [string, NativeFunction] {
  return [
    name,
    native(`math.${name}`, (args, call) => {
      const missing = unknownIn(args);
      const numbers = args.positional.map(asNumber);
      if (missing) return missing;
      if (!numbers.every((number) => number !== undefined)) return unknown(`math.${name} of it is not known`);
      const values = numbers.map(({ value }) => value);
      const result = compute(...values);
      if (Number.isNaN(result) && !values.some(Number.isNaN)) throw valueError("math domain error", call);
      return numeric(result, !whole);
    }),
  ];
}

function gcd(a: number, b: number): number {
  return b === 0 ? Math.abs(a) : gcd(b, a % b);
}

function factorial(n: number): number {
  let product = 1;
  for (let each = 2; each <= n && Number.isFinite(product); each++) product *= each;
  return product;
}

function combinations(n: number, k: number): number {
  let result = 1;
  for (let each = 1; each <= Math.min(k, n - k); each++) result = (result * (n - each + 1)) / each;
  return k > n ? 0 : Math.round(result);
}

const TELLS = (name: string, test: (value: number) => boolean): readonly [string, NativeFunction] => [
  name,
  native(`math.${name}`, (args) => {
    const value = argument(args, 0);
    const number = value && asNumber(value);
    return number ? (test(number.value) ? TRUE : FALSE) : unknown(`math.${name} of it is not known`);
  }),
];

export const MATH = module("math", {
  ...Object.fromEntries([
    ofNumbers("ceil", Math.ceil, true),
    ofNumbers("floor", Math.floor, true),
    ofNumbers("trunc", Math.trunc, true),
    ofNumbers("gcd", (...all) => all.reduce(gcd, 0), true),
    ofNumbers("lcm", (...all) => all.reduce((a, b) => (a === 0 || b === 0 ? 0 : Math.abs(a * b) / gcd(a, b)), 1), true),
    ofNumbers("factorial", factorial, true),
    ofNumbers("comb", combinations, true),
    ofNumbers("isqrt", (value = 0) => Math.floor(Math.sqrt(value)), true),
    ofNumbers("sqrt", Math.sqrt),
    ofNumbers("exp", Math.exp),
    ofNumbers("expm1", Math.expm1),
    ofNumbers("log", (value = 0, base) => (base === undefined ? Math.log(value) : Math.log(value) / Math.log(base))),
    ofNumbers("log2", Math.log2),
    ofNumbers("log10", Math.log10),
    ofNumbers("log1p", Math.log1p),
    ofNumbers("pow", (base = 0, exponent = 1) => base ** exponent),
    ofNumbers("fabs", Math.abs),
    ofNumbers("fmod", (a = 0, b = 1) => a % b),
    ofNumbers("hypot", Math.hypot),
    ofNumbers("sin", Math.sin),
    ofNumbers("cos", Math.cos),
    ofNumbers("tan", Math.tan),
    ofNumbers("asin", Math.asin),
    ofNumbers("acos", Math.acos),
    ofNumbers("atan", Math.atan),
    ofNumbers("atan2", Math.atan2),
    ofNumbers("sinh", Math.sinh),
    ofNumbers("cosh", Math.cosh),
    ofNumbers("tanh", Math.tanh),
    ofNumbers("radians", (value = 0) => (value * Math.PI) / 180),
    ofNumbers("degrees", (value = 0) => (value * 180) / Math.PI),
    ofNumbers("copysign", (value = 0, sign = 0) => (sign < 0 || Object.is(sign, -0) ? -Math.abs(value) : Math.abs(value))),
    TELLS("isnan", Number.isNaN),
    TELLS("isinf", (value) => !Number.isFinite(value) && !Number.isNaN(value)),
    TELLS("isfinite", Number.isFinite),
  ]),
  prod: native("math.prod", (args, call) => {
    const [given] = args.positional;
    const items = given && call.interpreter.items(given);
    let product: Value = args.named.get("start") ?? numeric(1, false);
    for (const item of items ?? [unknown("its items are not known")]) product = call.interpreter.binary("*", product, item, call);
    return product;
  }),
  pi: float(Math.PI),
  e: float(Math.E),
  tau: float(2 * Math.PI),
  inf: float(Number.POSITIVE_INFINITY),
  nan: float(Number.NaN),
});
