import { defineLayer } from "./defineLayer.js";
import { inferLearned, learnedArguments, startArgument } from "./learnedTensor.js";

export const scaling = defineLayer({
  type: "scaling",
  summary: "Multiplies by a learned tensor, one number a channel if its shape is not given: the layer scale of recent networks.",
  arguments: { ...learnedArguments, initializer: startArgument("ones") },
  infer: (args, input) => inferLearned("scale", args, input),
  lower: (_args, x, _shape, { builder, parameter }) => builder.multiply(x, parameter("scale")),
});
