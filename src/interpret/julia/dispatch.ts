import type { FunctionTree, Statement } from "../../syntax/tree.js";
import { type Arguments, type Call, type FunctionValue, type NativeFunction, unknown, type Value } from "../values.js";
import { type Fit, fits, narrowness } from "./types.js";

/** Functions with several methods, known by the one function that stands for all. */
const families = new WeakMap<FunctionValue, FunctionValue[]>();

/** What a name means once a method is added to what it meant before. */
export function withMethod(before: Value | undefined, method: FunctionValue): Value {
  if (before?.kind === "native") return narrows(method) ? family([method], before) : method;
  if (before?.kind !== "function") return method;
  const methods = families.get(before);
  if (methods) {
    addMethod(methods, method);
    return before;
  }
  const both = [before];
  addMethod(both, method);
  return both.length === 1 ? method : family(both, undefined);
}

/** A method with the same signature takes the place of the earlier one. */
export function addMethod(methods: FunctionValue[], method: FunctionValue): void {
  const same = methods.findIndex((each) => signature(each) === signature(method));
  if (same >= 0) methods[same] = method;
  else methods.push(method);
}

function signature({ tree }: FunctionValue): string {
  return tree.parameters
    .filter(({ kind }) => kind === "normal" || kind === "rest")
    .map(({ kind, fallback, annotation }) => [kind, fallback !== undefined, annotation && JSON.stringify(annotation, withoutPlaces)].join())
    .join(";");
}

function withoutPlaces(key: string, value: unknown): unknown {
  return key === "range" ? undefined : value;
}

function narrows({ tree }: FunctionValue): boolean {
  return tree.parameters.some(({ annotation }) => narrowness(annotation) > 0);
}

/** The method a call means: of those that may take its arguments the narrowest, of equals the last. */
export function chosen(methods: readonly FunctionValue[], args: Arguments): FunctionValue | undefined {
  let best: { readonly method: FunctionValue; readonly score: number } | undefined;
  for (const method of methods) {
    const score = scoreOf(method, args);
    if (score !== undefined && (!best || score >= best.score)) best = { method, score };
  }
  return best?.method;
}

const WORTH: Readonly<Record<Fit, number>> = { yes: 100, maybe: 1, no: 0 };

/** Undefined where the method surely does not take these arguments. */
function scoreOf({ tree, scope }: FunctionValue, { positional, incomplete }: Arguments): number | undefined {
  const takes = tree.parameters.filter(({ kind }) => kind === "normal" || kind === "positionalOnly");
  const rest = tree.parameters.find(({ kind }) => kind === "rest");
  const needed = takes.filter(({ fallback }) => !fallback).length;
  if (!incomplete && positional.length < needed) return undefined;
  if (!rest && positional.length > takes.length) return undefined;
  let score = rest ? 0 : 1;
  for (const [at, value] of positional.entries()) {
    const annotation = (takes[at] ?? rest)?.annotation;
    const fit = fits(annotation, value, scope);
    if (fit === "no") return undefined;
    score += narrowness(annotation) * WORTH[fit];
  }
  return score;
}

function isSure({ tree, scope }: FunctionValue, { positional }: Arguments): boolean {
  return positional.every((value, at) => fits(tree.parameters[at]?.annotation, value, scope) === "yes");
}

/** One function that calls the method which is meant. To the rest of the interpreter it is a function like any other. */
function family(methods: FunctionValue[], otherwise: NativeFunction | undefined): FunctionValue {
  const [first] = methods;
  if (!first) throw new Error("a function has at least one method");
  const { name, nameRange, range } = first.tree;
  const dispatch: NativeFunction = {
    kind: "native",
    name,
    call: (args, call) => {
      const own = chosen(methods, args);
      // What is not known is rather what the built-in function takes.
      const method = own && (!otherwise || isSure(own, args)) ? own : otherwise;
      return method ? callWith(method, args, call) : unknown(`no method of ${name} takes these arguments`);
    },
  };
  const hidden = `#${name}`;
  first.scope.set(hidden, dispatch);
  const tree: FunctionTree = {
    name,
    nameRange,
    parameters: [
      { name: "args", kind: "rest" },
      { name: "named", kind: "namedRest" },
    ],
    body: [calling(hidden, range)],
    decorators: [],
    range,
  };
  const made: FunctionValue = { ...first, tree, fallbacks: new Map(), attributes: new Map() };
  families.set(made, methods);
  return made;
}

/** A name with # is none that a program could have. */
function calling(name: string, range: FunctionTree["range"]): Statement {
  const callee = { kind: "name", name, range } as const;
  const args = [
    { kind: "spread", value: { kind: "name", name: "args", range } },
    { kind: "namedSpread", value: { kind: "name", name: "named", range } },
  ] as const;
  return { kind: "return", value: { kind: "call", callee, args, range }, range };
}

/** Calls on with what is known of the arguments. */
export function callWith(callee: Value, args: Arguments, call: Call): Value {
  if (args.incomplete) return unknown("the arguments are not known");
  return call.interpreter.call(callee, args.positional, call.place, args.named);
}
