import type { Value } from "../../../interpret/values.js";
import { numberOf } from "../core/args.js";
import { numbersOf } from "../core/tensor.js";
import { knownTensor } from "./create.js";

/** To the nearest, halves to the even one, as torch.round does. */
export function roundHalfEven(x: number): number {
  const floor = Math.floor(x);
  const rest = x - floor;
  return rest === 0.5 ? (floor % 2 === 0 ? floor : floor + 1) : Math.round(x);
}

const UNARY: Readonly<Record<string, (x: number) => number>> = {
  round: roundHalfEven,
  floor: Math.floor,
  ceil: Math.ceil,
  trunc: Math.trunc,
  abs: Math.abs,
  neg: (x) => -x,
  log: Math.log,
  log2: Math.log2,
  exp: Math.exp,
  sqrt: Math.sqrt,
};

const BINARY: Readonly<Record<string, (a: number, b: number) => number>> = {
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  mul: (a, b) => a * b,
  div: (a, b) => a / b,
  divide: (a, b) => a / b,
  true_divide: (a, b) => a / b,
  floor_divide: (a, b) => Math.floor(a / b),
  remainder: (a, b) => a - b * Math.floor(a / b),
  pow: (a, b) => a ** b,
};

const OPERATORS: Readonly<Record<string, string>> = {
  "+": "add",
  "-": "sub",
  "*": "mul",
  "/": "div",
  "//": "floor_divide",
  "%": "remainder",
  "**": "pow",
};

/** The numbers that come out of a function or operator, where those that go in are known; undefined where it isn't done. */
export function computed(operation: string, args: readonly Value[]): Value | undefined {
  const name = OPERATORS[operation] ?? operation;
  const [first, second] = args;
  const numbers = first && (numbersOf(first) ?? (second && numbersOf(second) ? one(first) : undefined));
  if (!first || !numbers) return undefined;
  const unary = UNARY[name];
  if (unary && args.length === 1) return likeThem(numbers.map(unary), [first], name);
  const binary = BINARY[name];
  const others = second && (numbersOf(second) ?? one(second));
  if (binary && second && others && args.length === 2) return paired(binary, numbers, others, [first, second], name);
  if (name === "diff" && args.length === 1)
    return knownTensor(
      numbers.slice(1).map((x, i) => x - (numbers[i] ?? 0)),
      [Math.max(0, numbers.length - 1)],
      dtypeOf(first),
    );
  if (name === "cumsum") {
    const sums = numbers.map((_, i) => numbers.slice(0, i + 1).reduce((sum, x) => sum + x, 0));
    return likeThem(sums, [first], name);
  }
  if (name === "sum" && args.length === 1) return knownTensor([numbers.reduce((sum, x) => sum + x, 0)], [], dtypeOf(first));
  return undefined;
}

function one(value: Value): readonly number[] | undefined {
  const number = numberOf(value);
  return number === undefined ? undefined : [number];
}

function paired(
  operate: (a: number, b: number) => number,
  a: readonly number[],
  b: readonly number[],
  args: readonly Value[],
  name: string,
): Value | undefined {
  if (a.length !== b.length && a.length !== 1 && b.length !== 1) return undefined;
  const length = a.length === 1 ? b.length : a.length;
  const at = (numbers: readonly number[], i: number) => numbers[numbers.length === 1 ? 0 : i] ?? Number.NaN;
  return likeThem(
    Array.from({ length }, (_, i) => operate(at(a, i), at(b, i))),
    args,
    name,
  );
}

/** In the shape of the larger argument; integers stay integers where the operation keeps them. */
function likeThem(numbers: readonly number[], args: readonly Value[], name: string): Value {
  const shapes = args.map((arg) => (arg.kind === "tensor" ? (arg.tensor.shape ?? []) : []));
  const [shape = []] = [...shapes].sort((a, b) => b.length - a.length);
  const makesFloats = ["div", "divide", "true_divide", "log", "log2", "exp", "sqrt"].includes(name);
  const allWhole = args.every((arg) => (arg.kind === "tensor" ? dtypeOf(arg) === "int64" : arg.kind === "number" && !arg.float));
  return knownTensor(numbers, shape, allWhole && !makesFloats ? "int64" : "float32");
}

function dtypeOf(value: Value): string {
  return (value.kind === "tensor" && value.tensor.dtype) || "float32";
}

/** `tolist()`: numbers, nested for more than one axis; undefined where they are not known. */
export function listed(value: Value): Value | undefined {
  const numbers = numbersOf(value);
  if (value.kind !== "tensor" || !numbers) return undefined;
  const float = !dtypeOf(value).startsWith("int");
  const items = numbers.map((number): Value => ({ kind: "number", value: number, float }));
  const rank = value.tensor.shape?.length ?? 0;
  if (rank === 0) return items[0];
  return rank === 1 ? { kind: "list", items } : undefined;
}

/** Single numbers of a vector as tensors of their own. */
export function scalarsOf(value: Value): readonly Value[] | undefined {
  const numbers = numbersOf(value);
  if (value.kind !== "tensor" || value.tensor.shape?.length !== 1) return undefined;
  return numbers?.map((number) => knownTensor([number], [], dtypeOf(value)));
}
