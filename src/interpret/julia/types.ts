import type { Expression } from "../../syntax/tree.js";
import { derives, libraryClass } from "../natives.js";
import type { Scope } from "../scope.js";
import { type ClassValue, integer, list, NONE, text, tuple, unknown, type Value } from "../values.js";
import { float, numberOf, pair } from "./natives.js";
import { itemsOf } from "./operators.js";

/** Whether a value is of a type: what cannot be told is "maybe". */
export type Fit = "yes" | "no" | "maybe";

type Test = (value: Value) => boolean;

const is =
  (...kinds: readonly Value["kind"][]): Test =>
  ({ kind }) =>
    kinds.includes(kind);
const whole: Test = (value) => value.kind === "number" && !value.float;
const real: Test = is("number", "boolean");
const floating: Test = (value) => value.kind === "number" && value.float;
const sequence: Test = (value) => is("list", "range")(value);
const axes =
  (count: number): Test =>
  (value) =>
    value.kind === "tensor" ? value.tensor.shape === undefined || value.tensor.shape.length === count : count === 1 && sequence(value);
const array: Test = is("list", "range", "tensor");
const callable: Test = is("function", "native", "method");

/** Built-in types. Of those that aren't here nothing is known. */
const TESTS: ReadonlyMap<string, Test> = new Map<string, Test>([
  ["Any", () => true],
  ...["Int", "Int64", "Int32", "Integer", "UInt8", "UInt", "Signed", "Unsigned"].map((name) => [name, whole] as const),
  ...["Real", "Number"].map((name) => [name, real] as const),
  ...["AbstractFloat", "Float64", "Float32", "Float16"].map((name) => [name, floating] as const),
  ["Bool", is("boolean")],
  ["Nothing", is("none")],
  ...["String", "AbstractString", "Symbol", "Char"].map((name) => [name, is("string")] as const),
  ...["Tuple", "NTuple", "Dims", "NamedTuple"].map((name) => [name, is("tuple")] as const),
  ["Pair", (value) => value.kind === "tuple" && value.names?.[0] === "first"],
  ...["Vector", "AbstractVector"].map((name) => [name, axes(1)] as const),
  ...["Matrix", "AbstractMatrix"].map((name) => [name, axes(2)] as const),
  ...["Array", "AbstractArray", "DenseArray", "CuArray", "AbstractVecOrMat", "VecOrMat"].map((name) => [name, array] as const),
  ...["AbstractRange", "UnitRange", "StepRange"].map((name) => [name, is("range")] as const),
  ...["Function", "Base.Callable"].map((name) => [name, callable] as const),
  ...["Dict", "AbstractDict"].map((name) => [name, is("dictionary")] as const),
  ["Set", is("set")],
  ["Module", is("module")],
]);

/** Whether a value may be given where the annotation stands. No annotation takes all. */
export function fits(annotation: Expression | undefined, value: Value, scope: Scope): Fit {
  if (!annotation) return "yes";
  if (value.kind === "unknown") return "maybe";
  if (annotation.kind === "index") return fitsParametric(annotation, value, scope);
  const name = nameOf(annotation);
  if (name === undefined) return "maybe";
  const type = annotation.kind === "name" ? scope.find(name) : undefined;
  if (type?.kind === "class" && !builtin(type)) return value.kind === "instance" ? verdict(derives(value.class, type)) : "no";
  const test = TESTS.get(name.split(".").at(-1) ?? name);
  return test ? verdict(test(value)) : "maybe";
}

function verdict(fit: boolean): Fit {
  return fit ? "yes" : "no";
}

function builtin(type: ClassValue): boolean {
  return types().get(type.name) === type;
}

/** Val{3}, Type{T}, Union{Int, Tuple}, NTuple{3, Int}, AbstractArray{T, 4}; parameters of others are not looked at. */
function fitsParametric(annotation: Extract<Expression, { kind: "index" }>, value: Value, scope: Scope): Fit {
  const { object, indices } = annotation;
  const [first, second] = indices;
  switch (nameOf(object)) {
    case "Union": {
      const each = indices.map((index) => fits(index, value, scope));
      return each.includes("yes") ? "yes" : each.includes("maybe") ? "maybe" : "no";
    }
    case "Val":
      if (value.kind !== "instance" || value.class.name !== "Val") return "no";
      return first?.kind === "number" ? verdict(numberOf(value.fields.get("parameter")) === first.value) : "maybe";
    case "Type":
      if (value.kind !== "class") return "no";
      return first?.kind === "name" && scope.find(first.name)?.kind === "class" ? verdict(scope.find(first.name) === value) : "maybe";
    case "NTuple":
    case "Dims":
      if (value.kind !== "tuple") return "no";
      return first?.kind === "number" ? verdict(value.items.length === first.value) : "yes";
    case "AbstractArray":
    case "Array":
      if (second?.kind === "number") return verdict(axes(second.value)(value));
      break;
    case "Tuple":
      if (value.kind !== "tuple") return "no";
      return indices.length === value.items.length && indices.some((index, at) => fits(index, value.items[at] ?? NONE, scope) === "no")
        ? "no"
        : "yes";
  }
  return fits(object, value, scope);
}

/** The name of a type as written, `Flux.Chain` included. */
export function nameOf(annotation: Expression): string | undefined {
  if (annotation.kind === "name") return annotation.name;
  if (annotation.kind !== "attribute") return undefined;
  const outer = nameOf(annotation.object);
  return outer && `${outer}.${annotation.name}`;
}

/** How narrow a type is, to tell which of several methods that fit is meant: a number beats Int, Int beats Real, anything beats nothing. */
export function narrowness(annotation: Expression | undefined): number {
  if (!annotation) return 0;
  if (annotation.kind === "index") return narrowness(annotation.object) + 1;
  const name = nameOf(annotation);
  return name === undefined || name === "Any" ? 0 : /^(Abstract|Integer$|Real$|Number$|Function$)/.test(name) ? 2 : 4;
}

/** What a type makes of a value: Int("3"), Float32(2), Symbol(:a), Tuple([1, 2]). */
function convert(name: string, args: readonly Value[]): Value {
  const [value] = args;
  if (!value) return name === "Dict" ? { kind: "dictionary", entries: new Map() } : list([]);
  if (value.kind === "unknown" || value.kind === "tensor") return value;
  if (TESTS.get(name) === whole) return value.kind === "number" ? integer(Math.trunc(value.value)) : unknown(`${name} of this`);
  if (TESTS.get(name) === floating) return value.kind === "number" ? float(value.value) : unknown(`${name} of this`);
  if (TESTS.get(name) === TESTS.get("Tuple")) return tuple(itemsOf(value));
  if (TESTS.get(name) === array || name === "Vector") return list(itemsOf(value));
  if (TESTS.get(name) === TESTS.get("Symbol")) return value.kind === "number" ? text(String(value.value)) : value;
  return unknown(`${name} of this is not computed`);
}

let made: ReadonlyMap<string, ClassValue> | undefined;

/** The built-in types as values. */
export function types(): ReadonlyMap<string, ClassValue> {
  made ??= new Map([...TESTS.keys()].map((name) => [name, typeValue(name)]));
  return made;
}

function typeValue(name: string): ClassValue {
  return libraryClass(
    name,
    {},
    {
      incomplete: true,
      construct: (_, args) => {
        if (args.incomplete) return unknown(`the arguments of ${name} are not known`);
        const [first, second] = args.positional;
        return name === "Pair" && first && second ? pair(first, second) : convert(name, args.positional);
      },
    },
  );
}
