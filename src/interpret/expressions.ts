import type { Argument, Clause, Expression, Item } from "../syntax/tree.js";
import { append } from "./append.js";
import type { Frame } from "./frame.js";
import type { Interpreter } from "./interpreter.js";
import { keyOf } from "./keys.js";
import { compared, computed, indexed, negated } from "./operations.js";
import { Scope } from "./scope.js";
import { Site } from "./site.js";
import { assign, assignName } from "./targets.js";
import {
  type Arguments,
  type DictionaryValue,
  ELLIPSIS,
  FALSE,
  type ListValue,
  NONE,
  type SetValue,
  TRUE,
  text,
  tuple,
  unknown,
  type Value,
} from "./values.js";

type Of<Kind extends Expression["kind"]> = Extract<Expression, { kind: Kind }>;

/** The value of an expression. Throws ProgramError where the program fails, ReadingStopped where the budget is spent. */
export function evaluate(tree: Expression, frame: Frame, interpreter: Interpreter): Value {
  switch (tree.kind) {
    case "none":
      return NONE;
    case "boolean":
      return tree.value ? TRUE : FALSE;
    case "number":
    case "string":
      return tree;
    case "ellipsis":
      return ELLIPSIS;
    case "name":
      return frame.scope.find(tree.name) ?? unknown(`${tree.name} is not known`);
    case "template":
      return template(tree, frame, interpreter);
    case "attribute":
      return attribute(tree, frame, interpreter);
    case "index":
      return index(tree, frame, interpreter);
    case "slice":
      return slice(tree, frame, interpreter);
    case "call":
      return call(tree, frame, interpreter);
    case "unary":
      return negated(tree, evaluate(tree.operand, frame, interpreter), frame, interpreter);
    case "binary": {
      const left = evaluate(tree.left, frame, interpreter);
      const right = evaluate(tree.right, frame, interpreter);
      return computed(tree.operator, left, right, new Site(interpreter, frame.file, tree.range), interpreter, tree.broadcast === true);
    }
    case "comparison":
      return comparison(tree, frame, interpreter);
    case "logical":
      return logical(tree, frame, interpreter);
    case "conditional":
      return conditional(tree, frame, interpreter);
    case "function":
      return interpreter.makeFunction(tree.function, frame);
    case "class":
      return interpreter.semantics.defineClass(tree.class, frame, interpreter);
    case "list":
      return listOf(items(tree.items, frame, interpreter), tree, frame, interpreter);
    case "tuple":
      return tupleOf(items(tree.items, frame, interpreter));
    case "set":
      return setOf(items(tree.items, frame, interpreter) ?? []);
    case "dictionary":
      return dictionary(tree, frame, interpreter);
    case "range":
      return range(tree, frame, interpreter);
    case "comprehension":
      return comprehension(tree, frame, interpreter);
    case "assignment": {
      const value = evaluate(tree.value, frame, interpreter);
      if (tree.target.kind === "name") assignName(tree.target.name, value, frame, interpreter);
      else assign(tree.target, value, frame, interpreter);
      return value;
    }
    case "block": {
      const flow = interpreter.execute(tree.body, interpreter.semantics.blockScopes ? inner(frame) : frame);
      return flow?.kind === "return" ? flow.value : NONE;
    }
    case "unknown":
      return unknown(`${tree.text} is not understood`);
  }
}

function inner(frame: Frame): Frame {
  const scope = new Scope(frame.scope);
  return { ...frame, scope, closure: scope };
}

function template(tree: Of<"template">, frame: Frame, interpreter: Interpreter): Value {
  let whole = "";
  for (const part of tree.parts) {
    if (typeof part === "string") {
      whole += part;
      continue;
    }
    const value = evaluate(part, frame, interpreter);
    if (value.kind === "unknown") return value;
    const shown = interpreter.semantics.show(value, new Site(interpreter, frame.file, part.range));
    if (shown === undefined) return unknown("the text depends on what is not known");
    whole += shown;
  }
  return text(whole);
}

function attribute(tree: Of<"attribute">, frame: Frame, interpreter: Interpreter): Value {
  const object = evaluate(tree.object, frame, interpreter);
  if (tree.optional && object.kind === "none") return NONE;
  return interpreter.attributeAt(object, tree.name, new Site(interpreter, frame.file, tree.range));
}

function index(tree: Of<"index">, frame: Frame, interpreter: Interpreter): Value {
  const object = evaluate(tree.object, frame, interpreter);
  const indices = tree.indices.map((each) => evaluate(each, frame, interpreter));
  return indexed(object, indices, new Site(interpreter, frame.file, tree.range), interpreter);
}

function slice(tree: Of<"slice">, frame: Frame, interpreter: Interpreter): Value {
  const part = (each: Expression | undefined) => (each ? evaluate(each, frame, interpreter) : NONE);
  return { kind: "slice", start: part(tree.start), stop: part(tree.stop), step: part(tree.step) };
}

function call(tree: Of<"call">, frame: Frame, interpreter: Interpreter): Value {
  const { callee: calleeTree } = tree;
  const callee = evaluate(calleeTree, frame, interpreter);
  if (calleeTree.kind === "attribute" && calleeTree.optional && callee.kind === "none") return NONE;
  const args = argumentsOf(tree.args, frame, interpreter);
  const site = new Site(interpreter, frame.file, tree.range, tree);
  const { broadcast } = interpreter.semantics;
  if (tree.broadcast && broadcast) return broadcast.call(interpreter.semantics, callee, args, site);
  return interpreter.apply(callee, args, site, tree.construct === true);
}

const NO_NAMED: ReadonlyMap<string, Value> = new Map();

export function argumentsOf(trees: readonly Argument[], frame: Frame, interpreter: Interpreter): Arguments {
  const positional: Value[] = [];
  let named: Map<string, Value> | undefined;
  let incomplete = false;
  for (const argument of trees) {
    const value = evaluate(argument.value, frame, interpreter);
    if (argument.kind === "positional") positional.push(value);
    else if (argument.kind === "named") {
      named ??= new Map();
      named.set(argument.name, value);
    } else if (argument.kind === "spread") {
      const spread = interpreter.itemsAt(value, new Site(interpreter, frame.file, argument.value.range));
      if (spread) append(positional, spread);
      else incomplete = true;
    } else if (value.kind === "dictionary") {
      named ??= new Map();
      for (const { key, value: each } of value.entries.values()) {
        if (key.kind === "string") named.set(key.value, each);
        else incomplete = true;
      }
    } else if (value.kind !== "none") incomplete = true;
  }
  return { positional, named: named ?? NO_NAMED, incomplete };
}

function comparison(tree: Of<"comparison">, frame: Frame, interpreter: Interpreter): Value {
  const [first, ...others] = tree.operands;
  let left = first ? evaluate(first, frame, interpreter) : NONE;
  let result: Value = TRUE;
  for (const [at, operand] of others.entries()) {
    const right = evaluate(operand, frame, interpreter);
    const site = new Site(interpreter, frame.file, tree.range);
    result = compared(tree.operators[at] ?? "==", left, right, site, interpreter);
    if (at + 1 < others.length && interpreter.truth(result) !== true) return result;
    left = right;
  }
  return result;
}

function logical(tree: Of<"logical">, frame: Frame, interpreter: Interpreter): Value {
  const left = evaluate(tree.left, frame, interpreter);
  const right = () => evaluate(tree.right, frame, interpreter);
  if (tree.operator === "coalesce") {
    if (left.kind === "none") return right();
    return left.kind === "unknown" ? interpreter.trials.value(() => left, right, left.why) : left;
  }
  const truth = interpreter.truth(left);
  if (truth === "unknown") {
    // `unknown and False` is surely not true, `unknown or True` surely is.
    const other = interpreter.trials.value(right, right, "");
    const decided = interpreter.truth(other);
    if (decided === (tree.operator === "or")) return decided ? TRUE : FALSE;
    return unknown("it depends on what is not known");
  }
  return truth === (tree.operator === "and") ? right() : left;
}

function conditional(tree: Of<"conditional">, frame: Frame, interpreter: Interpreter): Value {
  const test = evaluate(tree.test, frame, interpreter);
  const truth = interpreter.truth(test);
  const then = () => evaluate(tree.then, frame, interpreter);
  const otherwise = () => evaluate(tree.otherwise, frame, interpreter);
  if (truth === "unknown") return interpreter.trials.value(then, otherwise, "it depends on what is not known");
  return truth ? then() : otherwise();
}

/** Undefined where a spread cannot be known. */
function items(trees: readonly Item[], frame: Frame, interpreter: Interpreter): Value[] | undefined {
  const values: Value[] = [];
  for (const item of trees) {
    if (item.kind !== "spread") {
      values.push(evaluate(item, frame, interpreter));
      continue;
    }
    const site = new Site(interpreter, frame.file, item.range);
    const spread = interpreter.itemsAt(evaluate(item.value, frame, interpreter), site);
    if (!spread) return undefined;
    interpreter.budget.make(spread.length, site.place);
    append(values, spread);
  }
  return values;
}

function listOf(values: Value[] | undefined, tree: Expression, frame: Frame, interpreter: Interpreter): Value {
  if (!values) return unknown("the list is not known");
  interpreter.budget.make(values.length, { file: frame.file, range: tree.range });
  return { kind: "list", items: values };
}

function tupleOf(values: Value[] | undefined): Value {
  return values ? tuple(values) : unknown("the tuple is not known");
}

function setOf(values: readonly Value[]): SetValue {
  const set: SetValue = { kind: "set", items: new Map() };
  for (const value of values) set.items.set(keyOf(value), value);
  return set;
}

function dictionary(tree: Of<"dictionary">, frame: Frame, interpreter: Interpreter): Value {
  const result: DictionaryValue = { kind: "dictionary", entries: new Map() };
  for (const { key: keyTree, value: valueTree } of tree.entries) {
    const key = keyTree && evaluate(keyTree, frame, interpreter);
    const value = evaluate(valueTree, frame, interpreter);
    if (key) result.entries.set(keyOf(key), { key, value });
    else if (value.kind === "dictionary") for (const [name, entry] of value.entries) result.entries.set(name, entry);
    else if (value.kind === "instance")
      for (const [name, field] of value.fields) result.entries.set(keyOf(text(name)), { key: text(name), value: field });
    else if (value.kind !== "none") return unknown("the dictionary is not known");
  }
  return result;
}

function range(tree: Of<"range">, frame: Frame, interpreter: Interpreter): Value {
  const start = evaluate(tree.start, frame, interpreter);
  const stop = evaluate(tree.stop, frame, interpreter);
  const step = tree.step && evaluate(tree.step, frame, interpreter);
  const unknownPart = [start, stop, step].find((part) => part?.kind === "unknown");
  if (unknownPart) return unknownPart;
  const site = new Site(interpreter, frame.file, tree.range);
  return interpreter.semantics.range?.(start, stop, step, site) ?? unknown("the range is not known");
}

function comprehension(tree: Of<"comprehension">, frame: Frame, interpreter: Interpreter): Value {
  const scope = new Scope(frame.scope);
  const inside: Frame = { ...frame, scope, closure: scope };
  const list: ListValue = { kind: "list", items: [], ...(tree.makes === "generator" && { iterator: true }) };
  const entries: DictionaryValue = { kind: "dictionary", entries: new Map() };
  const element = () => {
    const key = tree.makes === "dictionary" ? evaluate(tree.key, inside, interpreter) : undefined;
    const value = evaluate(tree.element, inside, interpreter);
    if (key) entries.entries.set(keyOf(key), { key, value });
    else list.items.push(value);
  };
  if (!forEach(tree.clauses, 0, element, inside, interpreter)) return unknown("what the comprehension goes through is not known");
  if (tree.makes === "dictionary") return entries;
  return tree.makes === "set" ? setOf(list.items) : list;
}

/** False where something it goes through, or a condition, cannot be known. */
function forEach(clauses: readonly Clause[], at: number, element: () => void, frame: Frame, interpreter: Interpreter): boolean {
  const clause = clauses[at];
  if (!clause) {
    element();
    return true;
  }
  if (clause.kind === "if") {
    const truth = interpreter.truth(evaluate(clause.condition, frame, interpreter));
    if (truth === "unknown") return false;
    return truth ? forEach(clauses, at + 1, element, frame, interpreter) : true;
  }
  const site = new Site(interpreter, frame.file, clause.iterable.range);
  const values = interpreter.itemsAt(evaluate(clause.iterable, frame, interpreter), site);
  if (!values) return false;
  for (const value of values) {
    interpreter.budget.step(site.place);
    assign(clause.target, value, frame, interpreter, true);
    if (!forEach(clauses, at + 1, element, frame, interpreter)) return false;
  }
  return true;
}
