import type { TextRange } from "../base/text.js";
import type { SourceFramework } from "../frameworks/framework.js";
import { ProgramError, type ReadingStopped } from "../interpret/errors.js";
import type { Interpreter } from "../interpret/interpreter.js";
import { neededParameters } from "../interpret/parameters.js";
import type { Scope } from "../interpret/scope.js";
import type { Trace } from "../interpret/trace.js";
import type { ClassValue, FunctionValue, Value } from "../interpret/values.js";
import type { Expression, FunctionTree, Module, Statement } from "../syntax/tree.js";
import { callsIn, dottedName, namesIn } from "../syntax/walk.js";
import type { ModelTarget } from "./types.js";

type Call = ReturnType<typeof callsIn>[number];

/** What an expression makes, or why it makes nothing, and what happened meanwhile. */
export interface Trial {
  readonly value?: Value;
  readonly failure?: ProgramError | ReadingStopped;
  readonly trace: Trace;
}

/** What finding targets may use. */
export interface TargetSearch {
  readonly file: string;
  readonly text: string;
  readonly tree: Module;
  readonly globals: Scope;
  readonly interpreter: Interpreter;
  readonly frameworks: readonly SourceFramework[];
  /** With less than the usual budget: what makes a model does not take long. */
  tryOut(expression: string): Trial;
  /** How many times as long as while someone types this may take. */
  readonly patience: number;
}

/** Milliseconds for trying what makes a model; the rest of the file is then left out. */
const PATIENCE = 400;

/** A name of a file that may make a model. */
interface Candidate extends Omit<ModelTarget, "expression"> {
  readonly value: Value;
  /** What makes the model; finding out costs trials. */
  expression(): string | undefined;
}

/**
 * The models a file makes: its classes, functions and variables, in the order of the text, each looked for when it is asked for. A class or
 * function that needs arguments is taken with those the file itself gives it somewhere.
 */
export function* findTargets(search: TargetSearch): Generator<ModelTarget, undefined> {
  const { budget } = search.interpreter;
  let left = PATIENCE * search.patience;
  const candidates = [...search.globals.own].flatMap(([name, value]) => candidateOf(name, value, search) ?? []);
  const parts = partsOf(search);
  const classes = candidates.filter(({ kind }) => kind === "class");
  const isInstance = ({ value }: Candidate) =>
    classes.some(({ name, expression }) => value.kind === "instance" && value.class.name === name && expression() !== undefined);
  for (const candidate of candidates.sort((a, b) => a.range.start - b.range.start)) {
    const { name, kind, range } = candidate;
    if (left <= 0) return;
    const start = budget.clock;
    const isOther = (kind === "class" && parts.has(name)) || (kind === "variable" && isInstance(candidate));
    const expression = isOther ? undefined : candidate.expression();
    left -= budget.clock - start;
    if (expression !== undefined) yield { expression, name, kind, range };
  }
}

function candidateOf(name: string, value: Value, search: TargetSearch): Candidate | undefined {
  const made = () => callThatMakes(name, search);
  if (value.kind === "class" && value.place?.file === search.file && isModelClass(value, search)) {
    return { name, kind: "class", range: nameRange(value.place.range, name, search), value, expression: made };
  }
  if (value.kind === "function" && value.scope === search.globals && (answers(value.tree) || mayMakeInside(value, search))) {
    return { name, kind: "function", range: value.tree.nameRange, value, expression: made };
  }
  if (value.kind === "instance" && isModel(value, search)) {
    const range = assignmentRange(name, search.tree.body);
    return range && { name, kind: "variable", range, value, expression: () => name };
  }
  return undefined;
}

/**
 * `Net()`, or the first call of the file that makes a model and is given only what is known at the top. Calls inside of functions that
 * answer something, and of classes, belong to those. Where all fail, one of which the class itself is to blame.
 */
function callThatMakes(name: string, search: TargetSearch): string | undefined {
  const empty = `${name}()`;
  const callee = search.globals.find(name);
  const inside = callee?.kind === "function" ? callee.tree.range : undefined;
  const lacking = lacksArguments(callee);
  if (!lacking && makesModel(empty, search, inside)) return empty;
  const known = callsOutside(search.tree).filter(
    (call) => dottedName(call.callee) === name && [...namesIn(call)].every((used) => isKnown(used, search)),
  );
  const texts = new Set(known.map(({ range }) => search.text.slice(range.start, range.end)));
  const own = [...texts].slice(0, 3);
  const made = own.find((text) => makesModel(text, search, inside)) ?? (lacking && makesModel(empty, search, inside) ? empty : undefined);
  if (made !== undefined || callee?.kind !== "class" || isBase(callee, search.globals)) return made;
  return [...own, ...(hasPlainDefaults(callee) ? [empty] : [])].find((text) => failsInside(text, search));
}

/** Whether other classes of the file are derived from one, and may have what it lacks. */
export function isBase(from: ClassValue, globals: Scope): boolean {
  return [...globals.own.values()].some((value) => value.kind === "class" && value.bases.includes(from));
}

/** Whether a class is surely wrong itself: no error that it raises by itself, as one that is to be derived from does, and none of the call. */
function failsInside(expression: string, search: TargetSearch): boolean {
  const { failure } = search.tryOut(expression);
  if (!(failure instanceof ProgramError) || failure.place.file !== search.file) return false;
  return failure.raised === undefined && failure.problem.code !== "AssertionError";
}

/** Whether a class is meant to be made without arguments: None often stands for one that must be given all the same. */
function hasPlainDefaults(made: ClassValue): boolean {
  const init = made.members.get("__init__");
  if (init?.kind !== "function") return made.bases.some(hasPlainDefaults);
  const [, ...parameters] = init.tree.parameters;
  return parameters.every(({ fallback }) => fallback?.kind === "number" || fallback?.kind === "string" || fallback?.kind === "boolean");
}

const outside = new WeakMap<Module, readonly Call[]>();

/** Calls that do not belong to a class or a function that answers something. */
function callsOutside(tree: Module): readonly Call[] {
  const calls = outside.get(tree) ?? callsIn(tree.body.filter((statement) => !isMaker(statement)));
  outside.set(tree, calls);
  return calls;
}

/** A function that is to be given something; where its language calls it all the same, the file's own calls tell more. */
function lacksArguments(value: Value | undefined): boolean {
  return value?.kind === "function" && neededParameters(value.tree).length > 0;
}

/** Whether an expression calls a function of the file without what it is to be given: what is then wrong is not the file's fault. */
export function givesTooLittle(expression: string, globals: Scope): boolean {
  const name = /^([\w$]+)\(\)$/.exec(expression)?.[1];
  return name !== undefined && lacksArguments(globals.find(name));
}

function isKnown(name: string, { globals }: TargetSearch): boolean {
  const value = globals.find(name);
  return value !== undefined && value.kind !== "unknown";
}

/** `inside`: where a function stands that may keep the model to itself. */
function makesModel(expression: string, search: TargetSearch, inside: TextRange | undefined): boolean {
  const { value, trace } = search.tryOut(expression);
  if (value === undefined || isModel(value, search)) return value !== undefined;
  const made = inside && search.frameworks.map((framework) => framework.lastMade?.(trace)).find((model) => model !== undefined);
  if (!made || made.place.file !== search.file) return false;
  return made.place.range.start >= inside.start && made.place.range.end <= inside.end;
}

/** Worth calling, though it answers nothing: it names what makes models. */
function mayMakeInside({ tree: { range } }: FunctionValue, { frameworks, text }: TargetSearch): boolean {
  return frameworks.some(({ lastMade }) => lastMade) && /\b(sequential|model)\s*\(/i.test(text.slice(range.start, range.end));
}

function isModel(value: Value, { frameworks }: TargetSearch): boolean {
  return frameworks.some((framework) => framework.isModel(value));
}

function isModelClass(value: Value, { frameworks }: TargetSearch): boolean {
  return frameworks.some((framework) => framework.isModelClass(value));
}

function isMaker(statement: Statement): boolean {
  return statement.kind === "class" || (statement.kind === "function" && answers(statement.function));
}

/** Whether a function has something to answer: those that train or print have not. */
function answers(tree: FunctionTree): boolean {
  const returnsValue = (statement: Statement): boolean => {
    if (statement.kind === "return") return statement.value !== undefined && statement.value.kind !== "none";
    if (statement.kind === "if") return [...statement.then, ...statement.otherwise].some(returnsValue);
    if (statement.kind === "for" || statement.kind === "while" || statement.kind === "with" || statement.kind === "block") {
      return statement.body.some(returnsValue);
    }
    return statement.kind === "try" && [...statement.body, ...statement.otherwise, ...statement.finally].some(returnsValue);
  };
  return tree.body.some(returnsValue);
}

/** Classes that other classes of the file are made of, or that stand in containers of their framework. */
function partsOf({ tree, globals, frameworks }: TargetSearch): Set<string> {
  const parts = new Set<string>();
  for (const statement of tree.body) {
    const made = classBody(statement, globals);
    for (const { callee } of made ? callsIn(made.body) : [])
      if (callee.kind === "name" && callee.name !== made?.name) parts.add(callee.name);
  }
  const names = new Set(frameworks.flatMap(({ containers = [] }) => containers));
  const calls = names.size > 0 ? callsIn(tree.body) : [];
  for (const container of calls.filter(({ callee }) => names.has(dottedName(callee)?.split(".").at(-1) ?? ""))) {
    for (const { callee, range } of calls)
      if (callee.kind === "name" && range.start > container.range.start && range.end < container.range.end) parts.add(callee.name);
  }
  return parts;
}

/** What belongs to a class: its definition, and in Julia the constructors and calls that are defined outside of it. */
function classBody(statement: Statement, globals: Scope): { readonly name: string; readonly body: readonly Statement[] } | undefined {
  if (statement.kind === "class") return statement.class;
  if (statement.kind !== "function") return undefined;
  const { name, callableOf, body } = statement.function;
  const type = callableOf?.kind === "index" ? callableOf.object : callableOf;
  const owner = type?.kind === "name" ? type.name : name;
  return globals.find(owner)?.kind === "class" ? { name: owner, body } : undefined;
}

function nameRange({ start, end }: { readonly start: number; readonly end: number }, name: string, { text }: TargetSearch) {
  const at = text.indexOf(name, start);
  return at >= 0 && at < end ? { start: at, end: at + name.length } : { start, end };
}

/** Where a name is set at the top of a file, first. */
function assignmentRange(name: string, body: readonly Statement[]): Expression["range"] | undefined {
  for (const statement of body) {
    if (statement.kind === "assign") {
      const target = statement.targets.find((candidate) => candidate.kind === "name" && candidate.name === name);
      if (target) return target.range;
    }
    const inner = blocksOf(statement);
    const found = inner && assignmentRange(name, inner);
    if (found) return found;
  }
  return undefined;
}

function blocksOf(statement: Statement): readonly Statement[] | undefined {
  if (statement.kind === "if") return [...statement.then, ...statement.otherwise];
  if (statement.kind === "export") return statement.statement && [statement.statement];
  return statement.kind === "for" || statement.kind === "with" || statement.kind === "block" || statement.kind === "try"
    ? statement.body
    : undefined;
}
