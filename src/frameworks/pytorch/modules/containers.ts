import { programError } from "../../../interpret/errors.js";
import { mayHaveMore } from "../../../interpret/python/special.js";
import {
  type Call,
  type ClassValue,
  type InstanceValue,
  integer,
  type NativeFunction,
  NONE,
  text,
  unknown,
  type Value,
} from "../../../interpret/values.js";
import { numberOf } from "../core/args.js";
import { classOf, method, setField } from "../core/native.js";
import { axisOf } from "../core/sizes.js";
import { childrenOf, isModule, MODULE } from "./moduleClass.js";

type Method = [string, NativeFunction];

/** What an indexed container holds: modules, or parameters. */
type Entries = (self: InstanceValue) => [string, Value][];

/** Methods of containers that count their entries: Sequential, ModuleList, ParameterList. */
function indexed(entries: Entries): Method[] {
  const append = (self: InstanceValue, value: Value, call: Call) => setField(self, String(entries(self).length), value, call);
  const replaceAll = (self: InstanceValue, values: readonly Value[], call: Call) => {
    call.interpreter.willChange(self.fields);
    for (const [name] of entries(self)) self.fields.delete(name);
    for (const [i, value] of values.entries()) self.fields.set(String(i), value);
  };
  const at = (self: InstanceValue, index: Value | undefined, call: Call): [string, Value] | undefined => {
    const all = entries(self);
    const wanted = index && numberOf(index);
    if (wanted === undefined) return undefined;
    const found = all[axisOf(wanted, all.length) ?? -1];
    if (!found) throw programError("IndexError", `index ${wanted} is out of range`, call.place);
    return found;
  };
  return [
    method("__len__", (self) => integer(entries(self).length)),
    method("__iter__", (self) => ({ kind: "list", items: entries(self).map(([, value]) => value), iterator: true })),
    method("__getitem__", (self, { positional: [index] }, call) => {
      if (index?.kind === "slice") return sliced(self, entries(self), index, call);
      return at(self, index, call)?.[1] ?? unknown("an entry at a place that is not known");
    }),
    method("__setitem__", (self, { positional: [index, value = NONE] }, call) => {
      const found = at(self, index, call);
      if (found) setField(self, found[0], value, call);
      return NONE;
    }),
    method("__delitem__", (self, { positional: [index] }, call) => {
      const all = entries(self);
      const gone = index?.kind === "slice" ? sliceOf(index, all.length)?.map((i) => all[i]?.[1]) : [at(self, index, call)?.[1]];
      if (gone)
        replaceAll(
          self,
          all.map(([, value]) => value).filter((value) => !gone.includes(value)),
          call,
        );
      return NONE;
    }),
    method("pop", (self, { positional: [index = integer(-1)] }, call) => {
      const found = at(self, index, call);
      if (found)
        replaceAll(
          self,
          entries(self).flatMap((entry) => (entry[0] === found[0] ? [] : [entry[1]])),
          call,
        );
      return found?.[1] ?? unknown("an entry at a place that is not known");
    }),
    method("append", (self, { positional: [value = NONE] }, call) => {
      append(self, value, call);
      return self;
    }),
    method("insert", (self, { positional: [index, value = NONE] }, call) => {
      const values = entries(self).map(([, entry]) => entry);
      values.splice((index && numberOf(index)) ?? values.length, 0, value);
      replaceAll(self, values, call);
      return self;
    }),
    ...["extend", "__iadd__"].map((name) =>
      method(name, (self, { positional: [more = NONE] }, call) => {
        for (const value of call.interpreter.items(more) ?? []) append(self, value, call);
        return self;
      }),
    ),
    method("__add__", (self, { positional: [more = NONE] }, call) => {
      const values = [...entries(self).map(([, value]) => value), ...(call.interpreter.items(more) ?? [])];
      return filled(
        self.class,
        values.map((value, i) => [String(i), value]),
        call,
      );
    }),
  ];
}

/** Positions that a slice takes of so many; undefined where its ends are unknown. */
function sliceOf(slice: Value & { kind: "slice" }, length: number): number[] | undefined {
  const bound = (value: Value, otherwise: number) => (value.kind === "none" ? otherwise : numberOf(value));
  const step = bound(slice.step, 1);
  if (step === undefined || step === 0) return undefined;
  const [first, last] = step > 0 ? [0, length] : [length - 1, -1];
  const [start, stop] = [bound(slice.start, first), bound(slice.stop, last)];
  if (start === undefined || stop === undefined) return undefined;
  const inside = (at: number, isDefault: boolean) =>
    isDefault
      ? at
      : step > 0
        ? Math.min(length, Math.max(0, at < 0 ? at + length : at))
        : Math.min(length - 1, Math.max(-1, at < 0 ? at + length : at));
  const from = inside(start, slice.start.kind === "none");
  const to = inside(stop, slice.stop.kind === "none");
  const count = Math.max(0, Math.ceil((to - from) / step));
  return Array.from({ length: count }, (_, i) => from + i * step);
}

/** Sequential keeps the names of what it takes, lists count anew. */
function sliced(self: InstanceValue, entries: readonly [string, Value][], slice: Value & { kind: "slice" }, call: Call): Value {
  const positions = sliceOf(slice, entries.length);
  if (!positions) return unknown("a slice with ends that are not known");
  const keepsNames = isSequential(self.class);
  const taken = positions.flatMap((position, i): [string, Value][] => {
    const entry = entries[position];
    return entry ? [[keepsNames ? entry[0] : String(i), entry[1]]] : [];
  });
  return filled(keepsNames ? SEQUENTIAL : MODULE_LIST, taken, call);
}

function filled(cls: ClassValue, entries: readonly [string, Value][], call: Call): InstanceValue {
  return { kind: "instance", class: cls, fields: new Map(entries), place: call.place };
}

/** Values of a dictionary, or items of anything else, as named fields. */
function fill(self: InstanceValue, source: Value, call: Call): void {
  if (source.kind === "none") return;
  if (source.kind === "dictionary") {
    for (const { key, value } of source.entries.values()) if (key.kind === "string") setField(self, key.value, value, call);
    return;
  }
  const items = call.interpreter.items(source);
  const before = [...self.fields.keys()].filter((name) => /^\d+$/.test(name)).length;
  items?.forEach((value, i) => {
    const [key, named] = value.kind === "tuple" || value.kind === "list" ? value.items : [];
    if (key?.kind === "string" && named) setField(self, key.value, named, call);
    else setField(self, String(before + i), value, call);
  });
}

export const SEQUENTIAL: ClassValue = classOf(
  "Sequential",
  [MODULE],
  [
    method("__init__", (self, { positional }, call) => {
      const [only] = positional;
      if (positional.length === 1 && only?.kind === "dictionary") fill(self, only, call);
      else
        positional.forEach((child, i) => {
          const fits = isModule(child) || child.kind === "unknown" || mayHaveMore(child);
          if (!fits) throw programError("TypeError", `${described(child)} is not a Module subclass`, call.place);
          setField(self, String(i), child, call);
        });
      return NONE;
    }),
    method("forward", (self, { positional: [input = NONE] }, call) => {
      let value = input;
      for (const [name, child] of self.fields) {
        if (isModule(child)) value = call.interpreter.call(child, [value], call.place);
        else if (/^\d+$/.test(name)) value = unknown("a child whose class is not known");
      }
      return value;
    }),
    ...indexed(childrenOf),
  ],
);

/** Also what is no module: lists of modules keep None. */
const listEntries: Entries = (self) => [...self.fields].filter(([name]) => /^\d+$/.test(name));

const MODULE_LIST: ClassValue = classOf(
  "ModuleList",
  [MODULE],
  [
    method("__init__", (self, { positional: [modules = NONE], named }, call) => {
      fill(self, named.get("modules") ?? modules, call);
      return NONE;
    }),
    ...indexed(listEntries),
  ],
);

function isSequential(cls: ClassValue): boolean {
  return cls === SEQUENTIAL || cls.bases.some(isSequential);
}

function described(value: Value): string {
  return value.kind === "list" ? "list" : value.kind === "class" ? `type ${value.name}` : value.kind;
}

/** Methods of containers that name their entries: ModuleDict, ParameterDict. */
function named(entries: Entries): Method[] {
  const find = (self: InstanceValue, key: Value | undefined, call: Call): Value => {
    if (key?.kind !== "string") return unknown("an entry of a name that is not known");
    const found = entries(self).find(([name]) => name === key.value)?.[1];
    if (!found) throw programError("KeyError", `'${key.value}'`, call.place);
    return found;
  };
  const listed = (name: string, view: (entry: [string, Value]) => Value) =>
    method(name, (self) => ({ kind: "list", items: entries(self).map(view), iterator: true }));
  return [
    method("__len__", (self) => integer(entries(self).length)),
    method("__getitem__", (self, { positional: [key] }, call) => find(self, key, call)),
    method("__contains__", (self, { positional: [key] }) => {
      if (key?.kind !== "string") return unknown("a name that is not known");
      return { kind: "boolean", value: entries(self).some(([name]) => name === key.value) };
    }),
    method("__setitem__", (self, { positional: [key, value = NONE] }, call) => {
      if (key?.kind === "string") setField(self, key.value, value, call);
      return NONE;
    }),
    method("__delitem__", (self, { positional: [key] }, call) => {
      call.interpreter.willChange(self.fields);
      if (key?.kind === "string") self.fields.delete(key.value);
      return NONE;
    }),
    method("pop", (self, { positional: [key] }, call) => {
      const found = find(self, key, call);
      call.interpreter.willChange(self.fields);
      if (key?.kind === "string") self.fields.delete(key.value);
      return found;
    }),
    method("update", (self, { positional: [more = NONE] }, call) => {
      fill(self, more, call);
      return NONE;
    }),
    listed("keys", ([name]) => text(name)),
    listed("__iter__", ([name]) => text(name)),
    listed("values", ([, value]) => value),
    listed("items", ([name, value]) => ({ kind: "tuple", items: [text(name), value] })),
  ];
}

const filling = (name: string) =>
  method(name, (self, { positional: [source = NONE] }, call) => {
    fill(self, source, call);
    return NONE;
  });

const tensorEntries: Entries = (self) => [...self.fields].filter(([, value]) => value.kind === "tensor");

export const CONTAINERS: readonly ClassValue[] = [
  SEQUENTIAL,
  MODULE_LIST,
  classOf("ModuleDict", [MODULE], [filling("__init__"), ...named(childrenOf)]),
  classOf("ParameterList", [MODULE], [filling("__init__"), ...indexed(tensorEntries)]),
  classOf("ParameterDict", [MODULE], [filling("__init__"), ...named(tensorEntries)]),
];
