import type { Size, TensorShape } from "../../../interpret/tensor.js";
import type { CatalogueStep } from "../../../interpret/trace.js";
import { answer, problem, type Rule } from "../core/answer.js";
import type { Args } from "../core/args.js";
import { axisOf, printed, product, withSize } from "../core/sizes.js";

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
    catalogue: input && fits ? flattening(input, output) : undefined,
    ...(!fits && { problem: problem("wrong-shape", message) }),
  });
};

/** A change of shape as the catalogue has it: none, or all axes but the batch in a row, in PyTorch's order. */
function flattening(input: TensorShape, output: TensorShape): CatalogueStep[] | undefined {
  if (input.length === output.length && input.every((size, i) => size !== undefined && size === output[i])) return [];
  const isFlat = output.length === 2 && output[0] === input[0] && output[1] !== undefined && output[1] === product(input.slice(1));
  if (!isFlat) return undefined;
  const isSmall = input.slice(2).every((size) => size === 1);
  return [{ type: "flatten", args: isSmall || input.length < 4 ? {} : { order: "channelsFirst" } }];
}

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
    catalogue: flattening(input, output),
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
  return answer(
    [...input.slice(0, at), ...sizes.map((size) => (size === -1 ? (fits ? found : undefined) : size)), ...input.slice(at + 1)],
    {
      ...(!fits && { problem: problem("wrong-shape", message, { argument: "unflattened_size" }) }),
    },
  );
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
  return answer(
    dims.map((dim) => {
      const at = axisOf(dim, input.length);
      return at === undefined ? undefined : input[at];
    }),
  );
};

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
  return answer(withSize(withSize(input, a, input[b]), b, input[a]));
};

/** The axes backwards: t() and T. */
export const reversed: Rule = (args) => {
  const input = inputOf(args);
  return answer(input && [...input].reverse());
};

/** mT: the last two axes exchanged. */
export const matrixTransposed: Rule = (args) => {
  const input = inputOf(args);
  return answer(input && [...input.slice(0, -2), ...input.slice(-2).reverse()]);
};

/** movedim: axes to other places, the rest in order. */
export const moveAxes: Rule = (args) => {
  const input = inputOf(args);
  const [from, to] = [args.numbers("source"), args.numbers("destination")];
  if (!input || !from || !to) return answer(undefined);
  const sources = from.map((dim) => axisOf(dim, input.length));
  const targets = to.map((dim) => axisOf(dim, input.length));
  const rest = input.filter((_, i) => !sources.includes(i));
  const output = input.map((_, i) => {
    const moved = sources[targets.indexOf(i)];
    return targets.includes(i) ? (moved === undefined ? undefined : input[moved]) : rest.shift();
  });
  return answer(output);
};

/** Drops axes of size 1: all, or those asked for. */
export const squeeze: Rule = (args) => {
  const input = inputOf(args);
  if (!input) return answer(undefined);
  if (args.isNone("dim")) {
    const output = input.includes(undefined) ? undefined : input.filter((size) => size !== 1);
    return answer(output, { catalogue: output && flattening(input, output) });
  }
  const dims = args.numbers("dim")?.map((dim) => axisOf(dim, input.length));
  if (!dims || dims.includes(undefined)) return answer(undefined, withProblem(axis(args, "dim", input.length)));
  const output = input.filter((size, i) => !(dims.includes(i) && size === 1));
  return answer(dims.some((dim) => dim !== undefined && input[dim] === undefined) ? undefined : output, {
    catalogue: flattening(input, output),
  });
};

/** A new axis of size 1. */
export const unsqueeze: Rule = (args) => {
  const input = inputOf(args);
  if (!input) return answer(undefined);
  const { found, problem: wrong } = axis(args, "dim", input.length + 1);
  return found === undefined
    ? answer(undefined, wrong ? { problem: wrong } : {})
    : answer([...input.slice(0, found), 1, ...input.slice(found)]);
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
  return answer(sizes.map((size, i) => (size === -1 ? input[i - added] : size)));
};

/** The shape of the other tensor: expand_as, view_as, reshape_as, type_as where shapes agree. */
export const likeOther: Rule = (args) => answer(args.shape("other"));

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
