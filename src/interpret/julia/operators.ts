import type { BinaryOperator, ComparisonOperator } from "../../syntax/tree.js";
import { keyOf } from "../keys.js";
import { FALSE, integer, list, TRUE, text, tuple, unknown, type Value } from "../values.js";
import { boolean, float, numberOf, rangeItems } from "./natives.js";

/** What is longer is not computed. */
const LONGEST = 100_000;

/** An operator on values that are known; element by element for vectors, dotted or not, which is the same where Julia allows it. */
export function binary(operator: BinaryOperator, left: Value, right: Value): Value {
  if (left.kind === "unknown") return left;
  if (right.kind === "unknown") return right;
  const a = numberOf(left);
  const b = numberOf(right);
  if (a !== undefined && b !== undefined) return arithmetic(operator, a, b, isFloat(left) || isFloat(right));
  if (left.kind === "string") return onText(operator, left.value, right);
  if (isSequence(left) || isSequence(right)) return elementwise([left, right], ([x, y]) => binary(operator, x ?? left, y ?? right));
  return unknown(`${operator} of these is not computed`);
}

function isFloat(value: Value): boolean {
  return value.kind === "number" && value.float;
}

function arithmetic(operator: BinaryOperator, a: number, b: number, floats: boolean): Value {
  const number = (value: number) => (floats ? float(value) : integer(value));
  switch (operator) {
    case "+":
      return number(a + b);
    case "-":
      return number(a - b);
    case "*":
      return number(a * b);
    case "/":
      return float(a / b);
    case "//":
      return b === 0 && !floats ? unknown("division by zero") : number(Math.trunc(a / b));
    case "%":
      return b === 0 && !floats ? unknown("division by zero") : number(a % b);
    case "**":
      return number(a ** b);
    case "&":
      return integer(a & b);
    case "|":
      return integer(a | b);
    case "^":
      return integer(a ^ b);
    case "<<":
      return integer(a * 2 ** b);
    case ">>":
      return integer(Math.floor(a / 2 ** b));
    case "@":
      return unknown("@ is no operator");
  }
}

/** "a" * "b" joins, "a" ^ 3 repeats. */
function onText(operator: BinaryOperator, left: string, right: Value): Value {
  if (operator === "*" && right.kind === "string") return text(left + right.value);
  if (operator === "**" && right.kind === "number" && left.length * right.value <= LONGEST)
    return text(left.repeat(Math.max(0, right.value)));
  return unknown("this operator on text is not computed");
}

export function isSequence(value: Value): boolean {
  return value.kind === "list" || value.kind === "tuple" || value.kind === "range";
}

/** Broadcasts a function over vectors and tuples, single values standing for all their entries. A tuple where none is a vector. */
export function elementwise(values: readonly Value[], apply: (each: readonly Value[]) => Value): Value {
  const columns = values.map((value) => (isSequence(value) ? itemsOf(value) : undefined));
  const lengths = columns.flatMap((column) => (column && column.length !== 1 ? [column.length] : []));
  const length = lengths[0] ?? 1;
  if (lengths.some((each) => each !== length)) return unknown("the lengths differ");
  const results: Value[] = [];
  for (let at = 0; at < length; at++) {
    results.push(apply(values.map((value, each) => columns[each]?.[columns[each]?.length === 1 ? 0 : at] ?? value)));
  }
  return values.some(({ kind }) => kind === "list" || kind === "range") ? list(results) : tuple(results);
}

/** The items of sequences that are known; none for other values. */
export function itemsOf(value: Value): readonly Value[] {
  if (value.kind === "range") return rangeItems(value);
  return value.kind === "list" || value.kind === "tuple" ? value.items : [];
}

export function compare(operator: ComparisonOperator, left: Value, right: Value): Value {
  switch (operator) {
    case "is":
    case "==":
      return equal(left, right);
    case "is not":
    case "!=":
      return negated(equal(left, right));
    case "in":
      return contains(right, left);
    case "not in":
      return negated(contains(right, left));
    default:
      return ordered(operator, left, right);
  }
}

function negated(value: Value): Value {
  return value.kind === "boolean" ? boolean(!value.value) : value;
}

export function equal(left: Value, right: Value): Value {
  if (left.kind === "unknown") return left;
  if (right.kind === "unknown") return right;
  if (left === right) return TRUE;
  const a = numberOf(left);
  const b = numberOf(right);
  if (a !== undefined && b !== undefined) return boolean(a === b);
  if (isSequence(left) && isSequence(right)) {
    const [these, those] = [itemsOf(left), itemsOf(right)];
    if (these.length !== those.length) return FALSE;
    const results = these.map((item, at) => equal(item, those[at] ?? item));
    return results.find(({ kind }) => kind === "unknown") ?? boolean(results.every((each) => each === TRUE));
  }
  if (left.kind === "tensor" || right.kind === "tensor") {
    return left.kind === right.kind ? unknown("the numbers of an array are not known") : FALSE;
  }
  if (left.kind === "string" && right.kind === "string") return boolean(left.value === right.value);
  return boolean(left.kind === right.kind && keyOf(left) === keyOf(right));
}

function contains(collection: Value, item: Value): Value {
  if (collection.kind === "unknown") return collection;
  if (item.kind === "unknown") return item;
  if (collection.kind === "dictionary") return unknown("pairs are compared");
  if (collection.kind === "set") return boolean(collection.items.has(keyOf(item)));
  if (!isSequence(collection)) return unknown("what it holds is not known");
  const results = itemsOf(collection).map((each) => equal(each, item));
  if (results.includes(TRUE)) return TRUE;
  return results.find(({ kind }) => kind === "unknown") ?? FALSE;
}

function ordered(operator: "<" | "<=" | ">" | ">=", left: Value, right: Value): Value {
  const a = left.kind === "string" ? left.value : numberOf(left);
  const b = right.kind === "string" ? right.value : numberOf(right);
  if (a === undefined || b === undefined || typeof a !== typeof b) return unknown("the order of these is not known");
  if (operator === "<") return boolean(a < b);
  if (operator === "<=") return boolean(a <= b);
  return boolean(operator === ">" ? a > b : a >= b);
}
