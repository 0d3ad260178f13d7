import { ok } from "../base/result.js";
import { activationArgument } from "./activationArgument.js";
import { optional } from "./arguments.js";
import { convolved, filtersArgument, placeKernels } from "./convolution.js";
import { defineLayer } from "./defineLayer.js";
import { depthwiseArguments, depthwiseKernel, lowerDepthwise } from "./depthwise.js";
import { asImage, isProblem } from "./image.js";
import { initializer, withFans } from "./initializer.js";
import { regularizer } from "./regularizer.js";
import { biasArguments, biases, weight } from "./weights.js";

/** Chollet, "Xception: deep learning with depthwise separable convolutions", 2017. */
export const separableConv2d = defineLayer({
  type: "separableConv2d",
  summary: "Convolves each channel by itself and mixes the channels after that, pixel by pixel: a convolution of far fewer weights.",
  arguments: {
    ...filtersArgument,
    ...depthwiseArguments,
    pointwiseInitializer: optional(initializer("How the pointwise kernel starts."), "glorotUniform"),
    pointwiseRegularizer: regularizer("Penalty on the pointwise kernel, added to the loss."),
    activation: activationArgument,
    ...biasArguments,
  },

  infer(args, input) {
    const image = asImage(input);
    if (isProblem(image)) return { ok: false, error: image };
    const placed = placeKernels(args, image);
    if (!placed.ok) return placed;

    const { filters, depthMultiplier, kernelSize } = args;
    const [height, width] = placed.value.output;
    const [, , channels] = image;
    const between = channels * depthMultiplier;
    const pointwise = withFans(args.pointwiseInitializer, between, filters);
    const parameters = [
      depthwiseKernel(args, image),
      weight("pointwise_kernel", [1, 1, between, filters], pointwise, args, args.pointwiseRegularizer),
      ...biases(args, filters),
    ];
    const multiplyAdds = height * width * between * (kernelSize[0] * kernelSize[1] + filters);
    const kernels = [`${kernelSize[0]}*${kernelSize[1]}*${channels}*${depthMultiplier}`, `${between}*${filters}`];
    const arithmetic = () => ({ kernels, multiplyAdds: `${height}*${width} * (${kernels.join(" + ")})` });
    return ok(convolved(placed.value, { filters, parameters, multiplyAdds }, arithmetic));
  },

  lower(args, x, _shape, context) {
    const { builder, parameter } = context;
    const apart = lowerDepthwise(args, x, context);
    const mixing = { strides: [1, 1], dilation: [1, 1], padding: [0, 0, 0, 0], groups: 1 } as const;
    const y = builder.conv2d(apart, parameter("pointwise_kernel"), mixing);
    return context.activate(args.useBias ? builder.biasAdd(y, parameter("bias")) : y, args.activation);
  },
});
