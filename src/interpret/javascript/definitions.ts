import type { ClassTree, FunctionTree } from "../../syntax/tree.js";
import type { Frame } from "../frame.js";
import type { Interpreter } from "../interpreter.js";
import type { ClassValue, FunctionValue } from "../values.js";
import { accessor, accessorOf } from "./classes.js";

/** A class of the program. What it is derived from may be unknown: then it is not all there is to it. */
export function defineClass(tree: ClassTree, frame: Frame, interpreter: Interpreter): ClassValue {
  const bases = tree.bases.map(({ value }) => interpreter.evaluate(value, frame));
  const cls: ClassValue = {
    kind: "class",
    name: tree.name,
    bases: bases.filter((base) => base.kind === "class"),
    place: { file: frame.file, range: tree.nameRange },
    members: new Map(),
    incomplete: bases.some((base) => base.kind !== "class"),
  };
  for (const statement of tree.body) {
    if (statement.kind === "function") define(cls, interpreter.makeFunction(statement.function, frame, cls), frame);
    else if (statement.kind === "assign" && statement.value) {
      const value = interpreter.evaluate(statement.value, frame);
      for (const target of statement.targets) if (target.kind === "name") cls.members.set(target.name, value);
    }
  }
  return cls;
}

/** `get` and `set` of one name are one member. */
function define(cls: ClassValue, made: FunctionValue, frame: Frame): void {
  const { name } = made.tree;
  const kind = accessKind(made.tree);
  const before = cls.members.get(name);
  const known = (before && accessorOf(before)) ?? { get: undefined, set: undefined };
  cls.members.set(name, kind ? accessor({ ...known, [kind]: made }, { file: frame.file, range: made.tree.nameRange }) : made);
}

function accessKind({ decorators }: FunctionTree): "get" | "set" | undefined {
  const names = decorators.map((decorator) => (decorator.kind === "name" ? decorator.name : ""));
  return names.includes("get") ? "get" : names.includes("set") ? "set" : undefined;
}
