import { alongLast, ownAxis } from "../../../interpret/channelsFirst.js";
import { activation, clamped, rescaled, type Steps, step } from "../../../interpret/steps.js";
import type { TensorShape } from "../../../interpret/tensor.js";
import type { CatalogueStep } from "../../../interpret/trace.js";
import { answer, type Rule } from "../core/answer.js";
import type { Args } from "../core/args.js";
import { axisOf } from "../core/sizes.js";
import { startOf } from "./initializers.js";

/** The first tensor, whatever it is called: the shape stays. */
function inputOf(args: Args): TensorShape | undefined {
  return args.shape("input") ?? args.shape("self");
}

/** Keeps the shape. */
export const same: Rule = (args) => answer(inputOf(args));

/** Passes its input on. */
export const identity: Rule = (args) => answer(inputOf(args), { catalogue: [] });

/** A shape that stays, with true and false in it. */
export const sameBoolean: Rule = (args) => answer(inputOf(args), { dtype: "bool" });

/** Keeps the shape; in the catalogue it is `steps`, where the arguments allow. */
export function pointwise(steps: (args: Args, input: TensorShape | undefined) => Steps | CatalogueStep | undefined): Rule {
  return (args) => {
    const input = inputOf(args);
    const found = steps(args, input);
    return answer(input, { catalogue: found === undefined || isSteps(found) ? found : [found] });
  };
}

function isSteps(found: Steps | CatalogueStep): found is Steps {
  return Array.isArray(found);
}

const named = (name: string): Rule => pointwise(() => activation(name));

function endsOf(args: Args, names: readonly [string, string]): Steps | undefined {
  const [low, high] = names.map((name) => args.number(name));
  const isKnown = names.every((name) => args.isNone(name) || args.number(name) !== undefined);
  return isKnown ? clamped(low, high) : undefined;
}

/** Along one axis: the activation of the catalogue works along its last one. */
function alongAxis(name: string): Rule {
  return pointwise((args, input) => {
    if (!input) return undefined;
    // Where no axis is said, PyTorch takes the channels, or the only axis there is.
    const usual = input.length === 3 || input.length === 1 ? 0 : 1;
    const axis = args.isNone("dim") ? usual : axisOf(args.number("dim"), input.length);
    return axis === undefined ? undefined : alongLast(axis, input.length, [activation(name)]);
  });
}

/** One slope below zero for all numbers, or one for each channel. */
export const prelu: Rule = pointwise((args, input) => {
  const count = args.shape("weight")?.[0];
  const channels = input && (ownAxis(1, input.length) ?? 0) + 1;
  if (!input || count === undefined || input.length < 2) return undefined;
  const axes = Array.from({ length: input.length - 1 }, (_, i) => i + 1);
  const sharedAxes = count === 1 ? axes : axes.filter((axis) => axis !== channels);
  const init = args.number("init");
  const alphaInitializer = startOf(args, "weight") ?? (init === undefined ? undefined : { type: "constant", value: init });
  return step("pReLU", { sharedAxes, ...(alphaInitializer && { alphaInitializer }) }, { alpha: { parameter: "weight" } });
});

/** Drops numbers one by one, or (of images) whole channels. */
function dropout(whole: boolean): Rule {
  return pointwise((args, input) => {
    const rate = args.number("p");
    if (rate === undefined || rate >= 1) return undefined;
    if (rate === 0) return [];
    if (!whole || input?.length === 2) return step("dropout", { rate });
    return input?.length === 4 ? step("spatialDropout2d", { rate }) : undefined;
  });
}

/** The activations of the catalogue, where the arguments are the ones it knows. */
export const ACTIVATION_RULES = {
  relu: named("relu"),
  relu6: named("relu6"),
  sigmoid: named("sigmoid"),
  tanh: named("tanh"),
  silu: named("swish"),
  mish: named("mish"),
  selu: named("selu"),
  softsign: named("softsign"),
  hardSwish: named("hardSwish"),
  hardSigmoid: named("hardSigmoid6"),
  logSigmoid: named("logSigmoid"),
  exponential: named("exponential"),
  absolute: named("absolute"),
  squareRoot: named("squareRoot"),
  gelu: pointwise((args) => activation(args.text("approximate") === "tanh" ? "geluTanh" : "gelu")),
  elu: pointwise((args) => scaledBelow("eLU", args.number("alpha"))),
  celu: pointwise((args) => (args.number("alpha") === 1 ? activation("elu") : undefined)),
  leakyRelu: pointwise((args) => scaledBelow("leakyReLU", args.number("negative_slope"))),
  softplus: pointwise((args) => (args.number("beta") === 1 ? activation("softplus") : undefined)),
  hardTanh: pointwise((args) => endsOf(args, ["min_val", "max_val"])),
  clamp: pointwise((args) => endsOf(args, ["min", "max"])),
  negative: pointwise(() => rescaled(-1, 0)),
  square: pointwise(() => step("power", { exponent: 2 })),
  reciprocal: pointwise(() => step("power", { exponent: -1 })),
  inverseSquareRoot: pointwise(() => step("power", { exponent: -0.5 })),
  softmax: alongAxis("softmax"),
  logSoftmax: alongAxis("logSoftmax"),
  dropout: dropout(false),
  dropoutOfChannels: dropout(true),
  channelShuffle: pointwise((args, input) => {
    const groups = args.number("groups");
    const [, channels, height, width] = input ?? [];
    if (groups === undefined || channels === undefined || input?.length !== 4) return undefined;
    const order = "channelsFirst";
    return [
      step("reshape", { targetShape: [groups, channels / groups, height, width], order }),
      step("permute", { dims: [2, 1, 3, 4] }),
      step("reshape", { targetShape: [channels, height, width], order }),
    ];
  }),
} as const;

function scaledBelow(type: string, alpha: number | undefined): CatalogueStep | undefined {
  return alpha === undefined ? undefined : step(type, { alpha });
}
