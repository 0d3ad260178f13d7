import { ok } from "../base/result.js";
import { activationArgument } from "./activationArgument.js";
import { count, optional } from "./arguments.js";
import { convolved, filtersArgument, kernelArguments, kernelWindow, placeKernels } from "./convolution.js";
import { defineLayer } from "./defineLayer.js";
import { groupsProblem } from "./groups.js";
import { asImage, imageOf, isProblem } from "./image.js";
import { weightArguments, weights } from "./weights.js";
import { placeWindow } from "./window.js";

/** 2-D convolution (cross-correlation, as everywhere in the field). */
export const conv2d = defineLayer({
  type: "conv2d",
  summary: "2-D convolution: slides kernels over the image; each output channel is the sum of products under one of them, plus a bias.",
  arguments: {
    ...filtersArgument,
    ...kernelArguments,
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
    const undivided = groupsProblem(args.groups, channels, args.filters);
    if (undivided) return { ok: false, error: undivided };
    const placed = placeKernels(args, image);
    if (!placed.ok) return placed;

    const [kernelHeight, kernelWidth] = args.kernelSize;
    const [height, width] = placed.value.output;
    const perGroup = channels / args.groups;
    const area = kernelHeight * kernelWidth;
    const kernel = [kernelHeight, kernelWidth, perGroup, args.filters];
    const parameters = weights(args, kernel, { in: area * perGroup, out: area * args.filters });
    const multiplyAdds = height * width * area * perGroup * args.filters;
    const depth = args.groups === 1 ? `${channels}` : `(${channels}/${args.groups})`;
    return ok(
      convolved(placed.value, { filters: args.filters, parameters, multiplyAdds }, () => ({
        kernels: [`${kernelHeight}*${kernelWidth}*${depth}*${args.filters}`],
        multiplyAdds: `${height}*${width}*${args.filters} * ${kernelHeight}*${kernelWidth}*${depth}`,
      })),
    );
  },

  lower(args, x, _shape, { builder, parameter, activate }) {
    const { padding } = placeWindow(imageOf(x), kernelWindow(args));
    const y = builder.conv2d(x, parameter("kernel"), { strides: args.strides, dilation: args.dilationRate, padding, groups: args.groups });
    return activate(args.useBias ? builder.biasAdd(y, parameter("bias")) : y, args.activation);
  },
});
