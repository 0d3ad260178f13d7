import type { TextRange } from "../../../base/text.js";
import type { ProgramProblem } from "../../../interpret/problem.js";
import { repr } from "../../../interpret/python/show.js";
import type { Tensor } from "../../../interpret/tensor.js";
import type { Application, Attribute, TracedParameter } from "../../../interpret/trace.js";
import { type Call, type Place, type TensorValue, unknown, type Value } from "../../../interpret/values.js";
import type { Answer, Rule } from "./answer.js";
import { Args } from "./args.js";
import type { Bound } from "./signature.js";
import { roleOf, TorchTensor } from "./tensor.js";
import { asTrained, byPath, weightsGiven } from "./weights.js";

/** Who applies an operation: a layer that was made somewhere, or a function that just happens. */
export interface Actor {
  readonly type: string;
  readonly role: "layer" | "function";
  readonly name: string;
  readonly owner: object;
  readonly madeAt: Place;
  readonly parameters: readonly TracedParameter[];
  /** What it was made with, or called with. */
  readonly made?: () => Bound;
  /** The call whose arguments fixes change. */
  readonly edits?: { readonly place: Place; readonly arguments: ReadonlyMap<string, TextRange> };
}

/** What just happens at a place, without parameters of its own. */
export function functionActor(type: string, madeAt: Actor["madeAt"]): Actor {
  return { type, role: "function", name: "", owner: {}, madeAt, parameters: [] };
}

/**
 * Applies a rule to arguments, records it, and answers what the program gets. Without any tensor among the arguments nothing is
 * known, and nothing recorded.
 */
export function applyRule(rule: Rule, bound: Bound, actor: Actor, call: Call, find = (name: string) => bound.get(name)): Value {
  const inputs = tensorsIn(bound.values());
  if (inputs.length === 0) return unknown(`${actor.type} of something that is not known`);
  const given = rule(new Args(find, call));
  // Not even how many results there are is known.
  if (given.outputs.length === 0) return unknown(`${actor.type} of a size that is not known`);
  const data = inputs.filter((tensor) => roleOf(tensor) === "data");
  const dtype = given.dtype ?? inputs[0]?.dtype;
  const results = given.outputs.map((shape): TensorValue => ({ kind: "tensor", tensor: new TorchTensor(shape, dtype) }));
  if (given.problem) report(given.problem, actor, call);
  if (data.length > 0 || actor.role === "layer") {
    const tensors = results.map(({ tensor }) => tensor);
    const tensorOf = (argument: string) => tensorIn(find(argument));
    const { trace } = call.interpreter;
    const trained = asTrained(given.catalogue, tensorOf);
    if (actor.role === "layer") trace.add(new Applied(given, actor, call, data, tensors, trained));
    else {
      const told = { made: () => bound, ...actor, parameters: weightsGiven(trained, tensorOf, trace) };
      trace.add(new Applied(given, told, call, data, tensors, byPath(trained, tensorOf, trace)));
    }
  }
  return given.pack(results);
}

function tensorIn(value: Value | undefined): Tensor | undefined {
  return value?.kind === "tensor" ? value.tensor : undefined;
}

/** Puts an application into the trace. */
export function record(given: Answer, actor: Actor, call: Call, inputs: readonly Tensor[], results: readonly Tensor[]): void {
  call.interpreter.trace.add(new Applied(given, actor, call, inputs, results, given.catalogue));
}

/** What few ask for is found out when they do: long networks are read often, and mended seldom. */
class Applied implements Application {
  readonly type: string;
  readonly role: Actor["role"];
  readonly name: string;
  readonly owner: object;
  readonly madeAt: Place;
  readonly calledAt: Place;
  readonly parameters: readonly TracedParameter[];
  readonly outputs: Answer["outputs"];
  readonly multiplyAdds: Answer["multiplyAdds"];
  readonly reach: Answer["reach"];
  readonly formulas: Answer["formulas"];
  readonly others: Answer["others"];
  readonly attributes: Application["attributes"];
  readonly #edits: Actor["edits"];

  constructor(
    given: Answer,
    { type, role, name, owner, madeAt, parameters, edits, made }: Actor,
    call: Call,
    readonly inputs: readonly Tensor[],
    readonly results: readonly Tensor[],
    readonly catalogue: Answer["catalogue"],
  ) {
    this.type = type;
    this.role = role;
    this.name = name;
    this.owner = owner;
    this.madeAt = madeAt;
    this.calledAt = call.place;
    this.parameters = parameters;
    this.outputs = given.outputs;
    this.multiplyAdds = given.multiplyAdds;
    this.reach = given.reach;
    this.formulas = given.formulas;
    this.others = given.others;
    this.attributes = made && (() => plainAttributes(made(), call));
    this.#edits = edits;
  }

  get argumentPlaces(): ReadonlyMap<string, TextRange> {
    return this.#edits?.arguments ?? NO_PLACES;
  }
}

/** Arguments that are plain values and not left at None. */
function plainAttributes(bound: Bound, call: Call): Attribute[] {
  return [...bound].flatMap(([name, value]) => {
    const text = value.kind === "none" || value.kind === "instance" ? undefined : repr(value, call);
    return text === undefined ? [] : [{ name, value: text }];
  });
}

const NO_PLACES: ReadonlyMap<string, TextRange> = new Map();

/** Reports what PyTorch would raise, at the argument that is wrong, else at the call. */
export function report(problem: ProgramProblem, { edits, madeAt }: Pick<Actor, "edits" | "madeAt">, call: Call): void {
  const { problems } = call.interpreter.trace;
  const at = edits?.place ?? madeAt;
  const argument = problem.argument === undefined ? undefined : edits?.arguments.get(problem.argument);
  const place = argument ? { file: at.file, range: argument } : at;
  const again = problems.some((other) => other.place.range === place.range && other.message === problem.message);
  if (again) return;
  const edit = edits && { edits: { file: at.file, call: at.range, arguments: edits.arguments, calledAt: call.place } };
  problems.push({ ...problem, place, severity: "error", ...edit });
}

/** Tensors among values, also inside lists and tuples. */
export function tensorsIn(values: Iterable<Value>): Tensor[] {
  const found: Tensor[] = [];
  for (const value of values) {
    if (value.kind === "tensor") found.push(value.tensor);
    else if (value.kind === "list" || value.kind === "tuple") found.push(...tensorsIn(value.items));
  }
  return found;
}
