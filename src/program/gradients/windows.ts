import type { GradientRules } from "./rule.js";

export const windows: GradientRules<"conv2d" | "maxPool2d" | "averagePool2d"> = {
  conv2d: ({ builder, operation, dy }, x, kernel) => {
    const { strides, dilation, padding, groups } = operation;
    const convolution = { strides, dilation, padding, groups };
    return [
      builder.appendOne({ op: "conv2dInputGradient", ...convolution }, [kernel, dy, x], x.shape),
      builder.appendOne({ op: "conv2dKernelGradient", ...convolution, kernelShape: kernel.shape }, [x, dy], kernel.shape),
    ];
  },
  maxPool2d: ({ builder, operation: { size, strides, padding }, dy, y }, x) => [
    builder.appendOne({ op: "maxPool2dGradient", size, strides, padding }, [x, y, dy], x.shape),
  ],
  averagePool2d: ({ builder, operation: { size, strides, padding, countPadding }, dy }, x) => [
    builder.appendOne({ op: "averagePool2dGradient", size, strides, padding, countPadding }, [dy, x], x.shape),
  ],
};
