import type { BinaryOperator } from "../../syntax/tree.js";
import { append } from "../append.js";
import { type Call, unknown, type Value } from "../values.js";

/** Lists grow by anything that can be iterated, sets and dictionaries take others in. */
export function changeInPlace(operator: BinaryOperator, left: Value, right: Value, call: Call): boolean {
  const { interpreter } = call;
  if (left.kind === "list" && operator === "+") {
    const items = interpreter.items(right) ?? [unknown("what the list grows by is not known")];
    interpreter.willChange(left.items);
    append(left.items, items);
    return true;
  }
  if (left.kind === "set" && right.kind === "set" && operator === "|") {
    interpreter.willChange(left.items);
    for (const [key, value] of right.items) left.items.set(key, value);
    return true;
  }
  if (left.kind === "dictionary" && right.kind === "dictionary" && operator === "|") {
    interpreter.willChange(left.entries);
    for (const [key, entry] of right.entries) left.entries.set(key, entry);
    return true;
  }
  return false;
}
