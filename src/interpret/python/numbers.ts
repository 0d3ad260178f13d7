import type { BinaryOperator } from "../../syntax/tree.js";
import { programError } from "../errors.js";
import { type Call, type NumberValue, unknown, type Value } from "../values.js";

/** Integers are exact up to here; beyond it they are unknown. */
function integer(value: number): Value {
  return Number.isSafeInteger(value)
    ? { kind: "number", value: value + 0, float: false }
    : unknown("the number is too large to be computed");
}

export function float(value: number): NumberValue {
  return { kind: "number", value, float: true };
}

/** A number as Python's integer or float. */
export function numeric(value: number, isFloat: boolean): Value {
  return isFloat ? float(value) : integer(value);
}

/** Booleans count as integers. */
export function asNumber(value: Value): NumberValue | undefined {
  if (value.kind === "number") return value;
  return value.kind === "boolean" ? { kind: "number", value: value.value ? 1 : 0, float: false } : undefined;
}

/** An integer index or count. */
export function asInteger(value: Value | undefined): number | undefined {
  const number = value && asNumber(value);
  return number && !number.float ? number.value : undefined;
}

/** Undefined: these operands don't know the operator. */
export function arithmetic(operator: BinaryOperator, left: NumberValue, right: NumberValue, call: Call): Value | undefined {
  const a = left.value;
  const b = right.value;
  const isFloat = left.float || right.float;
  switch (operator) {
    case "+":
      return numeric(a + b, isFloat);
    case "-":
      return numeric(a - b, isFloat);
    case "*":
      return numeric(a * b, isFloat);
    case "/":
      return float(a / divisor(b, call));
    case "//":
      return numeric(Math.floor(a / divisor(b, call)), isFloat);
    case "%":
      return numeric(remainder(a, divisor(b, call)), isFloat);
    case "**":
      return power(a, b, isFloat, call);
    default:
      return isFloat ? undefined : bitwise(operator, a, b);
  }
}

/** Has the divisor's sign. */
export function remainder(a: number, b: number): number {
  const rest = a % b;
  return rest !== 0 && rest < 0 !== b < 0 ? rest + b : rest;
}

function divisor(value: number, call: Call): number {
  if (value === 0) throw programError("ZeroDivisionError", "division by zero", call.place);
  return value;
}

function power(a: number, b: number, isFloat: boolean, call: Call): Value {
  if (a === 0 && b < 0) throw programError("ZeroDivisionError", "0.0 cannot be raised to a negative power", call.place);
  const value = a ** b;
  if (Number.isNaN(value) && !Number.isNaN(a) && !Number.isNaN(b)) return unknown("complex numbers are not computed");
  return numeric(value, isFloat || b < 0);
}

function bitwise(operator: BinaryOperator, a: number, b: number): Value | undefined {
  switch (operator) {
    case "<<":
      return b < 0 ? undefined : integer(a * 2 ** b);
    case ">>":
      return b < 0 ? undefined : integer(Math.floor(a / 2 ** b));
    case "&":
      return integer(Number(BigInt(a) & BigInt(b)));
    case "|":
      return integer(Number(BigInt(a) | BigInt(b)));
    case "^":
      return integer(Number(BigInt(a) ^ BigInt(b)));
    default:
      return undefined;
  }
}

/** Halves go to the even neighbour. */
export function roundHalfEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  if (rest !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
}

/** To so many decimals, halves as Python's round does: by the exact binary value. */
export function roundTo(value: number, digits: number): number {
  if (!Number.isFinite(value) || digits > 20) return value;
  if (digits < 0) return roundHalfEven(value / 10 ** -digits) * 10 ** -digits;
  const rounded = Number(value.toFixed(digits));
  // toFixed rounds exact halves up; those are the multiples of a power of two.
  const scaled = value * 10 ** digits;
  const isHalf = Math.abs(scaled % 1) === 0.5 && scaled / 10 ** digits === value && Number.isInteger(value * 2 ** (digits + 1));
  return isHalf ? roundHalfEven(scaled) / 10 ** digits : rounded;
}
