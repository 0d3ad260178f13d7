import { defineLayer } from "./defineLayer.js";
import { inferLearned, learnedArguments, startArgument } from "./learnedTensor.js";

export const bias = defineLayer({
  type: "bias",
  summary: "Adds a learned tensor, one number a channel if its shape is not given.",
  arguments: { ...learnedArguments, initializer: startArgument("zeros") },
  infer: (args, input) => inferLearned("bias", args, input),
  lower: (_args, x, _shape, { builder, parameter }) => builder.add(x, parameter("bias")),
});
