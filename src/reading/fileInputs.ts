import type { Layout } from "../frameworks/framework.js";
import type { TensorShape } from "../interpret/tensor.js";
import type { CallNode } from "../syntax/around.js";
import type { Expression, Module } from "../syntax/tree.js";
import { callsIn, dottedName } from "../syntax/walk.js";
import { type ImageSize, imageSizes, makesGray, type NumberOf } from "./imageSizes.js";

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

/** Functions that load a data set by its name. */
const LOADS = /(^|\.)(load|load_dataset|fetch_openml)$/;

/**
 * Inputs that a source file shows in passing: an example it feeds, a summary it prints, pictures it resizes, a data set it loads; the surest
 * first. `nameValue` answers what the file's own names stand for.
 */
export function inputsInFile(tree: Module, layout: Layout, nameValue: (name: string) => number | undefined): TensorShape[] {
  const calls = callsIn(tree.body);
  const numberOf = (value: Expression) => {
    const number = value.kind === "name" ? nameValue(value.name) : value.kind === "number" ? value.value : undefined;
    return number !== undefined && Number.isInteger(number) && number > 0 ? number : undefined;
  };
  const shown = [
    ...calls.map((call) => summarized(call, numberOf)),
    ...calls.map((call) => fed(call, layout, numberOf)),
    ...pictures(calls, layout, numberOf),
  ];
  return shown.filter((shape) => shape !== undefined);
}

function summarized({ callee, args }: CallNode, numberOf: NumberOf): TensorShape | undefined {
  if (!SUMMARY.test(dottedName(callee) ?? "")) return undefined;
  const named = args.find((argument) => argument.kind === "named" && SIZE_ARGUMENTS.includes(argument.name));
  const sizes = named ?? args[1];
  if (sizes?.kind !== "named" && sizes?.kind !== "positional") return undefined;
  const shape = knownSizes(sizes.value, numberOf);
  // torchinfo wants the batch too.
  return shape && (shape.length === 4 ? shape.slice(1) : shape);
}

/** Images alone, as other tensors are rarely a model's input. */
function fed({ callee, args }: CallNode, layout: Layout, numberOf: NumberOf): TensorShape | undefined {
  if (!EXAMPLES.test(dottedName(callee) ?? "")) return undefined;
  const [first] = args;
  if (first?.kind !== "positional") return undefined;
  const sizes = first.value.kind === "tuple" || first.value.kind === "list" ? itemsOf(first.value) : positionals(args);
  if (sizes.length !== 4) return undefined;
  // The batch may be any expression.
  return numbers(layout === "WHCN" ? sizes.slice(0, -1) : sizes.slice(1), numberOf);
}

function positionals(args: CallNode["args"]): Expression[] {
  return args.flatMap((argument) => (argument.kind === "positional" ? [argument.value] : []));
}

/** Pictures as large as the file makes them, else as its data set has them. */
function pictures(calls: readonly CallNode[], layout: Layout, numberOf: NumberOf): TensorShape[] {
  const names = calls.flatMap((call) => [...(dottedName(call.callee)?.split(".") ?? []), ...loadedName(call)]);
  const sets = DATA_SETS.filter(([pattern]) => names.some((name) => pattern.test(name))).map(([, sizes]) => sizes);
  const channels = makesGray(calls) ? [1] : [...new Set([...sets.map(([, , count]) => count), 3])];
  const sized = imageSizes(calls, numberOf).flatMap((size) => channels.map((count) => picture(size, count, layout)));
  return [...sized, ...sets.map(([height, width, count]) => picture([height, width], count, layout))];
}

/** "mnist" of tfds.load("mnist"). */
function loadedName({ callee, args: [first] }: CallNode): string[] {
  const isName = first?.kind === "positional" && first.value.kind === "string" && LOADS.test(dottedName(callee) ?? "");
  return isName && first.value.kind === "string" ? [first.value.value] : [];
}

function picture([height, width]: ImageSize, channels: number, layout: Layout): TensorShape {
  if (layout === "NCHW") return [channels, height, width];
  return layout === "NHWC" ? [height, width, channels] : [width, height, channels];
}

/** The numbers of a list or tuple of literals and names of numbers. */
function knownSizes(value: Expression, numberOf: NumberOf): number[] | undefined {
  return value.kind === "tuple" || value.kind === "list" ? numbers(itemsOf(value), numberOf) : undefined;
}

function itemsOf({ items }: Extract<Expression, { kind: "tuple" | "list" }>): Expression[] {
  return items.flatMap((item) => (item.kind === "spread" ? [] : [item]));
}

function numbers(values: readonly Expression[], numberOf: NumberOf): number[] | undefined {
  const sizes = values.flatMap((value) => numberOf(value) ?? []);
  return sizes.length > 0 && sizes.length === values.length ? sizes : undefined;
}
