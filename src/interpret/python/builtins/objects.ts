import { programError } from "../../errors.js";
import { identityOf, keyOf } from "../../keys.js";
import { argument, libraryClass, native, unknownIn } from "../../natives.js";
import {
  type Arguments,
  type Call,
  type ClassValue,
  ELLIPSIS,
  FALSE,
  integer,
  NONE,
  TRUE,
  text,
  unknown,
  type Value,
} from "../../values.js";
import type { Truth } from "../equality.js";
import { typeError } from "../errors.js";
import { formatted } from "../formatSpec.js";
import { isOpen, isSubclass, mro } from "../mro.js";
import { fromTruth } from "../operators.js";
import { repr } from "../show.js";
import { Descriptor, instance, special } from "../special.js";
import { OBJECT, PLAIN_TYPES, typeOf } from "../types.js";

/** locals() inside of a function. */
function localNames(_: Arguments, { interpreter: { locals } }: Call): Value {
  if (!locals) return unknown("the names of the file are not known as a dictionary");
  const entries = [...locals].map(([name, value]) => [keyOf(text(name)), { key: text(name), value }] as const);
  return { kind: "dictionary", entries: new Map(entries) };
}

/** isinstance(value, classes) */
function isInstance(args: Arguments, call: Call): Value {
  const [value, classes] = args.positional;
  if (!value || !classes) throw typeError("isinstance expected 2 arguments", call);
  return fromTruth(among(classes, (cls) => instanceOf(value, cls, call)));
}

/** Whether it holds for some class of a tuple of classes. */
function among(classes: Value, test: (cls: ClassValue) => Truth): Truth {
  if (classes.kind === "class") return test(classes);
  if (classes.kind !== "tuple") return "unknown";
  const truths = classes.items.map((each) => among(each, test));
  return truths.includes(true) ? true : truths.includes("unknown") ? "unknown" : false;
}

function instanceOf(value: Value, cls: ClassValue, call: Call): Truth {
  if (cls === OBJECT) return true;
  const check = cls.members.get("__instancecheck__");
  if (check?.kind === "native")
    return call.interpreter.truth(check.call({ positional: [value], named: new Map(), incomplete: false }, call));
  const own = typeOf(value);
  if (!own)
    return value.kind === "tensor" && PLAIN_TYPES.has(cls)
      ? false
      : value.kind === "tensor" && /Tensor|Variable/.test(cls.name)
        ? true
        : "unknown";
  if (isSubclass(own, cls)) return true;
  return isOpen(own) && !PLAIN_TYPES.has(cls) && mro(own).some(({ incomplete, place }) => incomplete && place) ? "unknown" : false;
}

function getAttribute(args: Arguments, call: Call): Value {
  const [object, name, fallback] = args.positional;
  if (!object || !name) throw typeError("getattr expected at least 2 arguments", call);
  if (name.kind !== "string") return unknown("which attribute is taken is not known");
  const found = call.interpreter.attribute(object, name.value) ?? fallback;
  if (found) return found;
  if (object.kind === "module" || object.kind === "tensor") return unknown(`.${name.value} is not known`);
  throw programError("AttributeError", `'${typeOf(object)?.name ?? object.kind}' object has no attribute '${name.value}'`, call.place);
}

function property(args: Arguments, call: Call): Value {
  const [get = NONE, set] = args.positional;
  return propertyOf(get, set, call);
}

/** `@x.setter` makes a property with both. */
function propertyOf(get: Value, set: Value | undefined, call: Call): Value {
  const made = instance(PROPERTY, call, set ? new Descriptor("property", get, set) : new Descriptor("property", get));
  made.fields.set(
    "setter",
    native("setter", ({ positional }, site) => propertyOf(get, positional[0], site)),
  );
  made.fields.set(
    "getter",
    native("getter", ({ positional }, site) => propertyOf(positional[0] ?? get, set, site)),
  );
  return made;
}

function descriptor(makes: "classmethod" | "staticmethod"): ClassValue {
  const construct: ClassValue["construct"] = (cls, { positional }, call) =>
    instance(cls, call, new Descriptor(makes, positional[0] ?? NONE));
  return libraryClass(makes, {}, { bases: [OBJECT], construct });
}

const PROPERTY = libraryClass("property", {}, { bases: [OBJECT], construct: (_, args, call) => property(args, call) });

export const OBJECT_BUILTINS: readonly (readonly [string, Value])[] = [
  ["isinstance", native("isinstance", isInstance)],
  [
    "issubclass",
    native("issubclass", ({ positional: [cls, classes] }) =>
      cls?.kind === "class" && classes
        ? fromTruth(among(classes, (of) => isSubclass(cls, of) || (isOpen(cls) ? "unknown" : false)))
        : unknown("the class is not known"),
    ),
  ],
  ["getattr", native("getattr", getAttribute)],
  [
    "setattr",
    native("setattr", ({ positional: [object, name, value] }, call) => {
      if (object && value && name?.kind === "string") call.interpreter.setAttribute(object, name.value, value);
      return NONE;
    }),
  ],
  [
    "hasattr",
    native("hasattr", ({ positional: [object, name] }, call) => {
      if (!object || name?.kind !== "string") return unknown("which attribute is asked for is not known");
      const found = call.interpreter.attribute(object, name.value);
      if (found?.kind === "unknown") return found;
      if (found) return TRUE;
      return object.kind === "module" || object.kind === "tensor" ? unknown(`.${name.value} is not known`) : FALSE;
    }),
  ],
  ["delattr", native("delattr", () => NONE)],
  [
    "callable",
    native("callable", ({ positional: [value] }) => {
      if (!value || value.kind === "unknown") return unknown("the value is not known");
      if (value.kind === "instance")
        return special(value, "__call__") ? TRUE : isOpen(value.class) ? unknown("the value is not known") : FALSE;
      return ["function", "method", "native", "class"].includes(value.kind) ? TRUE : FALSE;
    }),
  ],
  ["id", native("id", ({ positional: [value] }) => integer(value ? identityOf(value) : 0))],
  ["hash", native("hash", () => unknown("hashes are not computed"))],
  [
    "repr",
    native("repr", (args, call) => {
      const value = argument(args, 0);
      const shown = value && repr(value, call);
      return shown === undefined ? unknown("the text of it is not known") : text(shown);
    }),
  ],
  [
    "format",
    native("format", (args, call) => {
      const missing = unknownIn(args);
      const [value, spec] = args.positional;
      if (missing ?? !value) return missing ?? unknown("nothing is formatted");
      const shown = formatted(value, spec?.kind === "string" ? spec.value : "", call);
      return shown === undefined ? unknown("the text of it is not known") : text(shown);
    }),
  ],
  ["print", native("print", () => NONE)],
  ["input", native("input", () => unknown("what is typed in is not known"))],
  ["open", native("open", () => unknown("files are not read"))],
  [
    "vars",
    native(
      "vars",
      ({ positional: [object] }, call) => (object && call.interpreter.attribute(object, "__dict__")) ?? unknown("the names are not known"),
    ),
  ],
  ["dir", native("dir", () => unknown("the names are not known"))],
  ["globals", native("globals", () => unknown("the names of the file are not known as a dictionary"))],
  ["locals", native("locals", localNames)],
  ["eval", native("eval", () => unknown("text is not run"))],
  ["exec", native("exec", () => unknown("text is not run"))],
  ["compile", native("compile", () => unknown("text is not run"))],
  ["__import__", native("__import__", () => unknown("the module is not read"))],
  ["exit", native("exit", stop)],
  ["quit", native("quit", stop)],
  ["property", PROPERTY],
  ["classmethod", descriptor("classmethod")],
  ["staticmethod", descriptor("staticmethod")],
  ["Ellipsis", ELLIPSIS],
  ["__debug__", TRUE],
];

function stop(_: Arguments, call: Call): Value {
  throw programError("SystemExit", "the program ends here", call.place);
}
