import { alongLast, onColumn } from "../../../interpret/channelsFirst.js";
import { type Steps, step } from "../../../interpret/steps.js";
import type { TensorShape } from "../../../interpret/tensor.js";
import type { CatalogueStep } from "../../../interpret/trace.js";
import type { LayerProblem } from "../../../layers/kind.js";
import { answer, problem, type Rule, setting } from "../core/answer.js";
import type { Args } from "../core/args.js";
import { printed } from "../core/sizes.js";
import { ownStarts } from "./initializers.js";

/** Batch and instance normalization: channels are the second axis. `ranks` are those of inputs it takes. */
export function channelNorm(kind: "batch" | "instance", ranks: readonly number[]): Rule {
  return (args) => {
    const input = args.shape("input");
    const unbatched = kind === "instance" && input?.length === ranks[0] && ranks.length > 1;
    const channels = input?.[unbatched ? 0 : 1];
    return answer(input, {
      formulas: () =>
        channels === undefined || args.isNone("weight")
          ? []
          : [{ label: "parameters", expression: `2*${channels}`, value: String(2 * channels) }],
      catalogue: input && (kind === "batch" ? batchNormalization(args, input) : instanceNormalization(args, input)),
      problem: input && (wrongRank(input, ranks) ?? wrongChannels(args, channels)),
    });
  };
}

function wrongRank(input: TensorShape, ranks: readonly number[]): LayerProblem | undefined {
  if (ranks.includes(input.length)) return undefined;
  const expected = ranks.map((rank) => `${rank}D`).join(" or ");
  return problem("wrong-rank", `expected ${expected} input (got ${input.length}D input)`);
}

function wrongChannels(args: Args, channels: number | undefined): LayerProblem | undefined {
  const statistics = ["running_mean", "weight"].find((name) => args.tensor(name));
  const expected = statistics && args.shape(statistics)?.[0];
  if (channels === undefined || expected === undefined || channels === expected) return undefined;
  const message = `${statistics} should contain ${channels} elements not ${expected}`;
  return problem(
    "wrong-channels",
    message,
    args.find("num_features") ? { argument: "num_features", fixes: [setting("num_features", channels)] } : {},
  );
}

/** Weights of what scales and shifts: [C], or the normalized axes. */
function affine(
  args: Args,
  permutation?: readonly number[],
): { readonly args: CatalogueStep["args"]; weights: NonNullable<CatalogueStep["weights"]> } {
  const [scale, center] = [!args.isNone("weight"), !args.isNone("bias")];
  const source = (parameter: string) => ({ parameter, ...(permutation && { permutation }) });
  return {
    args: { scale, center, ...ownStarts(args, { gammaInitializer: "weight", betaInitializer: "bias" }) },
    weights: { ...(scale && { gamma: source("weight") }), ...(center && { beta: source("bias") }) },
  };
}

function batchNormalization(args: Args, input: TensorShape): Steps | undefined {
  const [epsilon, momentum] = [args.number("eps"), args.number("momentum")];
  if (epsilon === undefined || momentum === undefined || args.isNone("running_mean")) return undefined;
  const own = affine(args);
  const statistics = { moving_mean: { parameter: "running_mean" }, moving_variance: { parameter: "running_var" } };
  // PyTorch's momentum is what is taken of the new batch, ours what is kept of the old.
  const settings = { epsilon, momentum: 1 - momentum, variance: "unbiased", ...own.args };
  return alongLast(1, input.length, [step("batchNormalization", settings, { ...own.weights, ...statistics })]);
}

/** As many groups as channels. One that keeps running statistics would go by them once it is trained. */
function instanceNormalization(args: Args, input: TensorShape): Steps | undefined {
  const channels = input[1];
  if (channels === undefined || !args.isNone("running_mean") || input.length < 3) return undefined;
  return inGroups(args, input, channels, args.number("eps") ?? 1e-5);
}

function inGroups(args: Args, input: TensorShape, groups: number, epsilon: number): Steps | undefined {
  const own = affine(args);
  const steps = [step("groupNormalization", { groups, epsilon, ...own.args }, own.weights)];
  if (input.length === 4) return steps;
  return input.length === 3 ? onColumn(input, input, steps) : undefined;
}

/** Normalizes groups of channels of each example. */
export const groupNorm: Rule = (args) => {
  const input = args.shape("input");
  const [groups, channels, expected] = [args.number("num_groups"), input?.[1], args.shape("weight")?.[0]];
  const fits = input && groups !== undefined && channels !== undefined && channels % groups === 0;
  return answer(input, {
    problem: input && groupProblem(input, groups, channels, expected, args),
    catalogue: fits ? inGroups(args, input, groups, args.number("eps") ?? 1e-5) : undefined,
  });
};

function groupProblem(
  input: TensorShape,
  groups: number | undefined,
  channels: number | undefined,
  expected: number | undefined,
  args: Args,
) {
  if (channels === undefined) return undefined;
  if (expected !== undefined && channels !== expected) {
    const message = `Expected weight to be a vector of size equal to the number of channels in input, but got weight of shape [${expected}] and input of shape ${printed(input)}`;
    return problem(
      "wrong-channels",
      message,
      args.find("num_channels") ? { argument: "num_channels", fixes: [setting("num_channels", channels)] } : {},
    );
  }
  if (groups === undefined || channels % groups === 0) return undefined;
  const message = `Expected number of channels in input to be divisible by num_groups, but got input of shape ${printed(input)} and num_groups=${groups}`;
  return problem("groups-do-not-divide", message, { argument: "num_groups" });
}

/** Normalizes over the last axes, which have to be as said. */
export const layerNorm: Rule = (args) => {
  const input = args.shape("input");
  const expected = args.numbers("normalized_shape");
  const last = expected && input?.slice(-expected.length);
  const wrong =
    expected &&
    last &&
    (last.length < expected.length || last.some((size, i) => size !== undefined && expected[i] !== undefined && size !== expected[i]));
  const shown = expected?.map((size) => size ?? "?").join(", ");
  const fit = last?.length === 1 ? last[0] : last;
  const fixes = last?.length === expected?.length && args.find("elementwise_affine") ? [setting("normalized_shape", fit)] : [];
  return answer(input, {
    catalogue: input && expected && !wrong ? overLast(args, input, expected.length) : undefined,
    problem: wrong
      ? problem(
          "wrong-shape",
          `Given normalized_shape=[${shown}], expected input with shape [*, ${shown}], but got input of size${printed(input ?? [])}`,
          { argument: "normalized_shape", fixes },
        )
      : undefined,
  });
};

/** The catalogue's is over the last axes of its own order, and has a bias where it has a scale: RMSNorm is another layer. */
function overLast(args: Args, input: TensorShape, axes: number): Steps | undefined {
  if (args.find("bias") === undefined) return undefined;
  const isImage = input.length === 4;
  const own = affine(args, isImage && axes === 3 ? [1, 2, 0] : undefined);
  const steps = [step("layerNormalization", { epsilon: args.number("eps") ?? 1e-5, axes, ...own.args }, own.weights)];
  if (axes === 1) return alongLast(input.length - 1, input.length, steps);
  if (!isImage || axes === 3) return steps;
  // Over height and width, with the channels put in front and back.
  return [step("permute", { dims: [3, 1, 2] }), ...steps, step("permute", { dims: [2, 3, 1] })];
}

/** Across neighbouring channels (Krizhevsky et al., 2012). */
export const localResponseNorm: Rule = (args) => {
  const input = args.shape("input");
  const settings = { size: args.number("size"), alpha: args.number("alpha"), beta: args.number("beta"), k: args.number("k") };
  const isKnown = input?.length === 4 && !Object.values(settings).includes(undefined);
  return answer(input, { catalogue: isKnown ? [step("localResponseNormalization", settings)] : undefined });
};
