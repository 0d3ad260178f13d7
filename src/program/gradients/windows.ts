import type { GradientRules } from "./rule.js";

export const windows: GradientRules<"conv2d" | "conv2dInputGradient" | "maxPool2d" | "averagePool2d"> = {
  conv2d: ({ builder, operation, dy }, x, kernel) => {
    const { strides, dilation, padding, groups } = operation;
    const convolution = { strides, dilation, padding, groups };
    return [
      builder.appendOne({ op: "conv2dInputGradient", ...convolution }, [kernel, dy, x], x.shape),
      builder.appendOne({ op: "conv2dKernelGradient", ...convolution, kernelShape: kernel.shape }, [x, dy], kernel.shape),
    ];
  },
  // What it yields is linear in both, so its derivatives are the forward pass and the kernel's gradient of the same convolution.
  conv2dInputGradient: ({ builder, operation, dy }, kernel, x) => {
    const { strides, dilation, padding, groups } = operation;
    const convolution = { strides, dilation, padding, groups };
    return [
      builder.appendOne({ op: "conv2dKernelGradient", ...convolution, kernelShape: kernel.shape }, [dy, x], kernel.shape),
      builder.conv2d(dy, kernel, convolution),
    ];
  },
  maxPool2d: ({ builder, operation: { size, strides, padding }, dy, y }, x) => [
    builder.appendOne({ op: "maxPool2dGradient", size, strides, padding }, [x, y, dy], x.shape),
  ],
  averagePool2d: ({ builder, operation: { size, strides, padding, countPadding }, dy }, x) => [
    builder.appendOne({ op: "averagePool2dGradient", size, strides, padding, countPadding }, [dy, x], x.shape),
  ],
};
