import { ok } from "../base/result.js";
import { activationArgument } from "./activationArgument.js";
import { convolved, placeKernels } from "./convolution.js";
import { defineLayer } from "./defineLayer.js";
import { depthwiseArguments, depthwiseKernel, lowerDepthwise } from "./depthwise.js";
import { asImage, isProblem } from "./image.js";
import { biasArguments, biases } from "./weights.js";

/** conv2d with as many groups as channels, its kernel in the order of Keras. */
export const depthwiseConv2d = defineLayer({
  type: "depthwiseConv2d",
  summary: "Convolves each channel by itself, with kernels of its own: looks at the image without mixing channels.",
  arguments: { ...depthwiseArguments, activation: activationArgument, ...biasArguments },

  infer(args, input) {
    const image = asImage(input);
    if (isProblem(image)) return { ok: false, error: image };
    const placed = placeKernels(args, image);
    if (!placed.ok) return placed;

    const [kernelHeight, kernelWidth] = args.kernelSize;
    const [height, width] = placed.value.output;
    const [, , channels] = image;
    const filters = channels * args.depthMultiplier;
    const parameters = [depthwiseKernel(args, image), ...biases(args, filters)];
    const multiplyAdds = height * width * kernelHeight * kernelWidth * filters;
    const kernel = `${kernelHeight}*${kernelWidth}*${channels}*${args.depthMultiplier}`;
    const arithmetic = () => ({ kernels: [kernel], multiplyAdds: `${height}*${width} * ${kernel}` });
    return ok(convolved(placed.value, { filters, parameters, multiplyAdds }, arithmetic));
  },

  lower(args, x, _shape, context) {
    const y = lowerDepthwise(args, x, context);
    return context.activate(args.useBias ? context.builder.biasAdd(y, context.parameter("bias")) : y, args.activation);
  },
});
