import { ACTIVATION_DOCS, LEAKY_RELU_ALPHA } from "./activation.js";
import { choice, maybe, number, withExamples } from "./arguments.js";
import { defineLayer } from "./defineLayer.js";
import type { LayerProblem } from "./kind.js";
import { pointwise } from "./pointwise.js";

/** An activation as a layer of its own, for behind batchNormalization or add. */
export const activation = defineLayer({
  type: "activation",
  summary: "Applies a function to each number, as the activation of conv2d and dense does.",
  arguments: {
    activation: withExamples(choice("The function.", ACTIVATION_DOCS), "relu"),
    alpha: maybe(number(`Slope of leakyReLU below zero; ${LEAKY_RELU_ALPHA} where left out.`, { least: 0 })),
  },

  infer(args, input) {
    const needless: LayerProblem = {
      code: "needless-argument",
      argument: "alpha",
      message: `alpha belongs to leakyReLU and does nothing for ${args.activation}; leave it out`,
      fixes: [{ title: "Use activation leakyReLU", set: { activation: "leakyReLU" } }],
    };
    const warnings = args.alpha !== undefined && args.activation !== "leakyReLU" ? [needless] : [];
    return { ok: true, value: { ...pointwise(input), warnings } };
  },

  lower: (args, x, _shape, { builder, activate }) =>
    args.activation === "leakyReLU" && args.alpha !== undefined ? builder.leakyRelu(x, args.alpha) : activate(x, args.activation),
});
