import type { Call, Value } from "../values.js";
import { equal } from "./equality.js";
import { typeError } from "./errors.js";
import { asNumber } from "./numbers.js";
import { callSpecial, mayHaveMore } from "./special.js";
import { typeOf } from "./types.js";

/** a < b; throws a TypeError where Python knows no order. */
export function less(left: Value, right: Value, call: Call): boolean | "unknown" {
  if (left.kind === "unknown" || right.kind === "unknown" || left.kind === "tensor" || right.kind === "tensor") return "unknown";
  const a = asNumber(left);
  const b = asNumber(right);
  if (a && b) return a.value < b.value;
  if (left.kind === "string" && right.kind === "string") return left.value < right.value;
  if ((left.kind === "list" && right.kind === "list") || (left.kind === "tuple" && right.kind === "tuple")) {
    for (const [at, item] of left.items.entries()) {
      const other = right.items[at];
      if (!other) return false;
      const same = equal(item, other, call);
      if (same === "unknown") return "unknown";
      if (!same) return less(item, other, call);
    }
    return left.items.length < right.items.length;
  }
  if (left.kind === "set" && right.kind === "set") {
    return left.items.size < right.items.size && [...left.items.keys()].every((key) => right.items.has(key));
  }
  const answer = callSpecial(left, "__lt__", [right], call) ?? callSpecial(right, "__gt__", [left], call);
  if (answer) return call.interpreter.truth(answer);
  if (mayHaveMore(left) || mayHaveMore(right)) return "unknown";
  const names = [left, right].map((value) => `'${typeOf(value)?.name ?? value.kind}'`);
  throw typeError(`'<' not supported between instances of ${names.join(" and ")}`, call);
}

/** A stable order of values; undefined where it cannot be known. */
export function sorted(values: readonly Value[], call: Call, key?: Value, reverse = false): Value[] | undefined {
  const keyed = values.map((value) => ({ value, key: key ? call.interpreter.call(key, [value], call.place) : value }));
  let known = true;
  const before = (a: Value, b: Value): boolean => {
    const answer = less(a, b, call);
    if (answer === "unknown") known = false;
    return answer === true;
  };
  const sign = reverse ? -1 : 1;
  keyed.sort((a, b) => (before(a.key, b.key) ? -sign : before(b.key, a.key) ? sign : 0));
  return known ? keyed.map(({ value }) => value) : undefined;
}
