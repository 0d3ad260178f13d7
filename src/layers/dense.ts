import { thousands } from "../base/words.js";
import { activationArgument } from "./activationArgument.js";
import { count, withExamples } from "./arguments.js";
import { defineLayer } from "./defineLayer.js";
import { weightArguments, weights } from "./weights.js";
import { shapeText } from "./words.js";

export const dense = defineLayer({
  type: "dense",
  summary: "Fully connected: each output is a weighted sum of all inputs, plus a bias.",
  arguments: {
    units: withExamples(count("Number of outputs; of the last layer, the number of classes."), 64, 128, 10),
    activation: activationArgument,
    ...weightArguments,
  },

  infer(args, input) {
    const [inputs, ...others] = input;
    if (inputs === undefined || others.length > 0) {
      const message = `needs a vector, but gets ${shapeText(input)}; insert a flatten before it`;
      const fixes = [{ title: "Insert flatten", insertBefore: { type: "flatten" } }];
      return { ok: false, error: { code: "needs-vector", message, fixes } };
    }
    const multiplyAdds = inputs * args.units;
    const sum = `${inputs}*${args.units}`;
    return {
      ok: true,
      value: {
        output: [args.units],
        parameters: weights(args, [inputs, args.units], { in: inputs, out: args.units }),
        multiplyAdds,
        reach: "global",
        formulas: () => [
          {
            label: "parameters",
            expression: args.useBias ? `${sum} + ${args.units}` : sum,
            value: thousands(multiplyAdds + (args.useBias ? args.units : 0)),
          },
          { label: "multiply-adds", expression: sum, value: thousands(multiplyAdds) },
        ],
        warnings: [],
      },
    };
  },

  lower(args, x, _shape, { builder, parameter, activate }) {
    const y = builder.matMul(x, parameter("kernel"));
    return activate(args.useBias ? builder.biasAdd(y, parameter("bias")) : y, args.activation);
  },
});
