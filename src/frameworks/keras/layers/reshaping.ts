import { sizesText } from "../../../base/words.js";
import { product, withSizes } from "../../../interpret/sizes.js";
import type { Size, TensorShape } from "../../../interpret/tensor.js";
import type { CatalogueStep } from "../../../interpret/trace.js";
import { alongLast, step } from "./catalogue.js";
import { type KerasLayer, layer, Misfit, REQUIRED } from "./layer.js";
import { shapeText } from "./sizes.js";

const flatten = layer("Flatten", { data_format: null }, (args, [input]) => {
  const sizes = input?.slice(1);
  const size = sizes ? product(sizes) : undefined;
  return {
    outputs: [[input?.[0], size]],
    formulas: () =>
      sizes && sizes.length > 1
        ? [{ label: "numbers", expression: sizes.map((axis) => axis ?? "?").join("*"), value: String(size ?? "?") }]
        : [],
    catalogue: flattened(args.word("data_format") === "channels_first", input),
  };
});

/** Whatever its layout, an image is read channels-last. */
function flattened(channelsFirst: boolean, input: TensorShape | undefined): readonly CatalogueStep[] | undefined {
  const [turned] = channelsFirst && input ? (alongLast(1, input.length, []) ?? []) : [];
  return turned ? [turned, { type: "flatten", args: {} }] : step("flatten", {});
}

const reshape = layer("Reshape", { target_shape: REQUIRED }, (args, [input]) => {
  const value = args.get("target_shape");
  const target = typeof value === "number" ? [value] : args.list("target_shape");
  if (!target) return { outputs: [undefined] };
  const sizes = target.map((size): Size => (typeof size === "number" ? size : undefined));
  const numbers = input ? product(input.slice(1)) : undefined;
  const catalogue = step("reshape", { targetShape: sizes });
  return { outputs: [[input?.[0], ...filled(sizes, numbers, input ? shapeText(input) : "?")]], catalogue };
});

/** Target sizes with the one that is -1 computed. */
function filled(sizes: readonly Size[], numbers: Size, from: string): Size[] {
  const free = sizes.indexOf(-1);
  const others = product(sizes.filter((size) => size !== -1));
  const fits = free < 0 ? numbers === others : numbers !== undefined && others !== undefined && others !== 0 && numbers % others === 0;
  if (numbers !== undefined && others !== undefined && !fits) {
    const message = `target_shape ${sizesText(sizes)} has ${free < 0 ? "" : "multiples of "}${others} numbers, but its input ${from} has ${numbers}`;
    throw new Misfit({ code: "unequal-totals", argument: "target_shape", message, fixes: [] });
  }
  const rest = withSizes([numbers, others], (all, known) => all / known);
  return sizes.map((size) => (size === -1 ? rest : size));
}

const permute = layer("Permute", { dims: REQUIRED }, (args, [input]) => {
  const dims = args.list("dims");
  if (!input || !dims) return { outputs: [undefined] };
  const sorted = [...dims].sort((a, b) => Number(a) - Number(b));
  const isPermutation = dims.length === input.length - 1 && sorted.every((axis, i) => axis === i + 1);
  if (dims.every((axis) => typeof axis === "number") && !isPermutation) {
    const message = `dims (${dims.join(", ")}) is not an order of the ${input.length - 1} axes of ${shapeText(input)}, counted from 1`;
    throw new Misfit({ code: "wrong-axis", argument: "dims", message, fixes: [] });
  }
  const outputs = [[input[0], ...dims.map((axis) => (typeof axis === "number" ? input[axis] : undefined))]];
  return { outputs, catalogue: step("permute", { dims }) };
});

const repeatVector = layer("RepeatVector", { n: REQUIRED }, (args, [input]) => {
  if (input && input.length !== 2) {
    throw new Misfit({
      code: "wrong-rank",
      message: `needs a vector for each example, but gets ${shapeText(input)}; put Flatten before it`,
      fixes: [],
    });
  }
  return { outputs: [[input?.[0], args.count("n"), input?.[1]]] };
});

export const RESHAPINGS: readonly KerasLayer[] = [flatten, reshape, permute, repeatVector];
