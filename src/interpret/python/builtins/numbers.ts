import { argument, native, unknownIn } from "../../natives.js";
import { type Arguments, type Call, FALSE, TRUE, tuple, unknown, type Value } from "../../values.js";
import { typeError, valueError } from "../errors.js";
import { asInteger, asNumber, float, numeric, roundHalfEven, roundTo } from "../numbers.js";
import { binary } from "../operators.js";
import { callSpecial, mayHaveMore } from "../special.js";
import { typeOf } from "../types.js";

/** int(value), int("ff", 16) */
export function toInteger(args: Arguments, call: Call): Value {
  const value = argument(args, 0);
  if (!value) return numeric(0, false);
  const missing = unknownIn(args);
  if (missing) return missing;
  const number = asNumber(value);
  if (number) {
    if (!Number.isFinite(number.value)) throw valueError("cannot convert float infinity or NaN to integer", call);
    return numeric(Math.trunc(number.value), false);
  }
  if (value.kind === "string") {
    const parsed = parseInteger(value.value, asInteger(argument(args, 1, "base")) ?? 10);
    if (parsed === undefined) throw valueError(`invalid literal for int() with base 10: '${value.value}'`, call);
    return numeric(parsed, false);
  }
  return converted(value, "__int__", "int", call);
}

function parseInteger(written: string, base: number): number | undefined {
  const digits = written.trim().replaceAll("_", "").toLowerCase();
  const plain = base === 16 ? digits.replace(/^([-+]?)0x/, "$1") : base === 2 ? digits.replace(/^([-+]?)0b/, "$1") : digits;
  if (!/^[-+]?[\da-z]+$/.test(plain)) return undefined;
  const value = Number.parseInt(plain, base);
  const valid = [...plain.replace(/^[-+]/, "")].every((digit) => !Number.isNaN(Number.parseInt(digit, base)));
  return valid && !Number.isNaN(value) ? value : undefined;
}

export function toFloat(args: Arguments, call: Call): Value {
  const value = argument(args, 0);
  if (!value) return float(0);
  const missing = unknownIn(args);
  if (missing) return missing;
  const number = asNumber(value);
  if (number) return float(number.value);
  if (value.kind !== "string") return converted(value, "__float__", "float", call);
  const written = value.value.trim().toLowerCase().replaceAll("_", "");
  const special = /^([-+]?)(inf|infinity|nan)$/.exec(written);
  if (special) return float(special[2] === "nan" ? Number.NaN : special[1] === "-" ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY);
  const parsed = written === "" ? Number.NaN : Number(written);
  if (Number.isNaN(parsed)) throw valueError(`could not convert string to float: '${value.value}'`, call);
  return float(parsed);
}

function converted(value: Value, method: string, to: string, call: Call): Value {
  const answer = callSpecial(value, method, [], call);
  if (answer) return answer;
  if (value.kind === "tensor" || mayHaveMore(value)) return unknown(`the ${to} of it is not known`);
  throw typeError(`${to}() argument must be a string or a real number, not '${typeOf(value)?.name ?? value.kind}'`, call);
}

/** A function of one number. */
function ofNumber(name: string, compute: (value: number, isFloat: boolean, call: Call) => Value) {
  return native(name, (args, call) => {
    const missing = unknownIn(args);
    const value = argument(args, 0);
    const number = value && asNumber(value);
    if (missing ?? !value) return missing ?? unknown(`${name} of nothing`);
    if (number) return compute(number.value, number.float, call);
    return callSpecial(value, `__${name}__`, [], call) ?? unknown(`${name} of it is not known`);
  });
}

export const NUMBER_BUILTINS: readonly (readonly [string, Value])[] = [
  ["abs", ofNumber("abs", (value, isFloat) => numeric(Math.abs(value), isFloat))],
  [
    "round",
    native("round", (args, call) => {
      const missing = unknownIn(args);
      if (missing) return missing;
      const value = argument(args, 0, "number");
      const number = value && asNumber(value);
      const digits = argument(args, 1, "ndigits");
      if (!number) return (value && callSpecial(value, "__round__", [], call)) ?? unknown("the rounded value is not known");
      if (!digits || digits.kind === "none") return numeric(roundHalfEven(number.value), false);
      return numeric(roundTo(number.value, asInteger(digits) ?? 0), number.float);
    }),
  ],
  ["hex", ofNumber("hex", (value) => ({ kind: "string", value: `${value < 0 ? "-" : ""}0x${Math.abs(value).toString(16)}` }))],
  ["bin", ofNumber("bin", (value) => ({ kind: "string", value: `${value < 0 ? "-" : ""}0b${Math.abs(value).toString(2)}` }))],
  ["oct", ofNumber("oct", (value) => ({ kind: "string", value: `${value < 0 ? "-" : ""}0o${Math.abs(value).toString(8)}` }))],
  ["chr", ofNumber("chr", (value) => ({ kind: "string", value: String.fromCodePoint(value) }))],
  [
    "ord",
    native("ord", (args) => {
      const value = argument(args, 0);
      return value?.kind === "string" ? numeric(value.value.codePointAt(0) ?? 0, false) : unknown("the letter is not known");
    }),
  ],
  [
    "divmod",
    native("divmod", (args, call) => {
      const [left, right] = args.positional;
      if (unknownIn(args) ?? (!left || !right)) return unknownIn(args) ?? unknown("divmod of nothing");
      return left && right ? tuple([binary("//", left, right, call), binary("%", left, right, call)]) : FALSE;
    }),
  ],
  [
    "pow",
    native("pow", (args, call) => {
      const [base, exponent, modulus] = args.positional;
      const missing = unknownIn(args);
      if (missing) return missing;
      if (!base || !exponent || base.kind === "tensor") return unknown("the power is not known");
      const power = binary("**", base, exponent, call);
      return modulus && power.kind !== "unknown" ? binary("%", power, modulus, call) : power;
    }),
  ],
];

export function toBoolean(args: Arguments, call: Call): Value {
  const value = argument(args, 0);
  if (!value) return FALSE;
  const truth = call.interpreter.truth(value);
  return truth === "unknown" ? unknown("it depends on what is not known") : truth ? TRUE : FALSE;
}
