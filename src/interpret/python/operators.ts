import type { BinaryOperator, ComparisonOperator, UnaryOperator } from "../../syntax/tree.js";
import { keyOf } from "../keys.js";
import { type Call, type DictionaryValue, FALSE, list, TRUE, text, tuple, unknown, type Value } from "../values.js";
import { equal, type Truth } from "./equality.js";
import { typeError } from "./errors.js";
import { percent } from "./format.js";
import { arithmetic, asInteger, asNumber, numeric } from "./numbers.js";
import { less } from "./ordering.js";
import { callSpecial, mayHaveMore } from "./special.js";
import { typeOf } from "./types.js";

const SPECIAL: Readonly<Record<BinaryOperator, string>> = {
  "+": "add",
  "-": "sub",
  "*": "mul",
  "/": "truediv",
  "//": "floordiv",
  "%": "mod",
  "**": "pow",
  "@": "matmul",
  "&": "and",
  "|": "or",
  "^": "xor",
  "<<": "lshift",
  ">>": "rshift",
};

export function fromTruth(truth: Truth): Value {
  if (truth === "unknown") return unknown("it depends on what is not known");
  return truth ? TRUE : FALSE;
}

export function unary(operator: UnaryOperator, operand: Value, call: Call): Value {
  const number = asNumber(operand);
  if (number) {
    if (operator === "-") return numeric(-number.value, number.float);
    if (operator === "+") return number;
    if (operator === "~" && !number.float) return numeric(-number.value - 1, false);
  }
  const answer = callSpecial(operand, { "-": "__neg__", "+": "__pos__", "~": "__invert__", not: "__bool__" }[operator], [], call);
  if (answer) return answer;
  if (mayHaveMore(operand)) return unknown(`the operator ${operator} is not known here`);
  throw typeError(`bad operand type for unary ${operator}: '${typeOf(operand)?.name ?? operand.kind}'`, call);
}

export function binary(operator: BinaryOperator, left: Value, right: Value, call: Call): Value {
  const a = asNumber(left);
  const b = asNumber(right);
  const result = (a && b && arithmetic(operator, a, b, call)) ?? ofSequences(operator, left, right, call) ?? ofSets(operator, left, right);
  if (result) return left.kind === "boolean" && right.kind === "boolean" ? asBoolean(operator, result) : result;
  const name = SPECIAL[operator];
  const answer = callSpecial(left, `__${name}__`, [right], call) ?? callSpecial(right, `__r${name}__`, [left], call);
  if (answer) return answer;
  // What gives lists here may give sets there: the keys of a dictionary.
  if (left.kind === "list" && "&|-^".includes(operator)) return unknown(`the operator ${operator} is not known here`);
  const unsure = [left, right].some((value) => mayHaveMore(value) || value.kind === "class" || value.kind === "module");
  if (unsure) return unknown(`the operator ${operator} is not known here`);
  const names = [left, right].map((value) => `'${typeOf(value)?.name ?? value.kind}'`);
  throw typeError(`unsupported operand type(s) for ${operator}: ${names.join(" and ")}`, call);
}

/** True & False is a boolean still. */
function asBoolean(operator: BinaryOperator, value: Value): Value {
  if (value.kind !== "number" || (operator !== "&" && operator !== "|" && operator !== "^")) return value;
  return value.value === 0 ? FALSE : TRUE;
}

function ofSequences(operator: BinaryOperator, left: Value, right: Value, call: Call): Value | undefined {
  if (operator === "%" && left.kind === "string") return percent(left.value, right, call);
  if (operator === "*") return repeated(left, right, call) ?? repeated(right, left, call);
  if (operator !== "+") return undefined;
  if (left.kind === "string" && right.kind === "string") return text(left.value + right.value);
  if (left.kind === "list" && right.kind === "list") return list([...left.items, ...right.items]);
  if (left.kind === "tuple" && right.kind === "tuple") return tuple([...left.items, ...right.items]);
  return undefined;
}

/** Longer results are unknown. */
const LONGEST = 1_000_000;

function repeated(sequence: Value, times: Value, _call: Call): Value | undefined {
  const count = asInteger(times);
  if (count === undefined) return undefined;
  const length =
    sequence.kind === "string" ? sequence.value.length : "items" in sequence && Array.isArray(sequence.items) ? sequence.items.length : 0;
  if (length * count > LONGEST) return unknown("it is too long to be computed");
  const passes = Math.max(0, count);
  if (sequence.kind === "string") return text(sequence.value.repeat(passes));
  if (sequence.kind !== "list" && sequence.kind !== "tuple") return undefined;
  const items = Array.from({ length: passes }, () => sequence.items).flat();
  return sequence.kind === "list" ? list(items) : tuple(items);
}

function ofSets(operator: BinaryOperator, left: Value, right: Value): Value | undefined {
  if (left.kind === "dictionary" && right.kind === "dictionary" && operator === "|") {
    return { kind: "dictionary", entries: new Map([...left.entries, ...right.entries]) } satisfies DictionaryValue;
  }
  if (left.kind !== "set" || right.kind !== "set") return undefined;
  const keep = (items: Iterable<[string, Value]>, test: (key: string) => boolean) => [...items].filter(([key]) => test(key));
  const inRight = (key: string) => right.items.has(key);
  const notInRight = (key: string) => !right.items.has(key);
  const notInLeft = (key: string) => !left.items.has(key);
  if (operator === "|") return { kind: "set", items: new Map([...left.items, ...right.items]) };
  if (operator === "&") return { kind: "set", items: new Map(keep(left.items, inRight)) };
  if (operator === "-") return { kind: "set", items: new Map(keep(left.items, notInRight)) };
  if (operator === "^") return { kind: "set", items: new Map([...keep(left.items, notInRight), ...keep(right.items, notInLeft)]) };
  return undefined;
}

export function compare(operator: ComparisonOperator, left: Value, right: Value, call: Call): Value {
  return fromTruth(truthOf(operator, left, right, call));
}

function truthOf(operator: ComparisonOperator, left: Value, right: Value, call: Call): Truth {
  switch (operator) {
    case "==":
      return equal(left, right, call);
    case "!=":
      return opposite(equal(left, right, call));
    case "<":
      return less(left, right, call);
    case ">":
      return less(right, left, call);
    case "<=":
      return either(less(left, right, call), () => equal(left, right, call));
    case ">=":
      return either(less(right, left, call), () => equal(left, right, call));
    case "is":
      return same(left, right);
    case "is not":
      return opposite(same(left, right));
    case "in":
      return contains(right, left, call);
    case "not in":
      return opposite(contains(right, left, call));
  }
}

function opposite(truth: Truth): Truth {
  return truth === "unknown" ? truth : !truth;
}

function either(truth: Truth, other: () => Truth): Truth {
  return truth === false ? other() : truth;
}

function same(left: Value, right: Value): Truth {
  if (left === right) return true;
  if (left.kind === "unknown" || right.kind === "unknown") return "unknown";
  if (left.kind === "none" || right.kind === "none") return left.kind === right.kind;
  if (left.kind === "boolean" && right.kind === "boolean") return left.value === right.value;
  if (left.kind === "number" && right.kind === "number") return left.value === right.value && left.float === right.float;
  if (left.kind === "string" && right.kind === "string") return left.value === right.value;
  return false;
}

/** item in container */
export function contains(container: Value, item: Value, call: Call): Truth {
  if (container.kind === "unknown" || item.kind === "unknown") return "unknown";
  if (container.kind === "string") return item.kind === "string" ? container.value.includes(item.value) : "unknown";
  if (container.kind === "dictionary") return container.entries.has(keyOf(item));
  if (container.kind === "set") return container.items.has(keyOf(item));
  const answer = callSpecial(container, "__contains__", [item], call);
  if (answer) return call.interpreter.truth(answer);
  const items = call.interpreter.items(container);
  if (!items) return "unknown";
  let found: Truth = false;
  for (const each of items) {
    const truth = equal(each, item, call);
    if (truth === true) return true;
    if (truth === "unknown") found = "unknown";
  }
  return found;
}
