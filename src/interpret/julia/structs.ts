import type { Argument, ClassTree, FunctionTree, Parameter } from "../../syntax/tree.js";
import type { Frame } from "../frame.js";
import type { Interpreter } from "../interpreter.js";
import { Scope } from "../scope.js";
import { type Arguments, type Call, type ClassValue, type FunctionValue, type InstanceValue, unknown, type Value } from "../values.js";
import { addMethod, callWith, chosen, withMethod } from "./dispatch.js";

/** Where a callable's methods are. */
export const CALL = "__call__";

/** Constructors that the program defines for its structs, inner and outer. */
const constructors = new WeakMap<ClassValue, FunctionValue[]>();

/** struct Model ... end */
export function defineStruct(tree: ClassTree, frame: Frame, interpreter: Interpreter): ClassValue {
  const bases = tree.bases.map(({ value }) => interpreter.evaluate(value, frame));
  const methods: FunctionValue[] = [];
  const made: ClassValue = {
    kind: "class",
    name: tree.name,
    bases: bases.filter((base): base is ClassValue => base.kind === "class"),
    place: { file: frame.file, range: tree.nameRange },
    members: new Map(),
    incomplete: bases.some(({ kind }) => kind !== "class"),
    construct: (cls, args, call) => {
      const byName = args.positional.length === 0 && tree.decorators.length > 0;
      const method = chosen(methods, args);
      if (method) return callWith(method, args, call);
      return byName
        ? withDefaults(cls, tree, args, frame, call, interpreter)
        : unknown(`no constructor of ${cls.name} takes these arguments`);
    },
  };
  const scope = new Scope(frame.scope);
  scope.set("new", newOf(made, tree.fields ?? []));
  const inside: Frame = { ...frame, scope, closure: scope };
  for (const statement of tree.body) {
    if (statement.kind === "function") addMethod(methods, interpreter.makeFunction(statement.function, inside));
  }
  if (methods.length === 0 && tree.fields) methods.push(interpreter.makeFunction(fieldByField(tree, tree.fields), inside));
  constructors.set(made, methods);
  return made;
}

function newOf(cls: ClassValue, fields: readonly Parameter[]): Value {
  return { kind: "native", name: "new", call: (args, call) => withFields(cls, fields, args, call) };
}

/** The constructor that a struct has when it defines none inside: a value for each field, Model(a::Int, b) = new(a, b). */
function fieldByField({ name, nameRange, range }: ClassTree, fields: readonly Parameter[]): FunctionTree {
  const parameters = fields.map(({ fallback: _, ...field }) => field);
  const args = fields.map((field): Argument => ({ kind: "positional", value: { kind: "name", name: field.name, range } }));
  const callee = { kind: "name", name: "new", range } as const;
  return {
    name,
    nameRange,
    parameters,
    body: [{ kind: "return", value: { kind: "call", callee, args, range }, range }],
    decorators: [],
    range,
  };
}

function withFields(cls: ClassValue, fields: readonly Parameter[], { positional, incomplete }: Arguments, call: Call): Value {
  if (incomplete) return unknown(`the arguments of ${cls.name} are not known`);
  const named = fields.map(({ name }, at) => [name, positional[at] ?? unknown(`the field ${name} is not set`)] as const);
  return { kind: "instance", class: cls, fields: new Map(named), place: call.place } satisfies InstanceValue;
}

/** What @kwdef makes: fields by name, those left out as their defaults say, which may use the fields before. */
function withDefaults(cls: ClassValue, tree: ClassTree, args: Arguments, frame: Frame, call: Call, interpreter: Interpreter): Value {
  const scope = new Scope(frame.scope);
  const fields = new Map<string, Value>();
  for (const { name, fallback } of tree.fields ?? []) {
    const given = args.named.get(name) ?? (args.incomplete ? unknown(`the field ${name} is not known`) : undefined);
    const value = given ?? (fallback ? interpreter.evaluate(fallback, { ...frame, scope, closure: scope }) : unknown(`${name} is not set`));
    scope.set(name, value);
    fields.set(name, value);
  }
  return { kind: "instance", class: cls, fields, place: call.place };
}

/** A function definition as Julia means it: a method of a function, of a callable's type, or a constructor. */
export function defineMethod(method: FunctionValue, frame: Frame, interpreter: Interpreter): Value {
  const { name, callableOf } = method.tree;
  if (callableOf) {
    const type = interpreter.evaluate(callableOf.kind === "index" ? callableOf.object : callableOf, frame);
    if (type.kind === "class" && type.place) type.members.set(CALL, withMethod(type.members.get(CALL), method));
    return method;
  }
  const local = frame.scope.own.get(name);
  const before = local ?? (frame.scope === frame.globals ? frame.scope.find(name) : undefined);
  const known = before?.kind === "class" ? constructors.get(before) : undefined;
  if (before?.kind === "class" && known) {
    addMethod(known, method);
    return before;
  }
  return withMethod(before, method);
}
