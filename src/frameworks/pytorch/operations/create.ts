import { arrayShape } from "../../../interpret/python/modules/arrays.js";
import type { Size, TensorShape } from "../../../interpret/tensor.js";
import type { Arguments, Call, NativeFunction, Value } from "../../../interpret/values.js";
import { answer, type Rule } from "../core/answer.js";
import { Args, itemsOf, numberOf } from "../core/args.js";
import { type Bound, bind, signature } from "../core/signature.js";
import { type Start, startingTensor, TorchTensor, tensorValue } from "../core/tensor.js";

/** A dtype as the program says it: torch.int64, "int64". */
export function dtypeOf(value: Value | undefined): string | undefined {
  return value?.kind === "string" ? value.value.replace(/^torch\./, "") : undefined;
}

/** More numbers than these are not computed with. */
const MOST = 4096;

/** A tensor whose numbers are known, rounded as its dtype rounds. */
export function knownTensor(numbers: readonly number[], shape: TensorShape, dtype: string): Value {
  const kept = dtype === "float32" ? numbers.map(Math.fround) : numbers;
  return { kind: "tensor", tensor: new TorchTensor(shape, dtype, "data", kept.length <= MOST ? kept : undefined) };
}

type Maker = (args: Args, bound: Bound, call: Call) => Value;

function creator(written: string, make: Maker): readonly [string, NativeFunction] {
  const parameters = signature(written);
  const call = (given: Arguments, at: Call) => {
    const bound = bind(parameters, given, at, true);
    return make(new Args((name) => bound.get(name), at), bound, at);
  };
  return [parameters.name, { kind: "native", name: `torch.${parameters.name}`, call }];
}

const FILLINGS: Readonly<Record<string, Start | undefined>> = {
  zeros: { type: "zeros" },
  ones: { type: "ones" },
  rand: { type: "randomUniform", minval: 0, maxval: 1 },
  randn: { type: "randomNormal", mean: 0, stddev: 1 },
  empty: undefined,
};

function ofSize(start: Start | undefined): Maker {
  return (args) => {
    const named = args.isNone("shape") ? "size" : "shape";
    return startingTensor(args.numbers(named), dtypeOf(args.value("dtype")) ?? "float32", start);
  };
}

function range(args: Args): Value {
  const [first, second] = [args.number("start"), args.number("end")];
  const isOne = args.isNone("end");
  const [from, to, step] = [isOne ? 0 : first, isOne ? first : second, args.number("step")];
  const isFloat = ["start", "end", "step"].some((name) => {
    const value = args.value(name);
    return value.kind === "number" && value.float;
  });
  const dtype = dtypeOf(args.value("dtype")) ?? (isFloat ? "float32" : "int64");
  if (from === undefined || to === undefined || step === undefined || step === 0) return tensorValue([undefined], dtype);
  const count = Math.max(0, Math.ceil((to - from) / step));
  if (count > MOST) return tensorValue([count], dtype);
  return knownTensor(
    Array.from({ length: count }, (_, i) => from + i * step),
    [count],
    dtype,
  );
}

function evenly(args: Args): Value {
  const [from, to, count] = [args.number("start"), args.number("end"), args.number("steps")];
  if (from === undefined || to === undefined || count === undefined || count > MOST) return tensorValue([count]);
  return knownTensor(
    Array.from({ length: count }, (_, i) => (count === 1 ? from : from + ((to - from) * i) / (count - 1))),
    [count],
    "float32",
  );
}

/** torch.tensor: nested lists of numbers. */
function fromData(value: Value, dtype: string | undefined): Value {
  if (value.kind === "tensor") return value;
  const shape: number[] = [];
  const numbers: (number | undefined)[] = [];
  let isFloat = false;
  const visit = (at: Value, depth: number): void => {
    const items = at.kind === "list" || at.kind === "tuple" ? at.items : undefined;
    if (!items) {
      if (at.kind === "number" && at.float) isFloat = true;
      numbers.push(numberOf(at));
      return;
    }
    shape[depth] = Math.max(shape[depth] ?? 0, items.length);
    for (const item of items) visit(item, depth + 1);
  };
  if (value.kind === "instance") return tensorValue(arrayShape(value), dtype);
  if (value.kind === "unknown") return tensorValue(undefined, dtype);
  visit(value, 0);
  const kind = dtype ?? (isFloat ? "float32" : "int64");
  return numbers.every((number) => number !== undefined) ? knownTensor(numbers, shape, kind) : tensorValue(shape, kind);
}

/** Functions that make tensors of nothing but sizes and numbers. */
export const CREATORS: ReadonlyMap<string, NativeFunction> = new Map([
  ...Object.entries(FILLINGS).map(([name, start]) => creator(`${name}(*size, dtype=None, shape=None)`, ofSize(start))),
  creator("full(size, fill_value, dtype=None)", (args, bound, call) => {
    const value = args.number("fill_value");
    return ofSize(value === undefined ? undefined : { type: "constant", value })(args, bound, call);
  }),
  creator("randint(low, high=None, size=None, dtype=None)", (args) => {
    const isTwo = args.isNone("size") && itemsOf(args.value("high")) !== undefined;
    return tensorValue(args.numbers(isTwo ? "high" : "size"), "int64");
  }),
  creator("randperm(n)", (args) => tensorValue([args.number("n")], "int64")),
  creator("eye(n, m=None)", (args) => tensorValue([args.number("n"), args.isNone("m") ? args.number("n") : args.number("m")])),
  creator("arange(start, end=None, step=1, dtype=None)", range),
  creator("linspace(start, end, steps=100)", evenly),
  creator("logspace(start, end, steps=100, base=10.0)", (args) => tensorValue([args.number("steps")])),
  creator("tensor(data, dtype=None)", (args) => fromData(args.value("data"), dtypeOf(args.value("dtype")))),
  creator("as_tensor(data, dtype=None)", (args) => fromData(args.value("data"), dtypeOf(args.value("dtype")))),
  creator("scalar_tensor(data, dtype=None)", (args) => fromData(args.value("data"), dtypeOf(args.value("dtype")))),
  creator("from_numpy(array)", (args) => tensorValue(arrayShape(args.value("array")), undefined)),
  creator("is_tensor(obj)", (args) => {
    const value = args.value("obj");
    return value.kind === "unknown" ? value : { kind: "boolean", value: value.kind === "tensor" };
  }),
]);

/** torch.Tensor(2, 3), torch.FloatTensor([1, 2]). */
export function constructTensor(args: Arguments, dtype: string): Value {
  const [first] = args.positional;
  if (first && ["list", "tuple", "tensor", "instance"].includes(first.kind)) return fromData(first, dtype);
  const sizes: Size[] = args.positional.map(numberOf);
  return args.positional.some(({ kind }) => kind === "unknown") ? tensorValue(undefined, dtype) : tensorValue(sizes, dtype);
}

/** F.one_hot: a new last axis of classes. */
export const oneHot: Rule = (args) => {
  const classes = args.number("num_classes");
  const input = args.shape("input");
  return answer(input && [...input, classes === -1 ? undefined : classes], { dtype: "int64" });
};
