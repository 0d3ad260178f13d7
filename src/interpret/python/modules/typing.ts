import { argument, libraryClass, native, nativeMethod } from "../../natives.js";
import { type ClassValue, FALSE, type ModuleValue, NONE, unknown } from "../../values.js";
import { lookUp } from "../mro.js";
import { OBJECT, TUPLE } from "../types.js";
import { fieldsOfTuple, made } from "./collections.js";

/** class X(NamedTuple): the class's annotated fields are those of the tuple. */
const NAMED_TUPLE: ClassValue = libraryClass(
  "NamedTuple",
  { __init_subclass__: nativeMethod("NamedTuple.__init_subclass__", () => NONE) },
  {
    bases: [TUPLE],
    construct: (cls, args, call) => {
      const annotations = lookUp(cls, "__annotations__")?.value;
      if (annotations?.kind !== "dictionary") return unknown("the fields of the named tuple are not known");
      const { names, fallbacks } = fieldsOfTuple(annotations, cls.members);
      return made(cls.name, names, fallbacks, args, call);
    },
  },
);

/** Bases that say something to type checkers alone. */
const plain = (name: string): ClassValue => libraryClass(name, {}, { bases: [OBJECT] });

const MEMBERS: ModuleValue["get"] = (() => {
  const all = new Map(
    Object.entries({
      NamedTuple: NAMED_TUPLE,
      Generic: plain("Generic"),
      Protocol: plain("Protocol"),
      TYPE_CHECKING: FALSE,
      cast: native("typing.cast", (args) => argument(args, 1, "val") ?? NONE),
      overload: native("typing.overload", (args) => argument(args, 0) ?? NONE),
      final: native("typing.final", (args) => argument(args, 0) ?? NONE),
      override: native("typing.override", (args) => argument(args, 0) ?? NONE),
      runtime_checkable: native("typing.runtime_checkable", (args) => argument(args, 0) ?? NONE),
    }),
  );
  return (name) => all.get(name) ?? unknown(`typing.${name} says nothing about values`);
})();

export const TYPING: ModuleValue = { kind: "module", name: "typing", get: MEMBERS };
