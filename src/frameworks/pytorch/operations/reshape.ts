import { ownAxis, permuted, reshaped } from "../../../interpret/channelsFirst.js";
import { product } from "../../../interpret/sizes.js";
import { type Steps, step } from "../../../interpret/steps.js";
import type { Size, TensorShape } from "../../../interpret/tensor.js";
import { type Answer, answer, problem, type Rule } from "../core/answer.js";
import type { Args } from "../core/args.js";
import { axisOf, printed, withSize } from "../core/sizes.js";

function inputOf(args: Args): TensorShape | undefined {
  return args.shape("input") ?? args.shape("self");
}

/** An axis that an argument names; a problem where there is none. */
function axis(args: Args, name: string, rank: number) {
  const dim = args.number(name);
  const found = axisOf(dim, rank);
  const range = `[${-rank}, ${rank - 1}]`;
  const wrong = dim !== undefined && found === undefined;
  return {
    found,
    problem: wrong ? problem("wrong-axis", `Dimension out of range (expected to be in range of ${range}, but got ${dim})`) : undefined,
  };
}

/** view, reshape: the same numbers in another shape; one size may be -1. */
export const view: Rule = (args) => {
  const input = inputOf(args);
  const asked = args.numbers("shape");
  if (asked === undefined) return answer(undefined, { reach: "pointwise" });
  const total = input && product(input);
  const open = asked.indexOf(-1);
  const rest = product(asked.filter((_, i) => i !== open));
  const fits = total === undefined || rest === undefined || (open >= 0 ? rest > 0 && total % rest === 0 : rest === total);
  const found = open < 0 || total === undefined || rest === undefined ? undefined : Math.floor(total / rest);
  // Where it doesn't fit, the batch is what was meant to stay.
  const output = asked.map((size, i) => (i !== open ? size : fits ? found : i === 0 ? input?.[0] : undefined));
  const message = `shape '${printed(asked)}' is invalid for input of size ${total}`;
  return answer(output, {
    reach: "pointwise",
    catalogue: input && fits ? reshaped(input, output) : undefined,
    ...(!fits && { problem: problem("wrong-shape", message) }),
  });
};

/** Joins the axes from start_dim to end_dim. */
export const flatten: Rule = (args) => {
  const input = inputOf(args);
  if (!input) return answer(undefined);
  const from = axisOf(args.number("start_dim"), input.length);
  const to = axisOf(args.number("end_dim"), input.length);
  if (input.length === 0) return answer([1]);
  if (from === undefined || to === undefined || from > to) {
    const { problem } = from === undefined ? axis(args, "start_dim", input.length) : axis(args, "end_dim", input.length);
    return answer(undefined, problem ? { problem } : {});
  }
  const joined = input.slice(from, to + 1);
  const output = [...input.slice(0, from), product(joined), ...input.slice(to + 1)];
  return answer(output, {
    catalogue: reshaped(input, output),
    formulas: () => {
      const size = output[from];
      return size === undefined || joined.length < 2 ? [] : [{ label: "numbers", expression: joined.join("*"), value: String(size) }];
    },
  });
};

/** Splits one axis; one of the new sizes may be -1. */
export const unflatten: Rule = (args) => {
  const input = inputOf(args);
  const at = axisOf(args.number("dim"), input?.length ?? 0);
  const name = args.find("sizes") ? "sizes" : "unflattened_size";
  const sizes = args.numbers(name);
  if (!input || at === undefined || !sizes) return answer(undefined);
  const total = input[at];
  const rest = product(sizes.filter((size) => size !== -1));
  const found = total === undefined || rest === undefined || rest === 0 ? undefined : total / rest;
  const fits = found === undefined || (sizes.includes(-1) ? Number.isInteger(found) : found === 1);
  const message = `unflatten: Provided sizes ${printed(sizes)} don't multiply up to the size of dim ${at} (${total}) in the input tensor`;
  const split = sizes.map((size) => (size === -1 ? (fits ? found : undefined) : size));
  const output = [...input.slice(0, at), ...split, ...input.slice(at + 1)];
  return answer(output, {
    catalogue: fits ? reshaped(input, output) : undefined,
    ...(!fits && { problem: problem("wrong-shape", message, { argument: "unflattened_size" }) }),
  });
};

/** permute: the axes in another order. */
export const permute: Rule = (args) => {
  const input = inputOf(args);
  const dims = args.numbers("dims");
  if (!input || !dims) return answer(undefined);
  if (dims.length !== input.length) {
    const message = `permute(sparse_coo): number of dimensions in the tensor input does not match the length of the desired ordering of dimensions i.e. input.dim() = ${input.length} is not equal to len(dims) = ${dims.length}`;
    return answer(undefined, { problem: problem("wrong-rank", message) });
  }
  return ordered(
    input,
    dims.map((dim) => axisOf(dim, input.length)),
  );
};

/** The axes of a tensor in another order. */
function ordered(input: TensorShape, order: readonly Size[]): Answer {
  const known = order.filter((axis) => axis !== undefined);
  return answer(
    order.map((axis) => (axis === undefined ? undefined : input[axis])),
    { catalogue: known.length === order.length ? permuted(known) : undefined },
  );
}

/** Exchanges two axes. */
export const transpose: Rule = (args) => {
  const input = inputOf(args);
  if (!input) return answer(undefined);
  const [first, second] = [axis(args, "dim0", input.length), axis(args, "dim1", input.length)];
  const [a, b] = [first.found, second.found];
  const wrong = first.problem ?? second.problem;
  if (a === undefined || b === undefined)
    return answer(
      input.map(() => undefined),
      wrong ? { problem: wrong } : {},
    );
  return answer(withSize(withSize(input, a, input[b]), b, input[a]), { catalogue: exchanged(input.length, a, b) });
};

function exchanged(rank: number, a: number, b: number): Steps | undefined {
  return permuted(Array.from({ length: rank }, (_, axis) => (axis === a ? b : axis === b ? a : axis)));
}

/** The axes backwards: t() and T. */
export const reversed: Rule = (args) => {
  const input = inputOf(args);
  return answer(input && [...input].reverse());
};

/** mT: the last two axes exchanged. */
export const matrixTransposed: Rule = (args) => {
  const input = inputOf(args);
  if (!input || input.length < 2) return answer(undefined);
  const output = [...input.slice(0, -2), ...input.slice(-2).reverse()];
  return answer(output, { catalogue: exchanged(input.length, input.length - 2, input.length - 1) });
};

/** movedim: axes to other places, the rest in order. */
export const moveAxes: Rule = (args) => {
  const input = inputOf(args);
  const [from, to] = [args.numbers("source"), args.numbers("destination")];
  if (!input || !from || !to) return answer(undefined);
  const sources = from.map((dim) => axisOf(dim, input.length));
  const targets = to.map((dim) => axisOf(dim, input.length));
  const rest = input.flatMap((_, i) => (sources.includes(i) ? [] : [i]));
  return ordered(
    input,
    input.map((_, i) => (targets.includes(i) ? sources[targets.indexOf(i)] : rest.shift())),
  );
};

/** Drops axes of size 1: all, or those asked for. */
export const squeeze: Rule = (args) => {
  const input = inputOf(args);
  if (!input) return answer(undefined);
  if (args.isNone("dim")) {
    const output = input.includes(undefined) ? undefined : input.filter((size) => size !== 1);
    return answer(output, { catalogue: output && reshaped(input, output) });
  }
  const dims = args.numbers("dim")?.map((dim) => axisOf(dim, input.length));
  if (!dims || dims.includes(undefined)) return answer(undefined, withProblem(axis(args, "dim", input.length)));
  const output = input.filter((size, i) => !(dims.includes(i) && size === 1));
  return answer(dims.some((dim) => dim !== undefined && input[dim] === undefined) ? undefined : output, {
    catalogue: reshaped(input, output),
  });
};

/** A new axis of size 1. */
export const unsqueeze: Rule = (args) => {
  const input = inputOf(args);
  if (!input) return answer(undefined);
  const { found, problem: wrong } = axis(args, "dim", input.length + 1);
  if (found === undefined) return answer(undefined, wrong ? { problem: wrong } : {});
  const output = [...input.slice(0, found), 1, ...input.slice(found)];
  return answer(output, { catalogue: reshaped(input, output) });
};

function withProblem({ problem: wrong }: ReturnType<typeof axis>) {
  return wrong ? { problem: wrong } : {};
}

/** Sizes of 1 stretched; -1 keeps one. */
export const expand: Rule = (args) => {
  const input = inputOf(args);
  const sizes = args.numbers("sizes");
  if (!input || !sizes) return answer(sizes?.map((size) => (size === -1 ? undefined : size)));
  const added = sizes.length - input.length;
  const output = sizes.map((size, i) => (size === -1 ? input[i - added] : size));
  return answer(output, { catalogue: stretched(input, output) });
};

/** Height and width of 1 repeated, as upsampling does it. */
function stretched(input: TensorShape, output: TensorShape): Steps | undefined {
  if (input.length !== output.length || [...input, ...output].includes(undefined)) return undefined;
  const longer = output.flatMap((size, axis) => (size !== undefined && size !== input[axis] ? [{ axis, size }] : []));
  if (longer.some(({ axis }) => ownAxis(axis, input.length) === undefined || input[axis] !== 1)) return undefined;
  if (longer.length === 0) return [];
  const isImage = input.length === 4 && longer.every(({ axis }) => axis > 1);
  if (!isImage) return undefined;
  return [
    step("upSampling2d", { size: [2, 3].map((axis) => (output[axis] === input[axis] ? 1 : output[axis])), interpolation: "nearest" }),
  ];
}

/** The shape of the other tensor: expand_as, and view_as, reshape_as where `reshapes`. */
export function likeOther(reshapes: boolean): Rule {
  return (args) => {
    const [input, output] = [args.shape("self"), args.shape("other")];
    const steps = input && output && (reshapes ? reshaped(input, output) : stretched(input, output));
    const [first, ...others] = steps ?? [];
    return answer(output, { catalogue: first ? [{ ...first, takes: [0] }, ...others] : steps });
  };
}

/** repeat, tile: so many times along each axis. */
export const repeat: Rule = (args) => {
  const input = inputOf(args);
  const times = args.numbers("repeats");
  if (!input || !times) return answer(undefined);
  const rank = Math.max(input.length, times.length);
  const padded = <T>(sizes: readonly T[], one: T) => [...Array<T>(rank - sizes.length).fill(one), ...sizes];
  const factors = padded<Size>(times, 1);
  return answer(padded<Size>(input, 1).map((size, i) => product([size, factors[i]])));
};

/** Each entry so many times along one axis. */
export const repeatInterleave: Rule = (args) => {
  const input = inputOf(args);
  const times = args.number("repeats");
  if (!input) return answer(undefined);
  if (args.isNone("dim")) return answer([product([...input, times])]);
  const at = axisOf(args.number("dim"), input.length);
  return answer(at === undefined ? undefined : withSize(input, at, product([input[at], times])));
};
