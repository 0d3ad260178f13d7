import { imageAxes } from "../../../program/shapes.js";
import type { Convolution } from "../../../program/types.js";
import type { Graph } from "../graph.js";
import { type ConvolutionKernels, depthwise, type Geometry, inflated, plain, sliced } from "./convolutionKernels.js";
import type { LoweringTable, Tensor } from "./lowering.js";

/**
 * Chooses the fastest kernels that are right. TensorFlow's own are not everywhere: with oneDNN off, gradients of dilated and of grouped
 * convolutions fail; with dilation, the depthwise kernels' gradients are wrong or fail, and with oneDNN off their forward pass
 * ignores it; unequal depthwise strides fail. test/engine tries all of them.
 */
function kernelsFor(graph: Graph, geometry: Geometry): ConvolutionKernels {
  const { dilation, groups, strides, kernel } = geometry;
  const channels = kernel[2] * groups;
  const undilated = groups === 1 ? plain : groups === channels && strides[0] === strides[1] ? depthwise : sliced;
  if (dilation[0] === 1 && dilation[1] === 1) return undilated(graph, geometry);
  return inflated(graph, geometry, undilated);
}

function kernels(graph: Graph, convolution: Convolution, x: Tensor, kernelShape: readonly number[]): ConvolutionKernels {
  const [, height, width] = imageAxes(x.shape);
  return kernelsFor(graph, { ...convolution, image: [height, width], kernel: imageAxes(kernelShape) });
}

export const convolution = {
  conv2d: ({ graph, operation, input }) => {
    const [x, kernel] = [input(0), input(1)];
    return [kernels(graph, operation, x, kernel.shape).forward(x.output, kernel.output)];
  },
  conv2dInputGradient: ({ graph, operation, input }) => {
    const [kernel, dy, x] = [input(0), input(1), input(2)];
    return [kernels(graph, operation, x, kernel.shape).inputGradient(kernel.output, dy.output, x)];
  },
  conv2dKernelGradient: ({ graph, operation, input }) => {
    const [x, dy] = [input(0), input(1)];
    return [kernels(graph, operation, x, operation.kernelShape).kernelGradient(x.output, dy.output)];
  },
} satisfies Partial<LoweringTable>;
