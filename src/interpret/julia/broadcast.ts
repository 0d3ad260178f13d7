import { type Arguments, type Call, unknown, type Value } from "../values.js";
import { applyElementwise } from "./arrays/elementwise.js";
import { elementwise, isSequence } from "./operators.js";

/** f.(x, y): the function of each element. Arrays keep the shape they broadcast to, whatever the function. */
export function broadcasted(callee: Value, args: Arguments, call: Call): Value {
  const { positional, named, incomplete } = args;
  if (incomplete) return unknown("the arguments are not known");
  if (callee.kind === "unknown" && positional.every(({ kind }) => kind !== "tensor")) return callee;
  if (positional.some(({ kind }) => kind === "tensor")) return applyElementwise(nameOf(callee), positional, call);
  if (!positional.some(isSequence)) return call.interpreter.call(callee, positional, call.place, named);
  return elementwise(positional, (each) => call.interpreter.call(callee, each, call.place, named));
}

/** As the function is recorded. */
function nameOf(callee: Value): string {
  if (callee.kind === "native" || callee.kind === "class") return callee.name;
  return callee.kind === "function" && callee.tree.name !== "" ? callee.tree.name : "broadcast";
}
