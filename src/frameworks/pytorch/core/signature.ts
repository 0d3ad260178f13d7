import { missingArguments, tooManyArguments, unexpectedKeyword } from "../../../interpret/errors.js";
import { type Arguments, type Call, integer, NONE, text, tuple, unknown, type Value } from "../../../interpret/values.js";

/** The parameters of a function of the library, as PyTorch's documentation writes them. */
export interface Signature {
  readonly name: string;
  /** As Python names it where it refuses a call. */
  readonly callee: string;
  readonly parameters: readonly SignatureParameter[];
}

interface SignatureParameter {
  readonly name: string;
  readonly kind: "normal" | "namedOnly" | "rest" | "namedRest";
  /** Undefined: it must be given. */
  readonly fallback: Value | undefined;
}

const known = new Map<string, Signature>();

/** Reads "Linear(in_features, out_features, bias=True)". Defaults are literals; "*" and "**kwargs" mean what they mean in Python. */
export function signature(written: string): Signature {
  const before = known.get(written);
  if (before) return before;
  const open = written.indexOf("(");
  const parameters: SignatureParameter[] = [];
  let kind: SignatureParameter["kind"] = "normal";
  for (const part of split(written.slice(open + 1, -1))) {
    const [name = "", fallback] = part.split("=");
    if (name.startsWith("**")) parameters.push({ name: name.slice(2), kind: "namedRest", fallback: undefined });
    else if (name.startsWith("*")) {
      if (name !== "*") parameters.push({ name: name.slice(1), kind: "rest", fallback: tuple([]) });
      kind = "namedOnly";
    } else parameters.push({ name, kind, fallback: fallback === undefined ? undefined : literal(fallback) });
  }
  const name = written.slice(0, open);
  const isClass = /^[A-Z]/.test(name);
  const read = { name, callee: isClass ? `${name}.__init__()` : `${name}()`, parameters };
  known.set(written, read);
  return read;
}

/** At commas outside brackets. */
function split(list: string): string[] {
  return list.trim() === "" ? [] : list.split(/,(?![^(]*\))/).map((part) => part.trim());
}

function literal(written: string): Value {
  if (written === "None") return NONE;
  if (written === "True" || written === "False") return { kind: "boolean", value: written === "True" };
  if (written.startsWith("'")) return text(written.slice(1, -1));
  if (written.startsWith("(")) return tuple(split(written.slice(1, -1)).map(literal));
  return { kind: "number", value: Number(written), float: /[.e]/.test(written) };
}

/** What a call gives to the parameters of a signature, by their names; defaults included. */
export type Bound = ReadonlyMap<string, Value>;

/**
 * Binds as Python does. What is missing from a call that is not wholly known is unknown. Throws the TypeError that Python would raise;
 * with `lenient`, arguments that the signature doesn't have pass, as versions of PyTorch differ in them.
 */
export function bind({ callee, parameters }: Signature, args: Arguments, call: Call, lenient = false): Bound {
  const bound = new Map<string, Value>();
  const open = lenient || parameters.some(({ kind }) => kind === "namedRest");
  // Python looks at keywords first.
  const unexpected = open ? undefined : [...args.named.keys()].find((given) => !parameters.some((parameter) => parameter.name === given));
  if (unexpected !== undefined) throw unexpectedKeyword(callee, unexpected, free(parameters, args), call.place);
  const missing: SignatureParameter[] = [];
  let position = 0;
  for (const parameter of parameters) {
    if (parameter.kind === "rest") {
      bound.set(parameter.name, tuple(args.positional.slice(position)));
      position = args.positional.length;
      continue;
    }
    if (parameter.kind === "namedRest") continue;
    const positional = parameter.kind === "normal" ? args.positional[position] : undefined;
    if (positional !== undefined) position++;
    const value = positional ?? args.named.get(parameter.name) ?? parameter.fallback;
    if (value) bound.set(parameter.name, value);
    else if (args.incomplete) bound.set(parameter.name, unknown("an argument that is not known"));
    else missing.push(parameter);
  }
  if (missing.length > 0) throw missingArguments(callee, missing, call.place);
  if (open) return bound;
  if (position < args.positional.length) {
    const least = parameters.filter(({ kind, fallback }) => kind === "normal" && !fallback).length;
    // What is refused has a self, which is written nowhere.
    throw tooManyArguments(callee, { least: least + 1, most: position + 1, given: args.positional.length + 1 }, call.place);
  }
  return bound;
}

/** Parameters that a call gives nothing yet. */
function free(parameters: Signature["parameters"], { positional, named }: Arguments): string[] {
  return parameters.flatMap(({ name }, i) => (i < positional.length || named.has(name) ? [] : name));
}

/** Where a call's arguments stand, by the names of the parameters they are for. */
export function placesByName(
  { parameters }: Signature,
  places: Call["argumentPlaces"],
): ReadonlyMap<string, { start: number; end: number }> {
  const named = new Map<string, { start: number; end: number }>();
  for (const [key, range] of places) {
    const name = typeof key === "number" ? parameters[key]?.name : key;
    if (name !== undefined) named.set(name, range);
  }
  return named;
}

/** An integer or, where it isn't known, an unknown value. */
export function integerOr(size: number | undefined, why = "a size that is not known"): Value {
  return size === undefined ? unknown(why) : integer(size);
}
