import type { FunctionTree, Parameter } from "../syntax/tree.js";
import { GeneratorFull, missingArguments, programError, tooManyArguments, unexpectedKeyword } from "./errors.js";
import type { Frame } from "./frame.js";
import type { Interpreter } from "./interpreter.js";
import { keyOf } from "./keys.js";
import { Scope } from "./scope.js";
import { assign } from "./targets.js";
import { type Arguments, type Call, type FunctionValue, type ListValue, list, NONE, text, tuple, unknown, type Value } from "./values.js";

export function makeFunction(tree: FunctionTree, frame: Frame, interpreter: Interpreter): FunctionValue {
  const fallbacks = new Map<string, Value>();
  if (interpreter.semantics.fallbacks === "at definition") {
    for (const { name, fallback } of tree.parameters) if (fallback) fallbacks.set(name, interpreter.evaluate(fallback, frame));
  }
  const { file, globals, closure: scope, owner } = frame;
  return { kind: "function", tree, scope, file, globals, owner, fallbacks, attributes: new Map() };
}

/** Calls a function of the program. A generator runs to its end at once. */
export function callFunction(callee: FunctionValue, self: Value | undefined, args: Arguments, call: Call, interpreter: Interpreter): Value {
  const scope = new Scope(callee.scope);
  const { file, globals, tree } = callee;
  const yields: Value[] | undefined = tree.isGenerator ? [] : undefined;
  const frame: Frame = { file, globals, scope, closure: scope, function: callee, self, ...(yields && { yields }) };
  const asParameter = self !== undefined && interpreter.semantics.receiver === "parameter";
  const positional = asParameter ? [self, ...args.positional] : args.positional;
  interpreter.semantics.enter?.(frame, args);
  bind(callee, { ...args, positional }, frame, call, interpreter);
  if (yields) {
    exhaust(tree.body, frame, yields, interpreter);
    return { kind: "list", items: yields, iterator: true } satisfies ListValue;
  }
  interpreter.frames.push(frame);
  const flow = interpreter.execute(tree.body, frame);
  return flow?.kind === "return" ? flow.value : NONE;
}

/** Runs a generator's body; one without an end is cut off. */
function exhaust(body: FunctionTree["body"], frame: Frame, yields: Value[], interpreter: Interpreter): void {
  try {
    interpreter.execute(body, frame);
  } catch (error) {
    if (!(error instanceof GeneratorFull) || error.yields !== yields) throw error;
  }
}

/** Gives parameters their arguments; throws a TypeError as the language words it where they do not fit. */
function bind(callee: FunctionValue, args: Arguments, frame: Frame, call: Call, interpreter: Interpreter): void {
  const { parameters } = callee.tree;
  const strict = interpreter.semantics.strictArguments;
  if (strict) refuseKeywords(callee, args, call);
  let position = 0;
  const taken = new Set<string>();
  const missing: Parameter[] = [];
  for (const parameter of parameters) {
    const { name, kind } = parameter;
    if (kind === "rest") {
      const rest = args.positional.slice(position);
      position = args.positional.length;
      const items = args.incomplete ? unknown("these arguments are not known") : undefined;
      give(parameter, items ?? (interpreter.semantics.language === "javascript" ? list(rest) : tuple(rest)), frame, interpreter);
    } else if (kind === "namedRest") {
      const others = [...args.named].filter(([each]) => !taken.has(each));
      for (const [each] of others) taken.add(each);
      const entries = others.map(([each, value]) => [keyOf(text(each)), { key: text(each), value }] as const);
      give(parameter, { kind: "dictionary", entries: new Map(entries) }, frame, interpreter);
    } else {
      const byPosition = kind === "namedOnly" ? undefined : args.positional[position];
      if (byPosition) position++;
      const byName = kind === "positionalOnly" ? undefined : args.named.get(name);
      if (byName) taken.add(name);
      if (strict && byPosition && byName) {
        throw programError("TypeError", `${named(callee)} got multiple values for argument '${name}'`, call.place);
      }
      const given = byPosition ?? byName;
      const value = given && (strict || given.kind !== "none") ? given : (fallback(callee, parameter, frame, interpreter) ?? given);
      if (value) give(parameter, value, frame, interpreter);
      else if (args.incomplete || !strict)
        give(parameter, strict ? unknown(`the argument ${name} is not known`) : NONE, frame, interpreter);
      else missing.push(parameter);
    }
  }
  if (!strict) return;
  if (missing.length > 0) throw missingArguments(named(callee), missing, call.place);
  if (position < args.positional.length) {
    const most = parameters.filter(({ kind }) => kind === "normal" || kind === "positionalOnly").length;
    const least = most - parameters.filter((each) => each.fallback && each.kind !== "namedOnly").length;
    throw tooManyArguments(named(callee), { least, most, given: args.positional.length }, call.place);
  }
}

/** Python looks at keywords before it counts arguments. */
function refuseKeywords(callee: FunctionValue, args: Arguments, call: Call): void {
  const { parameters } = callee.tree;
  if (args.named.size === 0 || parameters.some(({ kind }) => kind === "namedRest")) return;
  const keywords = parameters.flatMap(({ kind, name }) => (kind === "normal" || kind === "namedOnly" ? name : []));
  const unexpected = [...args.named.keys()].find((name) => !keywords.includes(name));
  if (unexpected === undefined) return;
  const positions = parameters.filter(({ kind }) => kind === "normal" || kind === "positionalOnly").map(({ name }) => name);
  const taken = positions.slice(0, args.positional.length);
  const free = keywords.filter((name) => !taken.includes(name) && !args.named.has(name));
  throw unexpectedKeyword(named(callee), unexpected, free, call.place);
}

function fallback(callee: FunctionValue, parameter: Parameter, frame: Frame, interpreter: Interpreter): Value | undefined {
  if (!parameter.fallback) return undefined;
  return callee.fallbacks.get(parameter.name) ?? interpreter.evaluate(parameter.fallback, frame);
}

function give(parameter: Parameter, value: Value, frame: Frame, interpreter: Interpreter): void {
  if (parameter.target) assign(parameter.target, value, frame, interpreter, true);
  else interpreter.setName(frame.scope, parameter.name, value);
}

function named({ owner, tree }: FunctionValue): string {
  const name = tree.name === "" ? "<lambda>" : tree.name;
  return `${owner ? `${owner.name}.` : ""}${name}()`;
}
