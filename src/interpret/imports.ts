import type { Statement } from "../syntax/tree.js";
import type { Frame } from "./frame.js";
import type { Interpreter } from "./interpreter.js";
import { unknown, type Value } from "./values.js";

type Import = Extract<Statement, { kind: "import" }>;

export function importInto(tree: Import, frame: Frame, interpreter: Interpreter): void {
  const module = interpreter.modules.find(tree.module, tree.level, frame.file);
  const set = (name: string, value: Value) => interpreter.setName(frame.scope.target(name), name, value);
  if (tree.all) {
    openAll(module, frame, interpreter);
    return;
  }
  if (tree.names) {
    for (const { name, as } of tree.names) set(as, interpreter.modules.member(tree, name, module, frame.file));
    return;
  }
  if (tree.as !== undefined) {
    set(tree.as, module);
    return;
  }
  // `import a.b.c` sets the name a.
  const [first = tree.module] = tree.module.split(".");
  set(first, first === tree.module ? module : interpreter.modules.find(first, 0, frame.file));
}

/** Of what is not known nothing is taken, as its names would hide those that are. */
function openAll(module: Value, frame: Frame, interpreter: Interpreter): void {
  if (module.kind !== "module") return;
  const file = interpreter.modules.scopeOf(module);
  if (!file) {
    frame.scope.open((name) => (name.startsWith("_") ? undefined : module.get(name)));
    return;
  }
  const listed = file.own.get("__all__");
  const names = listed && interpreter.items(listed)?.flatMap((name) => (name.kind === "string" ? [name.value] : []));
  for (const name of names ?? [...file.own.keys()].filter((each) => !each.startsWith("_"))) {
    interpreter.setName(frame.scope, name, file.own.get(name) ?? unknown(`${name} is not known`));
  }
}
