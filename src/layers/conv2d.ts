import { thousands } from "../base/words.js";
import type { Pair } from "../program/types.js";
import { activationArgument } from "./activationArgument.js";
import { count, optional, withExamples } from "./arguments.js";
import { defineLayer } from "./defineLayer.js";
import { asImage, imageOf, isProblem } from "./image.js";
import type { LayerProblem } from "./kind.js";
import { weightArguments, weights } from "./weights.js";
import { placeWindow, type WindowArguments, windowFormulas, windowProblem } from "./window.js";
import { pair, windowPadding } from "./windowArguments.js";

/** 2-D convolution (cross-correlation, as everywhere in the field). */
export const conv2d = defineLayer({
  type: "conv2d",
  summary: "2-D convolution: slides kernels over the image; each output channel is the sum of products under one of them, plus a bias.",
  arguments: {
    filters: withExamples(count("Number of kernels, which is the number of output channels."), 16, 32, 64),
    kernelSize: withExamples(pair("Height and width of the kernels: a number for both, or [height, width]."), 3, 5, 7),
    strides: optional(pair("Rows and columns from one window to the next."), 1),
    padding: optional(
      windowPadding("Zeros around the image: same, valid (none), a number, [height, width] or [[top, bottom], [left, right]]."),
      "valid",
    ),
    dilationRate: optional(pair("Distance between the kernel's entries; 2 leaves every second row and column out."), 1),
    groups: optional(
      count("Splits the channels into this many parts that are convolved apart; as many as input channels is depthwise."),
      1,
    ),
    activation: activationArgument,
    ...weightArguments,
  },

  infer(args, input) {
    const image = asImage(input);
    if (isProblem(image)) return { ok: false, error: image };
    const [, , channels] = image;
    const groupsProblem = checkGroups(args.groups, channels, args.filters);
    if (groupsProblem) return { ok: false, error: groupsProblem };
    const window = windowOf(args);
    const placed = placeWindow(image, window);
    const misfit = windowProblem("kernelSize", image, window, placed);
    if (misfit) return { ok: false, error: misfit };

    const [kernelHeight, kernelWidth] = args.kernelSize;
    const [height, width] = placed.output;
    const perGroup = channels / args.groups;
    const area = kernelHeight * kernelWidth;
    const kernel = [kernelHeight, kernelWidth, perGroup, args.filters];
    const size = area * perGroup * args.filters;
    const multiplyAdds = height * width * size;
    const depth = args.groups === 1 ? `${channels}` : `(${channels}/${args.groups})`;
    return {
      ok: true,
      value: {
        output: [height, width, args.filters],
        parameters: weights(args, kernel, { in: area * perGroup, out: area * args.filters }),
        multiplyAdds,
        reach: { kernel: args.kernelSize, strides: args.strides, dilation: args.dilationRate, padding: placed.padding },
        formulas: () => [
          ...windowFormulas(image, window, placed),
          {
            label: "parameters",
            expression: `${kernelHeight}*${kernelWidth}*${depth}*${args.filters}${args.useBias ? ` + ${args.filters}` : ""}`,
            value: thousands(size + (args.useBias ? args.filters : 0)),
          },
          {
            label: "multiply-adds",
            expression: `${height}*${width}*${args.filters} * ${kernelHeight}*${kernelWidth}*${depth}`,
            value: thousands(multiplyAdds),
          },
        ],
        warnings: [],
      },
    };
  },

  lower(args, x, _shape, { builder, parameter, activate }) {
    const { padding } = placeWindow(imageOf(x), windowOf(args));
    const y = builder.conv2d(x, parameter("kernel"), { strides: args.strides, dilation: args.dilationRate, padding, groups: args.groups });
    return activate(args.useBias ? builder.biasAdd(y, parameter("bias")) : y, args.activation);
  },
});

function windowOf(args: { kernelSize: Pair; strides: Pair; dilationRate: Pair; padding: WindowArguments["padding"] }): WindowArguments {
  return { size: args.kernelSize, strides: args.strides, dilation: args.dilationRate, padding: args.padding };
}

function checkGroups(groups: number, channels: number, filters: number): LayerProblem | undefined {
  const wrong = channels % groups !== 0 ? `${channels} input channels` : filters % groups !== 0 ? `${filters} filters` : undefined;
  if (!wrong) return undefined;
  const fit = commonDivisor(commonDivisor(channels, filters), groups);
  return {
    code: "groups-do-not-divide",
    argument: "groups",
    message: `groups ${groups} does not divide ${wrong}; use a divisor of both ${channels} and ${filters}, such as ${fit}`,
    fixes: [{ title: `Set groups ${fit}`, set: { groups: fit } }],
  };
}

/** Euclid's algorithm. */
function commonDivisor(a: number, b: number): number {
  return b === 0 ? a : commonDivisor(b, a % b);
}
