import type { Expression, Statement } from "../syntax/tree.js";
import { GeneratorFull, ProgramError, programError } from "./errors.js";
import { BREAK, CONTINUE, type Flow } from "./flow.js";
import type { Frame } from "./frame.js";
import { importInto } from "./imports.js";
import type { Interpreter } from "./interpreter.js";
import { forLoop, whileLoop } from "./loops.js";
import { computed, indexed } from "./operations.js";
import { Scope } from "./scope.js";
import { Site } from "./site.js";
import { assign, assignName } from "./targets.js";
import { NONE, unknown, type Value } from "./values.js";

/** Generators that yield this often mostly do for ever. */
const ENDLESS = 2_000;

type Of<Kind extends Statement["kind"]> = Extract<Statement, { kind: Kind }>;

/** Runs statements one after another, until one of them leaves the block. */
export function execute(statements: readonly Statement[], frame: Frame, interpreter: Interpreter): Flow {
  for (const statement of statements) {
    const flow = one(statement, frame, interpreter);
    if (flow) return flow;
  }
  return undefined;
}

function one(tree: Statement, frame: Frame, interpreter: Interpreter): Flow {
  interpreter.budget.step({ file: frame.file, range: tree.range });
  switch (tree.kind) {
    case "expression":
      interpreter.evaluate(tree.value, frame);
      return undefined;
    case "assign":
      return assignment(tree, frame, interpreter);
    case "augmented":
      return augmented(tree, frame, interpreter);
    case "return": {
      const value = tree.value ? interpreter.evaluate(tree.value, frame) : NONE;
      noteLine(value, tree, frame, interpreter);
      return { kind: "return", value };
    }
    case "yield": {
      const value = tree.value ? interpreter.evaluate(tree.value, frame) : NONE;
      frame.yields?.push(value);
      if (frame.yields && frame.yields.length >= ENDLESS) throw new GeneratorFull(frame.yields);
      return undefined;
    }
    case "if":
      return branch(tree, frame, interpreter);
    case "for":
      return forLoop(tree, frame, interpreter);
    case "while":
      return whileLoop(tree, frame, interpreter);
    case "function":
      defineFunction(tree, frame, interpreter);
      return undefined;
    case "class":
      defineClass(tree, frame, interpreter);
      return undefined;
    case "import":
      importInto(tree, frame, interpreter);
      return undefined;
    case "export":
      return exported(tree, frame, interpreter);
    case "try":
      return attempted(tree, frame, interpreter);
    case "with":
      return managed(tree, frame, interpreter);
    case "raise":
      throw raised(tree, frame, interpreter);
    case "assert":
      if (interpreter.truth(interpreter.evaluate(tree.test, frame)) !== false) return undefined;
      throw programError("AssertionError", "this assertion fails", { file: frame.file, range: tree.range });
    case "delete":
      for (const target of tree.targets) forget(target, frame, interpreter);
      return undefined;
    case "nonlocal":
      for (const name of tree.names) {
        const scope = tree.global ? frame.globals : (frame.scope.outer?.owner(name) ?? frame.globals);
        if (scope !== frame.scope) frame.scope.pointTo(name, scope);
      }
      return undefined;
    case "block":
      return execute(tree.body, interpreter.semantics.blockScopes ? inner(frame) : frame, interpreter);
    case "break":
      return BREAK;
    case "continue":
      return CONTINUE;
    case "pass":
      return undefined;
  }
}

function inner(frame: Frame): Frame {
  const scope = new Scope(frame.scope);
  return { ...frame, scope, closure: scope };
}

/** A block of its own, where the language has such. */
function block(statements: readonly Statement[], frame: Frame, interpreter: Interpreter): Flow {
  return execute(statements, interpreter.semantics.blockScopes ? inner(frame) : frame, interpreter);
}

function noteLine(value: Value, { range }: Statement, frame: Frame, interpreter: Interpreter): void {
  if (value.kind !== "tensor" || !value.tensor.shape) return;
  interpreter.trace.lines.push({ place: { file: frame.file, range }, shape: value.tensor.shape });
}

function assignment(tree: Of<"assign">, frame: Frame, interpreter: Interpreter): Flow {
  if (!tree.value) {
    if (tree.declares) for (const target of tree.targets) assign(target, NONE, frame, interpreter, true);
    return undefined;
  }
  const value = interpreter.evaluate(tree.value, frame);
  for (const target of tree.targets) assign(target, value, frame, interpreter, tree.declares === true);
  noteLine(value, tree, frame, interpreter);
  return undefined;
}

/** a += b */
function augmented(tree: Of<"augmented">, frame: Frame, interpreter: Interpreter): Flow {
  const { target } = tree;
  const site = new Site(interpreter, frame.file, tree.range);
  const apply = (before: Value): Value => {
    const operand = interpreter.evaluate(tree.value, frame);
    const changed = interpreter.semantics.changeInPlace?.(tree.operator, before, operand, site);
    const value = changed ? before : computed(tree.operator, before, operand, site, interpreter);
    noteLine(value, tree, frame, interpreter);
    return value;
  };
  if (target.kind === "name") {
    const before = frame.scope.find(target.name) ?? unknown(`${target.name} is not known`);
    assignName(target.name, apply(before), frame, interpreter);
  } else if (target.kind === "attribute") {
    const object = interpreter.evaluate(target.object, frame);
    interpreter.setAttributeAt(object, target.name, apply(interpreter.attributeAt(object, target.name, site)), site);
  } else if (target.kind === "index") {
    const object = interpreter.evaluate(target.object, frame);
    const indices = target.indices.map((each) => interpreter.evaluate(each, frame));
    const value = apply(indexed(object, indices, site, interpreter));
    if (object.kind !== "unknown" && object.kind !== "tensor") interpreter.semantics.setIndex(object, indices, value, site);
  }
  return undefined;
}

function branch(tree: Of<"if">, frame: Frame, interpreter: Interpreter): Flow {
  const truth = interpreter.truth(interpreter.evaluate(tree.test, frame));
  if (truth !== "unknown") return block(truth ? tree.then : tree.otherwise, frame, interpreter);
  // A loop that may be left here runs nobody knows how often.
  const noted = (flow: Flow): Flow => {
    if (flow?.kind === "break") interpreter.unsure.add(frame.function ?? frame.globals);
    return flow;
  };
  return interpreter.trials.either(
    () => noted(block(tree.then, frame, interpreter)),
    () => noted(block(tree.otherwise, frame, interpreter)),
    "it depends on a condition that is not known",
  );
}

function defineFunction(tree: Of<"function">, frame: Frame, interpreter: Interpreter): void {
  const made = interpreter.makeFunction(tree.function, frame);
  const defined = interpreter.semantics.defineFunction?.(made, frame, interpreter) ?? made;
  const value = decorated(defined, tree.function.decorators, frame, interpreter);
  if (tree.function.name !== "") interpreter.setName(frame.scope.target(tree.function.name), tree.function.name, value);
}

function defineClass(tree: Of<"class">, frame: Frame, interpreter: Interpreter): void {
  const defined = interpreter.semantics.defineClass(tree.class, frame, interpreter);
  const value = decorated(defined, tree.class.decorators, frame, interpreter);
  if (tree.class.name !== "") interpreter.setName(frame.scope.target(tree.class.name), tree.class.name, value);
}

/** The innermost first. One that is not known is taken to leave what it decorates as it is. */
function decorated(value: Value, decorators: readonly Expression[], frame: Frame, interpreter: Interpreter): Value {
  let result = value;
  for (const decorator of [...decorators].reverse()) {
    const callee = interpreter.evaluate(decorator, frame);
    if (callee.kind === "unknown") continue;
    const site = new Site(interpreter, frame.file, decorator.range);
    const made = interpreter.apply(callee, { positional: [result], named: new Map(), incomplete: false }, site);
    if (made.kind !== "unknown") result = made;
  }
  return result;
}

function exported(tree: Of<"export">, frame: Frame, interpreter: Interpreter): Flow {
  const { statement } = tree;
  if (!statement) return undefined;
  if (!tree.isDefault) return one(statement, frame, interpreter);
  if (statement.kind === "expression") {
    interpreter.setName(frame.globals, "default", interpreter.evaluate(statement.value, frame));
    return undefined;
  }
  const flow = one(statement, frame, interpreter);
  const name = statement.kind === "function" ? statement.function.name : statement.kind === "class" ? statement.class.name : "";
  const value = frame.scope.find(name);
  if (value) interpreter.setName(frame.globals, "default", value);
  return flow;
}

/** The handlers are for a body that surely fails: the first that may catch the error does. */
function attempted(tree: Of<"try">, frame: Frame, interpreter: Interpreter): Flow {
  let flow: Flow;
  try {
    flow = block(tree.body, frame, interpreter) ?? block(tree.otherwise, frame, interpreter);
  } catch (error) {
    if (!(error instanceof ProgramError)) throw error;
    const { catches } = interpreter.semantics;
    const handler = tree.handlers.find(({ catches: named }) => {
      if (!named || !catches) return true;
      const values = named.map((each) => interpreter.evaluate(each, frame));
      return catches(error, values) !== false;
    });
    if (!handler) {
      block(tree.finally, frame, interpreter);
      throw error;
    }
    flow = block(handler.body, frame, interpreter);
  }
  return block(tree.finally, frame, interpreter) ?? flow;
}

function managed(tree: Of<"with">, frame: Frame, interpreter: Interpreter): Flow {
  for (const { value: valueTree, target } of tree.items) {
    const manager = interpreter.evaluate(valueTree, frame);
    if (!target) continue;
    const site = new Site(interpreter, frame.file, valueTree.range);
    assign(target, interpreter.semantics.enterContext?.(manager, site) ?? manager, frame, interpreter);
  }
  return execute(tree.body, frame, interpreter);
}

function raised(tree: Of<"raise">, frame: Frame, interpreter: Interpreter): ProgramError {
  const place = { file: frame.file, range: tree.range };
  const value = tree.value && interpreter.evaluate(tree.value, frame);
  const described = value && interpreter.semantics.describeError?.(value, new Site(interpreter, frame.file, tree.range));
  return programError(described?.code ?? "raise", described?.message ?? "the program raises an error here", place, value);
}

function forget(target: Of<"delete">["targets"][number], frame: Frame, interpreter: Interpreter): void {
  const site = new Site(interpreter, frame.file, target.range);
  if (target.kind === "name") {
    const scope = frame.scope.target(target.name);
    interpreter.journal.willChange(scope.own);
    scope.delete(target.name);
  } else if (target.kind === "attribute") {
    const object = interpreter.evaluate(target.object, frame);
    if (object.kind !== "unknown" && object.kind !== "tensor") interpreter.semantics.deleteAttribute(object, target.name, site);
  } else if (target.kind === "index") {
    const object = interpreter.evaluate(target.object, frame);
    const indices = target.indices.map((each) => interpreter.evaluate(each, frame));
    if (object.kind !== "unknown" && object.kind !== "tensor") interpreter.semantics.deleteIndex(object, indices, site);
  }
}
