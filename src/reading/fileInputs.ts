import type { Layout } from "../frameworks/framework.js";
import type { TensorShape } from "../interpret/tensor.js";
import type { Expression, Module } from "../syntax/tree.js";
import { callsIn, dottedName } from "../syntax/walk.js";

type Call = ReturnType<typeof callsIn>[number];

/** Functions that make a tensor as people try a model with; its first size is the batch (for Flux the last). */
const EXAMPLES = /(^|\.)(randn|rand|zeros|ones|empty|randint|placeholder)$|^(rand32|randn32|zeros32|ones32)$/;
/** Functions and arguments that take a model's input without the batch. */
const SUMMARY = /(^|\.)(summary|get_model_complexity_info)$/;
const SIZE_ARGUMENTS = ["input_size", "input_shape"];

/** Image sizes of data sets by the last part of the name people load them by: height, width, channels. */
const DATA_SETS: readonly (readonly [pattern: RegExp, sizes: readonly [number, number, number]])[] = [
  [/^(MNIST|FashionMNIST|KMNIST|QMNIST|mnist|fashion_mnist|MnistData|EMNIST)$/, [28, 28, 1]],
  [/^(CIFAR10|CIFAR100|cifar10|cifar100|SVHN|svhn)$/, [32, 32, 3]],
  [/^STL10$/, [96, 96, 3]],
];

/** Inputs that a source file shows in passing: an example it feeds, a summary it prints, a data set it loads; the surest first. */
export function inputsInFile(tree: Module, layout: Layout): TensorShape[] {
  const calls = callsIn(tree.body);
  const shown = [...calls.map(summarized), ...calls.map((call) => fed(call, layout))];
  return [...shown.filter((shape) => shape !== undefined), ...loaded(calls, layout)];
}

function summarized({ callee, args }: Call): TensorShape | undefined {
  if (!SUMMARY.test(dottedName(callee) ?? "")) return undefined;
  const named = args.find((argument) => argument.kind === "named" && SIZE_ARGUMENTS.includes(argument.name));
  const sizes = named ?? args[1];
  if (sizes?.kind !== "named" && sizes?.kind !== "positional") return undefined;
  const shape = literalSizes(sizes.value);
  // torchinfo wants the batch too.
  return shape && (shape.length === 4 ? shape.slice(1) : shape);
}

/** Images alone, as other tensors are rarely a model's input. */
function fed({ callee, args }: Call, layout: Layout): TensorShape | undefined {
  if (!EXAMPLES.test(dottedName(callee) ?? "")) return undefined;
  const [first] = args;
  if (first?.kind !== "positional") return undefined;
  const sizes = first.value.kind === "tuple" || first.value.kind === "list" ? itemsOf(first.value) : positionals(args);
  if (sizes.length !== 4) return undefined;
  // The batch may be any expression.
  return numbers(layout === "WHCN" ? sizes.slice(0, -1) : sizes.slice(1));
}

function positionals(args: Call["args"]): Expression[] {
  return args.flatMap((argument) => (argument.kind === "positional" ? [argument.value] : []));
}

function loaded(calls: readonly Call[], layout: Layout): TensorShape[] {
  const names = calls.flatMap(({ callee }) => dottedName(callee)?.split(".") ?? []);
  return DATA_SETS.filter(([pattern]) => names.some((name) => pattern.test(name))).map(([, [height, width, channels]]) => {
    if (layout === "NCHW") return [channels, height, width];
    return layout === "NHWC" ? [height, width, channels] : [width, height, channels];
  });
}

/** The numbers of a list or tuple of literals. */
function literalSizes(value: Expression): number[] | undefined {
  return value.kind === "tuple" || value.kind === "list" ? numbers(itemsOf(value)) : undefined;
}

function itemsOf({ items }: Extract<Expression, { kind: "tuple" | "list" }>): Expression[] {
  return items.flatMap((item) => (item.kind === "spread" ? [] : [item]));
}

function numbers(values: readonly Expression[]): number[] | undefined {
  const sizes = values.flatMap((value) =>
    value.kind === "number" && Number.isInteger(value.value) && value.value > 0 ? [value.value] : [],
  );
  return sizes.length > 0 && sizes.length === values.length ? sizes : undefined;
}
