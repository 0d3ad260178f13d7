import { alongLast } from "../../../interpret/channelsFirst.js";
import { isText, numberOf } from "../../../interpret/julia/natives.js";
import { type Steps, step } from "../../../interpret/steps.js";
import type { Size, TensorShape } from "../../../interpret/tensor.js";
import type { CatalogueStep, TracedParameter } from "../../../interpret/trace.js";
import { type LayerArguments, tupleSizes } from "../arguments.js";
import { type Leaf, statistic, weight } from "../layer.js";
import { expectsSize } from "../words.js";
import { withActivation } from "./activation.js";

/** BatchNorm(channels, λ; affine, track_stats), InstanceNorm, whose defaults differ, and GroupNorm(channels, groups, λ). */
export function channelNorm(type: "BatchNorm" | "InstanceNorm" | "GroupNorm", args: LayerArguments): Leaf {
  const channels = args.size(0);
  const affine = args.flag("affine", type !== "InstanceNorm");
  const tracks = args.flag("track_stats", type === "BatchNorm") === true;
  const parameters: TracedParameter[] = [
    ...(affine === false ? [] : [weight("β", [channels]), weight("γ", [channels])]),
    ...(tracks ? [statistic("μ", [channels]), statistic("σ²", [channels])] : []),
  ];
  const groups = type === "GroupNorm" ? args.size(1) : undefined;
  const shown = (size: Size) => `${type}(${size ?? "?"}${type === "GroupNorm" ? `, ${groups ?? "?"}` : ""})`;
  const settings = { epsilon: numberOf(args.named("eps")) ?? 1e-5, center: affine !== false, scale: affine !== false };
  const momentum = 1 - (numberOf(args.named("momentum")) ?? 0.1);
  const count = type === "GroupNorm" ? groups : channels;
  const normalization =
    type === "BatchNorm"
      ? step("batchNormalization", { ...settings, momentum, variance: "unbiased" })
      : !tracks && count !== undefined
        ? step("groupNormalization", { ...settings, groups: count })
        : undefined;
  return {
    kind: "leaf",
    type,
    parameters,
    positions: ["channels"],
    infer([input]) {
      const got = input?.at(-2);
      const wrong = input && input.length > 1 && channels !== undefined && got !== undefined && got !== channels;
      return {
        output: input,
        catalogue: withActivation(normalization && alongChannels(normalization, input), args.at(type === "GroupNorm" ? 2 : 1)),
        problem: wrong
          ? expectsSize(shown(channels), input.length - 1, channels, input, `use ${shown(got)}`, { set: { channels: got } })
          : undefined,
      };
    },
  };
}

/** Channels are the axis before the batch, which is the last one of images and vectors in the catalogue. */
function alongChannels(normalization: CatalogueStep, input: TensorShape | undefined): Steps | undefined {
  return input && alongLast(1, input.length, [normalization]);
}

/** LayerNorm(size..., λ; affine = true): the first axes are those of `size`. */
export function layerNorm(args: LayerArguments): Leaf {
  const size =
    tupleSizes(args.at(0)) ??
    args.args.positional.filter(({ kind }) => kind === "number" || kind === "unknown").map((_, at) => args.size(at));
  return {
    kind: "leaf",
    type: "LayerNorm",
    parameters: args.flag("affine", true) === false ? [] : [weight("scale", size), weight("bias", size)],
    infer: ([input]) => ({
      output: input,
      catalogue: input && overFirst(size.length, input, args),
      problem: input && misfit(size, input),
    }),
  };
}

/** Over the first axes: of vectors the only one, of images the width, or all there are. */
function overFirst(axes: number, input: TensorShape, args: LayerArguments): Steps | undefined {
  const affine = args.flag("affine", true) !== false;
  const steps = [step("layerNormalization", { axes, epsilon: numberOf(args.named("eps")) ?? 1e-5, center: affine, scale: affine })];
  if (axes === input.length - 1) return steps;
  return axes === 1 ? alongLast(input.length - 1, input.length, steps) : undefined;
}

function misfit(size: readonly Size[], input: TensorShape) {
  const at = size.findIndex((each, axis) => each !== undefined && input[axis] !== undefined && each !== input[axis]);
  const expected = size[at];
  if (at < 0 || expected === undefined) return undefined;
  const fitting = input.slice(0, size.length).join(", ");
  return expectsSize(`LayerNorm(${size.join(", ")})`, at + 1, expected, input, `use LayerNorm(${fitting})`);
}

/** Dropout(p), AlphaDropout(p) */
export function dropout(type: "Dropout" | "AlphaDropout", args: LayerArguments): Leaf {
  const rate = numberOf(args.at(0));
  const plain = type === "Dropout" && rate !== undefined && (!args.named("dims") || isText(args.named("dims")));
  return {
    kind: "leaf",
    type,
    parameters: [],
    infer: ([input]) => ({ output: input, catalogue: plain ? [step("dropout", { rate })] : undefined }),
  };
}
