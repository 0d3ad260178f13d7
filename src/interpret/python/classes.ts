import type { ClassTree, Expression } from "../../syntax/tree.js";
import type { Frame } from "../frame.js";
import type { Interpreter } from "../interpreter.js";
import { keyOf } from "../keys.js";
import { Scope } from "../scope.js";
import { Site } from "../site.js";
import { type Arguments, type Call, type ClassValue, type DictionaryValue, text, unknown, type Value } from "../values.js";
import { constructorOf } from "./builtins/types.js";
import { typeError } from "./errors.js";
import { isOpen, lookUp, mro } from "./mro.js";
import { instance, isCallable } from "./special.js";
import { OBJECT, typeOf } from "./types.js";

/** Runs a class's body in a scope of its own; what that holds are its members. */
export function defineClass(tree: ClassTree, frame: Frame, interpreter: Interpreter): Value {
  const bases: ClassValue[] = [];
  let incomplete = false;
  for (const base of tree.bases) {
    if (base.kind !== "positional") continue;
    const value = interpreter.evaluate(base.value, frame);
    if (value.kind === "class") bases.push(value);
    else incomplete = true;
  }
  const scope = new Scope(frame.scope);
  const members = scope.own;
  const place = { file: frame.file, range: tree.nameRange };
  const cls: ClassValue = { kind: "class", name: tree.name, bases: bases.length > 0 ? bases : [OBJECT], place, members, incomplete };
  interpreter.execute(tree.body, { ...frame, scope, owner: cls });
  const annotations = annotationsIn(tree);
  if (annotations.entries.size > 0) members.set("__annotations__", annotations);
  const prepare = cls.bases.map((base) => lookUp(base, "__init_subclass__")?.value).find((value) => value?.kind === "native");
  const site = new Site(interpreter, frame.file, tree.range);
  if (prepare?.kind === "native") prepare.call({ positional: [cls], named: new Map(), incomplete: false }, site);
  return cls;
}

/** Fields by name, in order, each with the name of its type. */
function annotationsIn(tree: ClassTree): DictionaryValue {
  const annotations: DictionaryValue = { kind: "dictionary", entries: new Map() };
  for (const statement of tree.body) {
    if (statement.kind !== "assign" || !statement.annotation) continue;
    const [target] = statement.targets;
    if (target?.kind !== "name") continue;
    const key = text(target.name);
    annotations.entries.set(keyOf(key), { key, value: text(nameIn(statement.annotation)) });
  }
  return annotations;
}

function nameIn(annotation: Expression): string {
  if (annotation.kind === "name" || annotation.kind === "attribute") return annotation.name;
  return annotation.kind === "index" ? nameIn(annotation.object) : "";
}

/** Makes an instance: by the first class in order that says how, a constructor of a library or an `__init__`. */
export function construct(cls: ClassValue, args: Arguments, call: Call): Value {
  for (const owner of mro(cls)) {
    if (owner.construct) return owner.construct(cls, args, call);
    const plain = constructorOf(owner);
    if (plain)
      return owner === cls ? plain(cls, args, call) : unknown(`a ${cls.name} is a kind of ${owner.name}, whose items are not known`);
    if (owner.members.has("__new__")) return unknown(`${cls.name} makes its instances by __new__`);
    const init = owner.members.get("__init__");
    if (!init || !isCallable(init)) continue;
    const made = instance(cls, call);
    if (owner === OBJECT && args.positional.length + args.named.size > 0 && !isOpen(cls))
      throw typeError(`${cls.name}() takes no arguments`, call);
    call.interpreter.apply({ kind: "method", self: made, function: init }, args, call);
    return made;
  }
  return unknown(`how a ${cls.name} is made is not known`);
}

/** Calls classes and instances. */
export function callValue(callee: Value, args: Arguments, call: Call): Value {
  if (callee.kind === "class") return construct(callee, args, call);
  if (callee.kind === "instance") {
    const member = lookUp(callee.class, "__call__")?.value;
    if (member && isCallable(member)) return call.interpreter.apply({ kind: "method", self: callee, function: member }, args, call);
    if (isOpen(callee.class)) return unknown(`what calling a ${callee.class.name} gives is not known`);
  }
  throw typeError(`'${typeOf(callee)?.name ?? callee.kind}' object is not callable`, call);
}
