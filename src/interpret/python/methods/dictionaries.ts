import { programError } from "../../errors.js";
import { keyOf } from "../../keys.js";
import { argument, native } from "../../natives.js";
import { type Arguments, type Call, type DictionaryValue, integer, list, NONE, text, tuple, unknown, type Value } from "../../values.js";
import { setEntry } from "../indexing.js";
import { repr } from "../show.js";
import { methods } from "./table.js";

export const DICTIONARY_METHODS = methods("dictionary", {
  get: (self, args) => lookUp(self, args) ?? argument(args, 1, "default") ?? NONE,
  keys: (self) => list([...self.entries.values()].map(({ key }) => key)),
  values: (self) => list([...self.entries.values()].map(({ value }) => value)),
  items: (self) => list([...self.entries.values()].map(({ key, value }) => tuple([key, value]))),
  setdefault: (self, args, call) => {
    const found = lookUp(self, args);
    if (found) return found;
    const value = argument(args, 1, "default") ?? NONE;
    setEntry(self, argument(args, 0) ?? NONE, value, call);
    return value;
  },
  pop: (self, args, call) => {
    const key = argument(args, 0) ?? NONE;
    const found = lookUp(self, args) ?? argument(args, 1, "default");
    if (!found) throw programError("KeyError", repr(key, call) ?? "a key is missing", call.place);
    change(self, call).delete(keyOf(key));
    return found;
  },
  popitem: (self, args, call) => {
    const last = argument(args, 0, "last");
    const keys = [...self.entries.keys()];
    const key = last && call.interpreter.truth(last) === false ? keys[0] : keys.at(-1);
    const entry = self.entries.get(key ?? "");
    if (key === undefined || !entry) throw programError("KeyError", "popitem(): dictionary is empty", call.place);
    change(self, call).delete(key);
    return tuple([entry.key, entry.value]);
  },
  update: (self, args, call) => {
    const other = argument(args, 0);
    if (other) for (const [key, value] of pairsIn(other, call)) setEntry(self, key, value, call);
    for (const [name, value] of args.named) setEntry(self, text(name), value, call);
    return NONE;
  },
  clear: (self, _, call) => {
    change(self, call).clear();
    return NONE;
  },
  copy: (self): DictionaryValue => ({ ...self, entries: new Map(self.entries) }),
  move_to_end: () => NONE,
  most_common: (self, args) => {
    const counted = [...self.entries.values()].sort((a, b) => countIn(b.value) - countIn(a.value));
    const wanted = argument(args, 0);
    return list(counted.slice(0, wanted?.kind === "number" ? wanted.value : undefined).map(({ key, value }) => tuple([key, value])));
  },
  __contains__: (self, args) => ({ kind: "boolean", value: self.entries.has(keyOf(argument(args, 0) ?? NONE)) }),
  __getitem__: (self, args) => lookUp(self, args) ?? unknown("an entry is not known"),
  __len__: (self) => integer(self.entries.size),
});

/** dict.fromkeys(keys, value) */
export const FROM_KEYS = native("dict.fromkeys", ({ positional: [keys, value = NONE] }, call) => {
  const items = keys && call.interpreter.items(keys);
  if (!items) return unknown("the keys are not known");
  return { kind: "dictionary", entries: new Map(items.map((key) => [keyOf(key), { key, value }])) };
});

function lookUp(self: DictionaryValue, args: Arguments): Value | undefined {
  const key = argument(args, 0) ?? NONE;
  if (key.kind === "unknown") return unknown("the key is not known");
  return self.entries.get(keyOf(key))?.value ?? (self.incomplete ? unknown("the dictionary has entries that are not known") : undefined);
}

/** Pairs of a dictionary, or of anything that gives pairs. */
export function pairsIn(value: Value, call: Call): (readonly [Value, Value])[] {
  if (value.kind === "dictionary") return [...value.entries.values()].map((entry) => [entry.key, entry.value]);
  return (call.interpreter.items(value) ?? []).flatMap((pair) => {
    const [key, each] = call.interpreter.items(pair) ?? [];
    return key && each ? [[key, each] as const] : [];
  });
}

function countIn(value: Value): number {
  return value.kind === "number" ? value.value : 0;
}

function change(self: DictionaryValue, call: Call): DictionaryValue["entries"] {
  call.interpreter.willChange(self.entries);
  return self.entries;
}
