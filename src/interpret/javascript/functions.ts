import type { FunctionValue, MethodValue, NativeFunction, Value } from "../values.js";
import { NONE, unknown } from "../values.js";
import { native } from "./natives.js";

/** call, apply and bind of a function. */
export function functionMethod(callee: FunctionValue | NativeFunction | MethodValue, name: string): NativeFunction | undefined {
  switch (name) {
    case "call":
      return native(name, ([self = NONE, ...args], call) => call.interpreter.call(withThis(callee, self), args, call.place));
    case "apply":
      return native(name, ([self = NONE, args = NONE], call) => {
        const items = args.kind === "none" ? [] : call.interpreter.items(args);
        return items ? call.interpreter.call(withThis(callee, self), items, call.place) : unknown("the arguments are not known");
      });
    case "bind":
      return native(name, ([self = NONE, ...first]) => {
        const bound = withThis(callee, self);
        return first.length === 0
          ? bound
          : native("bound function", (rest, call) => call.interpreter.call(bound, [...first, ...rest], call.place));
      });
    default:
      return undefined;
  }
}

function withThis(callee: FunctionValue | NativeFunction | MethodValue, self: Value): Value {
  return callee.kind === "function" && !callee.tree.arrow && self.kind !== "none" ? { kind: "method", self, function: callee } : callee;
}
