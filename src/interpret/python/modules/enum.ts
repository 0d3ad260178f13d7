import { libraryClass, native, nativeMethod } from "../../natives.js";
import { type Call, type ClassValue, integer, NONE, text, unknown, type Value } from "../../values.js";
import { equal } from "../equality.js";
import { valueError } from "../errors.js";
import { repr } from "../show.js";
import { descriptorIn, instance } from "../special.js";
import { INT, OBJECT, STR } from "../types.js";
import { module } from "./module.js";

const AUTO = libraryClass("auto", {}, { bases: [OBJECT] });

/** Plain members of the class become its instances, each with name and value. */
const prepare = nativeMethod("Enum.__init_subclass__", (cls, _, call) => {
  if (cls.kind !== "class") return NONE;
  let count = 0;
  for (const [name, value] of cls.members) {
    if (name.startsWith("_") || value.kind === "function" || value.kind === "class" || descriptorIn(value)) continue;
    count++;
    const member = instance(cls, call);
    member.fields.set("name", text(name));
    member.fields.set("value", value.kind === "instance" && value.class === AUTO ? automatic(cls, name, count) : value);
    cls.members.set(name, member);
    const init = cls.members.get("__init__");
    if (init?.kind === "function") {
      call.interpreter.call({ kind: "method", self: member, function: init }, value.kind === "tuple" ? value.items : [value], call.place);
    }
  }
  return NONE;
});

function automatic(cls: ClassValue, name: string, count: number): Value {
  return cls.bases.some((base) => base.name === "StrEnum") ? text(name.toLowerCase()) : integer(count);
}

/** Color(1) is the member with that value. */
function find(cls: ClassValue, value: Value | undefined, call: Call): Value {
  for (const member of cls.members.values()) {
    if (member.kind !== "instance" || member.class !== cls || !value) continue;
    if (member === value) return member;
    const truth = equal(member.fields.get("value") ?? NONE, value, call);
    if (truth === "unknown") return unknown("which member it is is not known");
    if (truth) return member;
  }
  throw valueError(`${value ? repr(value, call) : "nothing"} is not a valid ${cls.name}`, call);
}

function kind(name: string, bases: readonly ClassValue[]): ClassValue {
  return libraryClass(
    name,
    { __init_subclass__: prepare },
    { bases, construct: (cls, { positional: [value] }, call) => find(cls, value, call) },
  );
}

const ENUM = kind("Enum", [OBJECT]);

/** Members compare and compute as their values. */
function valued(name: string, plain: ClassValue): ClassValue {
  const cls = kind(name, [ENUM]);
  const value = (each: Value | undefined): Value => (each?.kind === "instance" ? (each.fields.get("value") ?? each) : (each ?? NONE));
  cls.members.set(
    "__eq__",
    nativeMethod("__eq__", (self, { positional: [other] }, call) => ({
      kind: "boolean",
      value: equal(value(self), value(other), call) === true,
    })),
  );
  cls.members.set(
    "__index__",
    nativeMethod("__index__", (self) => value(self)),
  );
  cls.members.set(
    "__int__",
    nativeMethod("__int__", (self) => value(self)),
  );
  cls.members.set(
    "__str__",
    nativeMethod("__str__", (self, _, call) =>
      text(value(self).kind === "string" ? stringIn(value(self)) : (repr(value(self), call) ?? "")),
    ),
  );
  for (const [method, operator] of [
    ["__add__", "+"],
    ["__sub__", "-"],
    ["__mul__", "*"],
    ["__floordiv__", "//"],
  ] as const) {
    cls.members.set(
      method,
      nativeMethod(method, (self, { positional: [other] }, call) => call.interpreter.binary(operator, value(self), value(other), call)),
    );
  }
  return { ...cls, bases: [ENUM], incomplete: plain === STR };
}

function stringIn(value: Value): string {
  return value.kind === "string" ? value.value : "";
}

export const ENUMS = module("enum", {
  Enum: ENUM,
  IntEnum: valued("IntEnum", INT),
  StrEnum: valued("StrEnum", STR),
  Flag: ENUM,
  IntFlag: valued("IntFlag", INT),
  unique: native("enum.unique", ({ positional: [cls] }) => cls ?? NONE),
  auto: { ...AUTO, construct: (_, __, call) => instance(AUTO, call) },
});
