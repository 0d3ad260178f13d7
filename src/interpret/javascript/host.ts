import { FALSE, integer, NONE, TRUE, text, unknown, type Value } from "../values.js";

/** Values that are the same here as in the program that is read: its language is ours. */
export type Primitive = number | string | boolean;

/** Longer strings and counts than anyone needs for a model are not computed. */
const MOST = 100_000;

/** Undefined for what is not a primitive. `undefined` and `null` are not told apart, so they are none either. */
export function toHost(value: Value | undefined): Primitive | undefined {
  return value?.kind === "number" || value?.kind === "string" || value?.kind === "boolean" ? value.value : undefined;
}

export function fromHost(value: unknown): Value {
  switch (typeof value) {
    case "number":
      return integer(value);
    case "string":
      return text(value);
    case "boolean":
      return value ? TRUE : FALSE;
    case "undefined":
      return NONE;
    default:
      if (value === null) return NONE;
      return Array.isArray(value) ? { kind: "list", items: value.map(fromHost) } : unknown("this value is not computed");
  }
}

/** What a function of JavaScript itself answers to primitives; unknown where an argument is none, or the answer might be huge. */
export function hostCall(owner: object, name: string, self: unknown, args: readonly Value[]): Value {
  const method: unknown = Reflect.get(owner, name);
  const values = args.map(toHost);
  const sane = values.every((value) => value !== undefined && !(name.match(/^(repeat|pad)/) && Number(value) > MOST));
  if (typeof method !== "function" || !sane) return unknown(`${name} of what is not known`);
  try {
    return fromHost(Reflect.apply(method, self, values));
  } catch {
    return unknown(`${name} fails`);
  }
}
