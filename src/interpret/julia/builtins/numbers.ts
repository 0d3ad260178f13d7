import { type Call, integer, unknown, type Value } from "../../values.js";
import { reduced } from "../arrays/axes.js";
import { applyElementwise } from "../arrays/elementwise.js";
import { boolean, float, native, natives, notKnown, numberOf, wholeOf } from "../natives.js";
import { binary, itemsOf } from "../operators.js";

const FLOATS: Readonly<Record<string, (x: number) => number>> = {
  sqrt: Math.sqrt,
  "√": Math.sqrt,
  cbrt: Math.cbrt,
  exp: Math.exp,
  log: Math.log,
  log2: Math.log2,
  log10: Math.log10,
  log1p: Math.log1p,
  expm1: Math.expm1,
  sin: Math.sin,
  cos: Math.cos,
  tan: Math.tan,
  tanh: Math.tanh,
  sinh: Math.sinh,
  cosh: Math.cosh,
  atan: Math.atan,
  sigmoid: (x) => 1 / (1 + Math.exp(-x)),
};

const KEEPING: Readonly<Record<string, (x: number) => number>> = { abs: Math.abs, abs2: (x) => x * x, sign: Math.sign };

const ROUNDING: Readonly<Record<string, (x: number) => number>> = {
  floor: Math.floor,
  ceil: Math.ceil,
  trunc: Math.trunc,
  // Halves go to the even neighbour.
  round: (x) => (Math.abs(x % 1) === 0.5 ? 2 * Math.round(x / 2) : Math.round(x)),
};

const WHOLE: Readonly<Record<string, (a: number, b: number) => number>> = {
  mod: (a, b) => a - b * Math.floor(a / b),
  fld: (a, b) => Math.floor(a / b),
  cld: (a, b) => Math.ceil(a / b),
  gcd: (a, b) => (b === 0 ? Math.abs(a) : (WHOLE["gcd"]?.(b, a % b) ?? a)),
};

export function numberFunctions(): ReadonlyMap<string, Value> {
  return new Map<string, Value>([
    ...Object.entries(FLOATS).map(([name, compute]) => [name, single(name, (x) => float(compute(x)))] as const),
    ...Object.entries(KEEPING).map(
      ([name, compute]) => [name, single(name, (x, floats) => (floats ? float : integer)(compute(x)))] as const,
    ),
    ...Object.entries(ROUNDING).map(([name, compute]) => [name, rounding(name, compute)] as const),
    ...Object.entries(WHOLE).map(([name, compute]) => [name, whole(name, compute)] as const),
    ...["pi", "π"].map((name) => [name, float(Math.PI)] as const),
    ["Inf", float(Number.POSITIVE_INFINITY)],
    ["NaN", float(Number.NaN)],
    ...natives({
      min: (args, call) => extreme("min", Math.min, args, call),
      max: (args, call) => extreme("max", Math.max, args, call),
      minimum: ([x], call, named) =>
        x?.kind === "tensor"
          ? reduced("minimum", x, named.get("dims"), call)
          : extreme("minimum", Math.min, itemsOf(x ?? integer(0)), call),
      maximum: ([x], call, named) =>
        x?.kind === "tensor"
          ? reduced("maximum", x, named.get("dims"), call)
          : extreme("maximum", Math.max, itemsOf(x ?? integer(0)), call),
      clamp: ([x, low, high]) => {
        const [a, b, c] = [x, low, high].map(numberOf);
        return a === undefined || b === undefined || c === undefined ? notKnown("clamp", []) : integer(Math.min(Math.max(a, b), c));
      },
      iseven: ([x]) => test(x, (each) => each % 2 === 0),
      isodd: ([x]) => test(x, (each) => Math.abs(each % 2) === 1),
      iszero: ([x]) => test(x, (each) => each === 0),
      divrem: ([a, b]) => (a && b ? { kind: "tuple", items: [binary("//", a, b), binary("%", a, b)] } : notKnown("divrem", [])),
      isapprox: () => unknown("how near the numbers are is not known"),
      "≈": () => unknown("how near the numbers are is not known"),
    }),
  ]);
}

/** Of one number; of an array, of each element. */
function single(name: string, compute: (x: number, floats: boolean) => Value): Value {
  return native(name, (args, call) => {
    const [x] = args;
    if (x?.kind === "tensor") return applyElementwise(name, args, call);
    const number = numberOf(x);
    return number === undefined ? notKnown(name, args) : compute(number, x?.kind === "number" && x.float);
  });
}

/** floor(x), floor(Int, x) */
function rounding(name: string, compute: (x: number) => number): Value {
  return native(name, (args, call) => {
    const typed = args[0]?.kind === "class";
    const x = args[typed ? 1 : 0];
    if (x?.kind === "tensor") return applyElementwise(name, [x], call);
    const number = numberOf(x);
    if (number === undefined || (!typed && args.length > 1)) return notKnown(name, args);
    return typed || (x?.kind === "number" && !x.float) ? integer(compute(number)) : float(compute(number));
  });
}

function whole(name: string, compute: (a: number, b: number) => number): Value {
  return native(name, (args) => {
    const a = wholeOf(args[0]);
    const b = wholeOf(args[1]);
    return a === undefined || b === undefined || (b === 0 && name !== "gcd") ? notKnown(name, args) : integer(compute(a, b));
  });
}

function extreme(name: string, compute: (...numbers: number[]) => number, args: readonly Value[], call: Call): Value {
  if (args.some(({ kind }) => kind === "tensor")) return applyElementwise(name, args, call);
  const numbers = args.map(numberOf).filter((each) => each !== undefined);
  if (numbers.length === 0 || numbers.length < args.length) return notKnown(name, args);
  const floats = args.some((each) => each.kind === "number" && each.float);
  return (floats ? float : integer)(compute(...numbers));
}

function test(x: Value | undefined, holds: (x: number) => boolean): Value {
  const number = numberOf(x);
  return number === undefined ? notKnown("a test", x ? [x] : []) : boolean(holds(number));
}
