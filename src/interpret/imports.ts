import type { Statement } from "../syntax/tree.js";
import type { FileNames } from "./fileNames.js";
import type { Frame } from "./frame.js";
import type { Interpreter } from "./interpreter.js";
import type { Scope } from "./scope.js";
import { Trace } from "./trace.js";
import { unknown, type Value } from "./values.js";

type Import = Extract<Statement, { kind: "import" }>;

/** Sets the names that an import brings. At the top of a file those of other files are not looked for before somebody asks. */
export function importInto(tree: Import, frame: Frame, interpreter: Interpreter): void {
  const { modules, journal } = interpreter;
  const isAtTop = frame.scope === frame.globals && !journal.isTrying;
  const isLate = isAtTop && modules.leadsToFile(tree.module, tree.level, frame.file);
  const place = { file: frame.file, range: tree.range };
  const now = <T>(action: () => T) => aside(interpreter, () => interpreter.budget.importing(place, action));
  const late = <T>(action: () => T, meanwhile: T) => once(() => now(action), meanwhile);
  const find = (module = tree.module, level = tree.level) => modules.find(module, level, frame.file);
  const scope = (name: string) => frame.scope.target(name);
  const set = (name: string, value: () => Value) => {
    if (isLate && !scope(name).has(name)) scope(name).setLate(name, late(value, unknown(`${name} is imported in a circle`)));
    else interpreter.setName(scope(name), name, now(value));
  };
  if (tree.all) {
    if (isLate) frame.scope.setFile(namesOf(late(() => listed(find(), interpreter), NOTHING)));
    else openAll(now(find), frame, interpreter);
    return;
  }
  if (tree.names) {
    for (const { name, as } of tree.names) set(as, () => modules.member(tree, name, find(), frame.file));
    return;
  }
  if (tree.as !== undefined) {
    set(tree.as, find);
    return;
  }
  // `import a.b.c` sets the name a.
  const [first = tree.module] = tree.module.split(".");
  set(first, () => {
    const module = find();
    return first === tree.module ? module : find(first, 0);
  });
}

/** Of what is not known nothing is taken, as its names would hide those that are. */
function openAll(module: Value, frame: Frame, interpreter: Interpreter): void {
  if (module.kind !== "module") return;
  if (!interpreter.modules.scopeOf(module)) {
    frame.scope.open((name) => (name.startsWith("_") ? undefined : module.get(name)));
    return;
  }
  const { scope, names } = listed(module, interpreter);
  for (const name of names) interpreter.setName(frame.scope, name, scope?.member(name) ?? unknown(`${name} is not known`));
}

interface Listed {
  readonly scope: Scope | undefined;
  readonly names: ReadonlySet<string>;
}

const NOTHING: Listed = { scope: undefined, names: new Set() };

/** What `import *` takes of a file. */
function listed(module: Value, interpreter: Interpreter): Listed {
  const scope = module.kind === "module" ? interpreter.modules.scopeOf(module) : undefined;
  const said = scope?.member("__all__");
  const names = said && interpreter.items(said)?.flatMap((name) => (name.kind === "string" ? [name.value] : []));
  return { scope, names: new Set(names ?? [...(scope?.names() ?? [])].filter((each) => !each.startsWith("_"))) };
}

function namesOf(file: () => Listed): FileNames {
  /** What is being looked for: files that take all of each other would ask each other for ever. */
  const sought = new Set<string>();
  return {
    find: (name) => {
      const { scope, names } = file();
      if (!names.has(name) || sought.has(name)) return undefined;
      sought.add(name);
      try {
        return scope?.member(name) ?? unknown(`${name} is not known`);
      } finally {
        sought.delete(name);
      }
    },
    all: () => file().names,
  };
}

/** Works it out when it is asked for first. Who asks while that is going on gets what there is `meanwhile`: files may import each other. */
function once<T>(work: () => T, meanwhile: T): () => T {
  let known: { readonly value: T } | undefined;
  let isOpen = false;
  return () => {
    if (known) return known.value;
    if (isOpen) return meanwhile;
    isOpen = true;
    try {
      known = { value: work() };
    } finally {
      isOpen = false;
    }
    return known.value;
  };
}

/** What a file does as it is read has no part in what happens when somebody asks for it. */
function aside<T>(interpreter: Interpreter, action: () => T): T {
  const { budget, frames, journal, stack } = interpreter;
  const [calls, running] = [stack.splice(0), frames.splice(0)];
  try {
    return journal.apart(() => interpreter.tracing(new Trace(budget), action));
  } finally {
    stack.splice(0, stack.length, ...calls);
    frames.splice(0, frames.length, ...running);
  }
}
