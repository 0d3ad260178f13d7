import { type ModuleValue, unknown, type Value } from "../../values.js";

/** A module with these members; what else it has is not known. */
export function module(name: string, members: Readonly<Record<string, Value>>): ModuleValue {
  const all = new Map(Object.entries(members));
  return { kind: "module", name, get: (member) => all.get(member) };
}

/** A module of which nothing needs to be known. */
export function harmless(name: string): ModuleValue {
  return { kind: "module", name, get: (member) => unknown(`${name}.${member} is not known`) };
}
