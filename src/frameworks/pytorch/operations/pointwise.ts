import type { CatalogueStep } from "../../../interpret/trace.js";
import { answer, type Rule } from "../core/answer.js";
import type { Args } from "../core/args.js";

/** The first tensor, whatever it is called: the shape stays. */
function inputOf(args: Args) {
  return args.shape("input") ?? args.shape("self");
}

/** Keeps the shape. */
export const same: Rule = (args) => answer(inputOf(args));

/** Passes its input on. */
export const identity: Rule = (args) => answer(inputOf(args), { catalogue: [] });

/** A shape that stays, with true and false in it. */
export const sameBoolean: Rule = (args) => answer(inputOf(args), { dtype: "bool" });

/** Keeps the shape; in the catalogue it is `step`, where the arguments allow. */
export function pointwise(step: (args: Args) => CatalogueStep | undefined): Rule {
  return (args) => {
    const found = step(args);
    return answer(inputOf(args), { catalogue: found && [found] });
  };
}

export const activation = (name: string): CatalogueStep => ({ type: "activation", args: { activation: name } });

/** The activations of the catalogue, where the arguments are the ones it knows. */
export const ACTIVATION_RULES = {
  relu: pointwise(() => activation("relu")),
  sigmoid: pointwise(() => activation("sigmoid")),
  tanh: pointwise(() => activation("tanh")),
  silu: pointwise(() => activation("swish")),
  gelu: pointwise((args) => (args.text("approximate") === "tanh" ? undefined : activation("gelu"))),
  elu: pointwise((args) => (args.number("alpha") === 1 ? activation("elu") : undefined)),
  leakyRelu: pointwise((args) => (args.number("negative_slope") === 0.3 ? activation("leakyReLU") : undefined)),
  softplus: pointwise((args) => (args.number("beta") === 1 ? activation("softplus") : undefined)),
  softmax: pointwise((args) => {
    const rank = inputOf(args)?.length;
    const dim = args.number("dim");
    return rank === 2 && (dim === 1 || dim === -1 || args.isNone("dim")) ? activation("softmax") : undefined;
  }),
  dropout: pointwise((args) => {
    const rate = args.number("p");
    return rate === undefined || rate >= 1 ? undefined : { type: "dropout", args: { rate } };
  }),
} as const;
