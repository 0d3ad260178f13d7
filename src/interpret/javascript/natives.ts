import type { Call, NativeFunction, Value } from "../values.js";
import { NONE, unknown } from "../values.js";

/** A built-in function. Where a spread of something unknown is among its arguments, its answer is unknown. */
export function native(name: string, call: (args: readonly Value[], call: Call) => Value): NativeFunction {
  return {
    kind: "native",
    name,
    call: (args, at) => (args.incomplete ? unknown(`the arguments of ${name} are not known`) : call(args.positional, at)),
  };
}

/** One that does nothing we care for. */
export function harmless(name: string): NativeFunction {
  return { kind: "native", name, call: () => NONE };
}

/** A whole number, also of what is left out. Undefined where it is not known. */
export function whole(value: Value | undefined, missing: number): number | undefined {
  if (value === undefined || value.kind === "none") return missing;
  return value.kind === "number" ? Math.trunc(value.value) || 0 : undefined;
}
