import type { Call, Value } from "../values.js";
import { asNumber } from "./numbers.js";
import { callSpecial, mayHaveMore } from "./special.js";

export type Truth = boolean | "unknown";

export function all(truths: Iterable<Truth>): Truth {
  let result: Truth = true;
  for (const truth of truths) {
    if (truth === false) return false;
    if (truth === "unknown") result = "unknown";
  }
  return result;
}

/** a == b */
export function equal(left: Value, right: Value, call: Call): Truth {
  if (left === right) return true;
  if (left.kind === "unknown" || right.kind === "unknown" || left.kind === "tensor" || right.kind === "tensor") return "unknown";
  const a = asNumber(left);
  const b = asNumber(right);
  if (a && b) return a.value === b.value;
  if (left.kind === "instance") return byMethod(left, right, call);
  if (right.kind === "instance") return byMethod(right, left, call);
  if (left.kind === "method" && right.kind === "method") return left.self === right.self && left.function === right.function;
  if (left.kind === "string" && right.kind === "string") return left.value === right.value;
  if (left.kind === "none" || right.kind === "none") return left.kind === right.kind;
  if (left.kind === "range" && right.kind === "range") {
    return left.start === right.start && left.stop === right.stop && left.step === right.step;
  }
  if (left.kind === "slice" && right.kind === "slice") {
    return all([equal(left.start, right.start, call), equal(left.stop, right.stop, call), equal(left.step, right.step, call)]);
  }
  if (left.kind === "set" && right.kind === "set") {
    return left.items.size === right.items.size && [...left.items.keys()].every((key) => right.items.has(key));
  }
  if (left.kind === "dictionary" && right.kind === "dictionary") {
    if (left.entries.size !== right.entries.size) return false;
    return all(
      [...left.entries].map(([key, { value }]): Truth => {
        const other = right.entries.get(key);
        return other ? equal(value, other.value, call) : false;
      }),
    );
  }
  if ((left.kind === "list" && right.kind === "list") || (left.kind === "tuple" && right.kind === "tuple")) {
    if (left.items.length !== right.items.length) return false;
    return all(left.items.map((item, at) => equal(item, right.items[at] ?? item, call)));
  }
  return false;
}

function byMethod(left: Value, right: Value, call: Call): Truth {
  const answer = callSpecial(left, "__eq__", [right], call);
  if (answer) return call.interpreter.truth(answer);
  return mayHaveMore(left) ? "unknown" : false;
}
