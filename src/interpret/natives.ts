import { type Arguments, type Call, type ClassValue, type NativeFunction, type UnknownValue, unknown, type Value } from "./values.js";

/** A function of a library. */
export function native(name: string, call: (args: Arguments, call: Call) => Value): NativeFunction {
  return { kind: "native", name, call };
}

/** A method of a library's class: its first argument is the instance. */
export function nativeMethod(name: string, call: (self: Value, args: Arguments, call: Call) => Value): NativeFunction {
  return {
    kind: "native",
    name,
    bind: true,
    call: ({ positional: [self, ...positional], named, incomplete }, site) =>
      self ? call(self, { positional, named, incomplete }, site) : unknown(`${name} is called without its object`),
  };
}

/** An argument by its position or name. */
export function argument(args: Arguments, position: number, name?: string): Value | undefined {
  return args.positional[position] ?? (name === undefined ? undefined : args.named.get(name));
}

/** The first argument that is unknown: what is computed from it is too. */
export function unknownIn(args: Arguments): UnknownValue | undefined {
  for (const value of args.positional) if (value.kind === "unknown") return value;
  for (const value of args.named.values()) if (value.kind === "unknown") return value;
  return args.incomplete ? { kind: "unknown", why: "some arguments are not known" } : undefined;
}

/** A class of a library. All that can be found in it is listed, unless it says otherwise. */
export function libraryClass(
  name: string,
  members: Readonly<Record<string, Value>>,
  options: { readonly bases?: readonly ClassValue[]; readonly incomplete?: boolean; readonly construct?: ClassValue["construct"] } = {},
): ClassValue {
  const { bases = [], incomplete = false, construct } = options;
  const all = new Map(Object.entries(members));
  return { kind: "class", name, bases, place: undefined, members: all, incomplete, ...(construct && { construct }) };
}

/** Whether a class is another one or comes from it. */
export function derives(cls: ClassValue, from: ClassValue): boolean {
  return cls === from || cls.bases.some((base) => derives(base, from));
}
