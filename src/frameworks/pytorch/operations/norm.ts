import type { TensorShape } from "../../../interpret/tensor.js";
import type { CatalogueStep } from "../../../interpret/trace.js";
import type { LayerProblem } from "../../../layers/kind.js";
import { answer, problem, type Rule, setting } from "../core/answer.js";
import type { Args } from "../core/args.js";
import { printed } from "../core/sizes.js";

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
      catalogue: kind === "batch" && input && (input.length === 4 || input.length === 2) ? batchNormalization(args) : undefined,
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

function batchNormalization(args: Args): CatalogueStep[] | undefined {
  const [epsilon, momentum] = [args.number("eps"), args.number("momentum")];
  if (epsilon === undefined || momentum === undefined || args.isNone("running_mean")) return undefined;
  const affine = !args.isNone("weight");
  // PyTorch's momentum is what is taken of the new batch, ours what is kept of the old.
  return [{ type: "batchNormalization", args: { epsilon, momentum: 1 - momentum, variance: "unbiased", center: affine, scale: affine } }];
}

/** Normalizes groups of channels of each example. */
export const groupNorm: Rule = (args) => {
  const input = args.shape("input");
  const [groups, channels, expected] = [args.number("num_groups"), input?.[1], args.shape("weight")?.[0]];
  return answer(input, { problem: input && groupProblem(input, groups, channels, expected, args) });
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
    problem: wrong
      ? problem(
          "wrong-shape",
          `Given normalized_shape=[${shown}], expected input with shape [*, ${shown}], but got input of size${printed(input ?? [])}`,
          { argument: "normalized_shape", fixes },
        )
      : undefined,
  });
};
