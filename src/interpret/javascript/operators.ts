import type { BinaryOperator, ComparisonOperator, UnaryOperator } from "../../syntax/tree.js";
import { FALSE, integer, TRUE, text, unknown, type Value } from "../values.js";
import { fromHost, type Primitive, toHost } from "./host.js";
import { show } from "./show.js";

export function truth(value: Value): boolean | "unknown" {
  switch (value.kind) {
    case "none":
      return false;
    case "boolean":
    case "number":
    case "string":
      return Boolean(value.value);
    case "unknown":
      return "unknown";
    default:
      return true;
  }
}

export function unary(operator: UnaryOperator, operand: Value): Value {
  if (operator === "not") {
    const is = truth(operand);
    return is === "unknown" ? unknown("this cannot be told") : fromHost(!is);
  }
  const value = toHost(operand);
  if (value === undefined) return unknown("this number is not known");
  return integer(operator === "-" ? -Number(value) : operator === "+" ? Number(value) : ~Number(value));
}

const ARITHMETIC: Readonly<Record<BinaryOperator, (a: number, b: number) => number>> = {
  "+": (a, b) => a + b,
  "-": (a, b) => a - b,
  "*": (a, b) => a * b,
  "/": (a, b) => a / b,
  "//": (a, b) => Math.floor(a / b),
  "%": (a, b) => a % b,
  "**": (a, b) => a ** b,
  "@": () => Number.NaN,
  "&": (a, b) => a & b,
  "|": (a, b) => a | b,
  "^": (a, b) => a ^ b,
  "<<": (a, b) => a << b,
  ">>": (a, b) => a >> b,
};

/** `+` joins strings where one side is a string or an object; all else are numbers. */
export function binary(operator: BinaryOperator, left: Value, right: Value): Value {
  const [a, b] = [toHost(left), toHost(right)];
  if (operator === "+" && (typeof a !== "number" || typeof b !== "number") && !(typeof a === "boolean" || typeof b === "boolean")) {
    const parts = [show(left), show(right)];
    const [first, second] = parts;
    return first === undefined || second === undefined ? unknown("this string is not known") : text(first + second);
  }
  return a === undefined || b === undefined ? unknown("this number is not known") : integer(ARITHMETIC[operator](Number(a), Number(b)));
}

/** `===`. Objects are the same or not; whether two functions are cannot be told, as methods are made anew for each use. */
export function sameValue(left: Value, right: Value): boolean | "unknown" {
  if (left.kind === "unknown" || right.kind === "unknown") return "unknown";
  if (left.kind === "none" || right.kind === "none") return left.kind === right.kind;
  const [a, b] = [toHost(left), toHost(right)];
  if (a !== undefined || b !== undefined) return a === b;
  if (left === right) return true;
  if (left.kind === "tensor" && right.kind === "tensor") return left.tensor === right.tensor;
  return left.kind === right.kind && (left.kind === "method" || left.kind === "native") ? "unknown" : false;
}

/** `==`: primitives of two kinds are compared as numbers; an object and a primitive are not told. */
function looselySame(left: Value, right: Value): boolean | "unknown" {
  const [a, b] = [toHost(left), toHost(right)];
  if (a !== undefined && b !== undefined) return typeof a === typeof b ? a === b : Number(a) === Number(b);
  const mixed = (a === undefined) !== (b === undefined) && left.kind !== "none" && right.kind !== "none";
  return mixed ? "unknown" : sameValue(left, right);
}

const ORDER: ReadonlyMap<ComparisonOperator, (a: Primitive, b: Primitive) => boolean> = new Map([
  ["<", (a: Primitive, b: Primitive) => a < b],
  ["<=", (a: Primitive, b: Primitive) => a <= b],
  [">", (a: Primitive, b: Primitive) => a > b],
  [">=", (a: Primitive, b: Primitive) => a >= b],
]);

export function compare(operator: ComparisonOperator, left: Value, right: Value): Value {
  switch (operator) {
    case "==":
    case "!=":
      return answer(looselySame(left, right), operator === "!=");
    case "is":
    case "is not":
      return answer(sameValue(left, right), operator === "is not");
    default: {
      const [a, b] = [toHost(left), toHost(right)];
      const order = ORDER.get(operator);
      return order && a !== undefined && b !== undefined ? answer(order(a, b), false) : unknown("this cannot be told");
    }
  }
}

export function answer(is: boolean | "unknown", negated: boolean): Value {
  if (is === "unknown") return unknown("whether both are the same cannot be told");
  return is !== negated ? TRUE : FALSE;
}
