import { ownAxis, takenFrom } from "../../../interpret/channelsFirst.js";
import { sum } from "../../../interpret/sizes.js";
import { type Steps, step } from "../../../interpret/steps.js";
import type { Size, Tensor, TensorShape } from "../../../interpret/tensor.js";
import type { Value } from "../../../interpret/values.js";
import { type Answer, answer, answers, problem, type Rule } from "../core/answer.js";
import type { Args } from "../core/args.js";
import { axisOf, printed, withSize } from "../core/sizes.js";
import { roleOf } from "../core/tensor.js";

/** Tensors of a list; undefined where an entry is none we know. */
function tensorsOf(args: Args, name: string): readonly Tensor[] | undefined {
  const items: readonly Value[] | undefined = args.items(name);
  const tensors = items?.flatMap((item) => (item.kind === "tensor" ? [item.tensor] : []));
  return tensors && tensors.length === items?.length && tensors.length > 0 ? tensors : undefined;
}

/** Sizes known from any of several shapes of one rank. */
function merged(shapes: readonly TensorShape[]): TensorShape {
  return (shapes[0] ?? []).map((_, axis) => shapes.map((shape) => shape[axis]).find((size) => size !== undefined));
}

/** torch.cat: behind each other along one axis. */
export const cat: Rule = (args) => {
  const tensors = tensorsOf(args, "tensors");
  const shapes = tensors?.flatMap(({ shape }) => (shape ? [shape] : []));
  // An empty vector joins anything, from older versions on.
  const whole = shapes?.filter((shape) => !(shape.length === 1 && shape[0] === 0));
  const [first] = whole ?? [];
  if (!tensors || !shapes || !whole || !first || shapes.length < tensors.length) return answer(undefined);
  const rank = first.length;
  const dim = axisOf(args.number("dim"), rank);
  const uneven = whole.find((shape) => shape.length !== rank);
  if (uneven) {
    const message = `Tensors must have same number of dimensions: got ${rank} and ${uneven.length}`;
    return answer(undefined, { problem: problem("wrong-rank", message) });
  }
  if (dim === undefined)
    return answer(args.number("dim") === undefined ? first.map(() => undefined) : undefined, dimensionProblem(args, rank));
  const output = withSize(merged(whole), dim, sum(whole.map((shape) => shape[dim])));
  return answer(output, {
    formulas: () => {
      const sizes = whole.map((shape) => shape[dim]);
      const label = rank === 4 ? (["batch", "channels", "height", "width"][dim] ?? "size") : `axis ${dim}`;
      return output[dim] === undefined
        ? []
        : [{ label, expression: sizes.length > 8 ? `${sizes.length} inputs` : sizes.join(" + "), value: String(output[dim]) }];
    },
    catalogue: tensors.every((tensor) => roleOf(tensor) === "data") ? concatenation(tensors, rank, dim) : undefined,
    problem: misfit(whole, dim),
  });
};

function dimensionProblem(args: Args, rank: number): Partial<Answer> {
  const dim = args.number("dim");
  if (dim === undefined) return {};
  const message = `Dimension out of range (expected to be in range of [${-rank}, ${rank - 1}], but got ${dim})`;
  return { problem: problem("wrong-axis", message) };
}

function misfit(shapes: readonly TensorShape[], dim: number) {
  const [first = []] = shapes;
  for (const [number, shape] of shapes.entries()) {
    const at = shape.findIndex((size, i) => i !== dim && size !== undefined && first[i] !== undefined && size !== first[i]);
    if (at < 0) continue;
    const message = `Sizes of tensors must match except in dimension ${dim}. Expected size ${first[at]} but got size ${shape[at]} for tensor number ${number} in the list`;
    return problem("unequal-shapes", `${message}: ${shapes.map(printed).join(", ")}`);
  }
  return undefined;
}

/** The catalogue counts the batch among the axes here. A single tensor is itself. */
function concatenation(tensors: readonly Tensor[], rank: number, dim: number): Steps | undefined {
  const axis = ownAxis(dim, rank);
  if (axis === undefined) return undefined;
  return tensors.length === 1 ? [] : [step("concatenate", { axis: axis + 1 })];
}

/** torch.stack: along a new axis. */
export const stack: Rule = (args) => {
  const tensors = tensorsOf(args, "tensors");
  const shapes = tensors?.flatMap(({ shape }) => (shape ? [shape] : []));
  const [first] = shapes ?? [];
  const at = first && axisOf(args.number("dim"), first.length + 1);
  if (!tensors || !shapes || !first || at === undefined || shapes.length < tensors.length) return answer(undefined);
  const other = shapes.findIndex(
    (shape) => shape.length !== first.length || shape.some((size, i) => size !== undefined && first[i] !== undefined && size !== first[i]),
  );
  const message = `stack expects each tensor to be equal size, but got ${printed(first)} at entry 0 and ${printed(shapes[other] ?? [])} at entry ${other}`;
  return answer(
    [...first.slice(0, at), shapes.length, ...first.slice(at)],
    other < 0 ? {} : { problem: problem("unequal-shapes", message) },
  );
};

/** Splits an axis into `chunks` parts of equal size, the last one perhaps smaller. */
export const chunk: Rule = (args) =>
  parts(
    args,
    (size) => {
      const chunks = args.number("chunks");
      return size === undefined || chunks === undefined ? undefined : each(size, Math.ceil(size / chunks));
    },
    args.number("chunks"),
  );

/** Splits an axis into parts of a size, or of several sizes. */
export const split: Rule = (args) =>
  parts(args, (size) => {
    const sizes = args.items("split_size");
    if (sizes) return args.numbers("split_size");
    const one = args.number("split_size");
    return size === undefined || one === undefined ? undefined : each(size, one);
  });

/** Splits an axis into `sections` parts, the first ones one larger where it doesn't divide. */
export const tensorSplit: Rule = (args) =>
  parts(args, (size) => {
    const count = args.number("sections");
    if (size === undefined || count === undefined) return undefined;
    return Array.from({ length: count }, (_, i) => Math.floor(size / count) + (i < size % count ? 1 : 0));
  });

function each(size: number, part: number): number[] {
  if (part < 1) return [size];
  return Array.from({ length: Math.ceil(size / part) }, (_, i) => Math.min(part, size - i * part));
}

const MOST_PARTS = 4096;

/** Where not even their number is known, what comes out is one unknown thing. */
function parts(args: Args, sizesOf: (size: Size) => readonly Size[] | undefined, fallback?: number): Answer {
  const input = args.shape("self");
  const dim = input && axisOf(args.number("dim"), input.length);
  if (!input || dim === undefined) return answers(Array(Math.min(fallback ?? 0, MOST_PARTS)).fill(undefined));
  const sizes = sizesOf(input[dim]) ?? Array<Size>(fallback ?? 0).fill(undefined);
  const total = sum(sizes);
  const bad =
    Array.isArray(sizes) &&
    args.items("split_size") !== undefined &&
    total !== undefined &&
    input[dim] !== undefined &&
    total !== input[dim];
  const message = `split_with_sizes expects split_sizes to sum exactly to ${input[dim]} (input tensor's size at dimension ${dim}), but got split_sizes=${printed(sizes)}`;
  return answers(
    sizes.slice(0, MOST_PARTS).map((size) => withSize(input, dim, size)),
    bad ? { problem: problem("wrong-shape", message) } : ofEach(sizes.map((_, i) => part(input, dim, sizes, i))),
  );
}

/** What each of several results is, in the catalogue. */
function ofEach([first, ...others]: readonly (Steps | undefined)[]): Partial<Answer> {
  return { catalogue: first, others };
}

function part(input: TensorShape, dim: number, sizes: readonly Size[], index: number): Steps | undefined {
  const start = sum(sizes.slice(0, index));
  const size = sizes[index];
  if (start === undefined || size === undefined) return undefined;
  return takenFrom(input, [{ axis: dim, start, end: start + size }], withSize(input, dim, size));
}

/** One tensor for each entry of an axis. */
export const unbind: Rule = (args) => {
  const input = args.shape("self");
  const dim = input && axisOf(args.number("dim"), input.length);
  const count = dim === undefined ? undefined : input?.[dim];
  if (!input || dim === undefined || count === undefined) return answers([]);
  const output = input.filter((_, i) => i !== dim);
  const entries = Array.from({ length: Math.min(count, MOST_PARTS) }, (_, i) =>
    takenFrom(input, [{ axis: dim, start: i, end: i + 1 }], output),
  );
  return answers(
    entries.map(() => output),
    ofEach(entries),
  );
};

/** meshgrid: a grid over vectors, one tensor for each. */
export const meshgrid: Rule = (args) => {
  const items = args.items("tensors");
  const nested = items?.length === 1 && (items[0]?.kind === "list" || items[0]?.kind === "tuple") ? items[0].items : items;
  const sizes =
    nested?.map((item): Size => (item.kind === "tensor" ? (item.tensor.shape?.[0] ?? (item.tensor.shape ? 1 : undefined)) : undefined)) ??
    [];
  const output = args.text("indexing") === "xy" ? [sizes[1], sizes[0], ...sizes.slice(2)] : sizes;
  return answers(sizes.map(() => output));
};
