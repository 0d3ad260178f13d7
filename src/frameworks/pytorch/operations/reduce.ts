import { ownAxis } from "../../../interpret/channelsFirst.js";
import { withSizes } from "../../../interpret/sizes.js";
import { type Steps, step } from "../../../interpret/steps.js";
import type { TensorShape } from "../../../interpret/tensor.js";
import type { TensorValue, Value } from "../../../interpret/values.js";
import { type Answer, answer, answers, problem, type Rule } from "../core/answer.js";
import type { Args } from "../core/args.js";
import { axisOf, withSize } from "../core/sizes.js";

/** The shape without the axes that are reduced; all of them where no `dim` is given. */
function reduced(args: Args): Partial<Answer> & { readonly output: TensorShape | undefined } {
  const input = args.shape("self");
  const keeps = args.flag("keepdim");
  if (!input) return { output: undefined };
  if (args.isNone("dim")) return { output: keeps ? input.map(() => 1) : [] };
  const given = args.numbers("dim");
  const dims = given?.map((dim) => axisOf(dim, input.length));
  const bad = given?.find((dim, i) => dim !== undefined && dims?.[i] === undefined);
  if (bad !== undefined) {
    const message = `Dimension out of range (expected to be in range of [${-input.length}, ${input.length - 1}], but got ${bad})`;
    return { output: undefined, problem: problem("wrong-axis", message) };
  }
  if (!dims || dims.includes(undefined)) return { output: undefined };
  return { output: keeps ? input.map((size, i) => (dims.includes(i) ? 1 : size)) : input.filter((_, i) => !dims.includes(i)) };
}

type Kind = "mean" | "sum" | "max";

/** mean, sum, argmax ...: one result. `kind`: what it is in the catalogue. */
export function reduction(dtype?: string, kind?: Kind): Rule {
  return (args) => {
    const { output, ...more } = reduced(args);
    return answer(output, { reach: "global", dtype, catalogue: kind && reductionSteps(args, kind), ...more });
  };
}

const LAYERS: Readonly<Record<Kind, { readonly over: string; readonly pools?: string }>> = {
  mean: { over: "reduceMean", pools: "globalAveragePooling2d" },
  sum: { over: "reduceSum" },
  max: { over: "reduceMax", pools: "globalMaxPooling2d" },
};

function reductionSteps(args: Args, kind: Kind): Steps | undefined {
  const rank = args.shape("self")?.length ?? 0;
  const dims = args.numbers("dim")?.map((dim) => axisOf(dim, rank));
  const axes = dims?.map((dim) => (dim === undefined ? undefined : ownAxis(dim, rank))).filter((axis) => axis !== undefined);
  if (!dims || !axes || axes.length === 0 || axes.length < dims.length) return undefined;
  axes.sort((a, b) => a - b);
  const { over, pools } = LAYERS[kind];
  const keepDims = args.flag("keepdim");
  if (pools !== undefined && rank === 4 && String(axes) === "0,1") return [step(pools, keepDims ? { keepDims } : {})];
  const steps = [step(over, { axes, keepDims })];
  // What is left of an image without its height or width is in the catalogue's order, and has to be in PyTorch's.
  const isTurned = rank === 4 && !keepDims && axes.length === 1 && axes[0] !== 2;
  return isTurned ? [...steps, step("permute", { dims: [2, 1] })] : steps;
}

/** max of torch: of two tensors, of everything, or along an axis with the places of the largest ones. */
export const maximum: Rule = (args) => {
  const answered = extremum(args);
  return args.tensor("dim") ? answered : { ...answered, catalogue: reductionSteps(args, "max") };
};

/** max, min, median, sort of torch: values and indices where an axis is given, else one result. */
export const extremum: Rule = (args) => {
  const other = args.find("other") ?? args.find("dim");
  if (other?.kind === "tensor") return answer(args.shape("self"));
  const { output, ...more } = reduced(args);
  if (args.isNone("dim")) return answer(output, { reach: "global", ...more });
  return answers([output, output], { reach: "global", pack: named("values", "indices"), ...more });
};

/** sort: both results have the input's shape. */
export const sort: Rule = (args) =>
  answers([args.shape("self"), args.shape("self")], { reach: "global", pack: named("values", "indices") });

/** topk, kthvalue: k entries along an axis. */
export const topk: Rule = (args) => {
  const input = args.shape("self");
  const at = input && axisOf(args.number("dim"), input.length);
  const output = input && at !== undefined ? withSize(input, at, args.number("k")) : undefined;
  return answers([output, output], { reach: "global", pack: named("values", "indices") });
};

/** std_mean, var_mean. */
export const twoStatistics: Rule = (args) => {
  const { output, ...more } = reduced(args);
  return answers([output, output], { reach: "global", ...more });
};

function named(...names: string[]): (results: readonly TensorValue[]) => Value {
  return (items) => ({ kind: "tuple", items, names });
}

/** Losses: a scalar, unless `reduction` is "none". */
export const loss: Rule = (args) => answer(args.text("reduction") === "none" ? undefined : [], { reach: "global" });

/** Norms and similarities along one axis, `dim` 1 unless said. */
export const alongAxis: Rule = (args) => {
  const input = args.shape("x1") ?? args.shape("input");
  const at = input && axisOf(args.number("dim"), input.length);
  return answer(at === undefined ? undefined : input?.filter((_, i) => i !== at), { reach: "global" });
};

/** diff: one less along an axis for each time. */
export const differences: Rule = (args) => {
  const input = args.shape("self");
  const at = input && axisOf(args.number("dim"), input.length);
  return answer(
    input && at !== undefined
      ? withSize(
          input,
          at,
          withSizes([input[at], args.number("n")], (size, n) => size - n),
        )
      : undefined,
    { reach: "global" },
  );
};
