import { argument, native, nativeMethod } from "../../natives.js";
import {
  type Arguments,
  type Call,
  type ClassValue,
  type InstanceValue,
  list,
  NONE,
  TRUE,
  text,
  tuple,
  unknown,
  type Value,
} from "../../values.js";
import { setField } from "../attributes.js";
import { equal } from "../equality.js";
import { typeError } from "../errors.js";
import { lookUp, mro } from "../mro.js";
import { fromTruth } from "../operators.js";
import { repr } from "../show.js";
import { callSpecial, instance } from "../special.js";
import { FIELD, Field, type FieldRule } from "./fields.js";
import { module } from "./module.js";

/** Fields of a class and its bases, in the order of their first definition. */
const fieldsOf = new WeakMap<ClassValue, readonly DataField[]>();

interface DataField {
  readonly name: string;
  readonly rule: FieldRule;
  /** A value for `__post_init__` alone. */
  readonly forInit: boolean;
}

/** @dataclass, with or without arguments. */
const decorate = native("dataclasses.dataclass", (args, call) => {
  const [cls] = args.positional;
  if (cls?.kind === "class") return dataclass(cls, args, call);
  return native("dataclass", ({ positional: [given] }, site) =>
    given?.kind === "class" ? dataclass(given, args, site) : unknown("the class is not known"),
  );
});

function dataclass(cls: ClassValue, options: Arguments, call: Call): Value {
  const fields = new Map<string, DataField>();
  for (const base of [...mro(cls)].reverse()) for (const field of fieldsOf.get(base) ?? []) fields.set(field.name, field);
  const allByName = isSet(options, "kw_only", call);
  let byName = allByName;
  const annotations = cls.members.get("__annotations__");
  for (const { key, value: type } of annotations?.kind === "dictionary" ? annotations.entries.values() : []) {
    if (key.kind !== "string" || type.kind !== "string" || type.value === "ClassVar") continue;
    if (type.value === "KW_ONLY") byName = true;
    else fields.set(key.value, { name: key.value, rule: ruleOf(cls.members.get(key.value), byName), forInit: type.value === "InitVar" });
  }
  const all = [...fields.values()];
  fieldsOf.set(cls, all);
  for (const { name, rule } of all) {
    if (rule.fallback) cls.members.set(name, rule.fallback);
    else if (cls.members.get(name)?.kind === "instance") cls.members.delete(name);
  }
  const give = (name: string, method: Value) => {
    if (!cls.members.has(name)) cls.members.set(name, method);
  };
  if (!isOff(options, "init", call))
    give(
      "__init__",
      nativeMethod(`${cls.name}.__init__`, (self, args, site) => initialize(cls, all, self, args, site)),
    );
  if (!isOff(options, "repr", call))
    give(
      "__repr__",
      nativeMethod("__repr__", (self, _, site) => shown(cls, all, self, site)),
    );
  if (!isOff(options, "eq", call))
    give(
      "__eq__",
      nativeMethod("__eq__", (self, { positional: [other] }, site) => same(all, self, other, site)),
    );
  cls.members.set("__dataclass_fields__", list(all.map(({ name }) => text(name))));
  return cls;
}

const isSet = (args: Arguments, name: string, call: Call): boolean => {
  const value = args.named.get(name);
  return value !== undefined && call.interpreter.truth(value) === true;
};

const isOff = (args: Arguments, name: string, call: Call): boolean => {
  const value = args.named.get(name);
  return value !== undefined && call.interpreter.truth(value) === false;
};

function ruleOf(value: Value | undefined, byName: boolean): FieldRule {
  if (value?.kind === "instance" && value.payload instanceof Field)
    return { ...value.payload.rule, byName: byName || value.payload.rule.byName };
  return { fallback: value, factory: undefined, inInit: true, shown: true, byName };
}

function initialize(cls: ClassValue, fields: readonly DataField[], self: Value, args: Arguments, call: Call): Value {
  if (self.kind !== "instance") return NONE;
  const { interpreter } = call;
  const inInit = fields.filter(({ rule }) => rule.inInit);
  const ordered = inInit.filter(({ rule }) => !rule.byName);
  if (args.positional.length > ordered.length) {
    const given = args.positional.length + 1;
    throw typeError(`${cls.name}.__init__() takes ${ordered.length + 1} positional arguments but ${given} were given`, call);
  }
  for (const name of args.named.keys()) {
    if (!inInit.some((field) => field.name === name))
      throw typeError(`${cls.name}.__init__() got an unexpected keyword argument '${name}'`, call);
  }
  const forInit: Value[] = [];
  for (const { name, rule, forInit: only } of fields) {
    const at = ordered.findIndex((field) => field.name === name);
    const given = rule.inInit ? ((at < 0 ? undefined : args.positional[at]) ?? args.named.get(name)) : undefined;
    const value = given ?? rule.fallback ?? (rule.factory && interpreter.call(rule.factory, [], call.place));
    if (!value && rule.inInit && !args.incomplete)
      throw typeError(`${cls.name}.__init__() missing 1 required positional argument: '${name}'`, call);
    const known = value ?? unknown(`the field ${name} is not known`);
    if (only) forInit.push(known);
    else if (value ?? rule.inInit) setField(self, name, known, call);
  }
  callSpecial(self, "__post_init__", forInit, call);
  return NONE;
}

function shown(cls: ClassValue, fields: readonly DataField[], self: Value, call: Call): Value {
  const parts = fields
    .filter(({ rule, forInit }) => rule.shown && !forInit)
    .map(({ name }) => [name, self.kind === "instance" ? self.fields.get(name) : undefined] as const);
  const texts = parts.map(([name, value]) => (value ? `${name}=${repr(value, call) ?? "?"}` : `${name}=?`));
  const name = self.kind === "instance" ? self.class.name : cls.name;
  return texts.some((each) => each.endsWith("=?")) ? unknown("the text of it is not known") : text(`${name}(${texts.join(", ")})`);
}

function same(fields: readonly DataField[], self: Value, other: Value | undefined, call: Call): Value {
  if (self.kind !== "instance" || other?.kind !== "instance" || self.class !== other.class) return fromTruth(false);
  const values = (each: InstanceValue) => tuple(fields.map(({ name }) => each.fields.get(name) ?? NONE));
  return fromTruth(equal(values(self), values(other), call));
}

function dataFields(value: Value | undefined): readonly DataField[] {
  const cls = value?.kind === "instance" ? value.class : value;
  return cls?.kind === "class"
    ? (mro(cls)
        .map((each) => fieldsOf.get(each))
        .find((each) => each !== undefined) ?? [])
    : [];
}

export const DATACLASSES = module("dataclasses", {
  dataclass: decorate,
  field: native("dataclasses.field", (args, call) =>
    instance(
      FIELD,
      call,
      new Field({
        fallback: args.named.get("default"),
        factory: args.named.get("default_factory"),
        inInit: !isOff(args, "init", call),
        shown: !isOff(args, "repr", call),
        byName: isSet(args, "kw_only", call),
      }),
    ),
  ),
  replace: native("dataclasses.replace", (args, call) => {
    const [object] = args.positional;
    if (object?.kind !== "instance") return unknown("what is replaced is not known");
    const kept = dataFields(object).flatMap(({ name, rule }): [string, Value][] => {
      const value = args.named.get(name) ?? object.fields.get(name);
      return value && rule.inInit ? [[name, value]] : [];
    });
    return call.interpreter.call(object.class, [], call.place, new Map([...kept, ...args.named]));
  }),
  asdict: native("dataclasses.asdict", ({ positional: [object] }) => ({
    kind: "dictionary",
    entries: new Map(
      dataFields(object).map(({ name }) => [
        `s${name}`,
        { key: text(name), value: (object?.kind === "instance" ? object.fields.get(name) : undefined) ?? NONE },
      ]),
    ),
  })),
  astuple: native("dataclasses.astuple", ({ positional: [object] }) =>
    tuple(dataFields(object).map(({ name }) => (object?.kind === "instance" ? object.fields.get(name) : undefined) ?? NONE)),
  ),
  fields: native("dataclasses.fields", ({ positional: [object] }, call) =>
    tuple(
      dataFields(object).map(({ name }) => {
        const made = instance(FIELD, call);
        made.fields.set("name", text(name));
        return made;
      }),
    ),
  ),
  is_dataclass: native("dataclasses.is_dataclass", (args) => {
    const value = argument(args, 0);
    const cls = value?.kind === "instance" ? value.class : value;
    return cls?.kind === "class" && lookUp(cls, "__dataclass_fields__") ? TRUE : fromTruth(false);
  }),
  MISSING: unknown("a value is missing"),
});
