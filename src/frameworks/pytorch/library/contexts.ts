import { type ClassValue, type InstanceValue, type NativeFunction, NONE, type Value } from "../../../interpret/values.js";
import { classOf, method, native } from "../core/native.js";

/** What `with torch.no_grad():` enters; as a decorator it leaves the function as it is. */
const CONTEXT: ClassValue = classOf(
  "context",
  [],
  [
    method("__enter__", (self) => self),
    method("__exit__", () => NONE),
    method("__call__", (_self, { positional: [decorated = NONE] }) => decorated),
  ],
);

/** no_grad, inference_mode, autocast: context managers and decorators, with or without a call. */
export function context(name: string): NativeFunction {
  return native(name, ({ positional: [decorated] }, call): Value => {
    if (decorated?.kind === "function" || decorated?.kind === "class" || decorated?.kind === "method") return decorated;
    const instance: InstanceValue = { kind: "instance", class: CONTEXT, fields: new Map(), place: call.place };
    return instance;
  });
}
