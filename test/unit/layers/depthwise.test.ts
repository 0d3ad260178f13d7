import { describe } from "vitest";
import { type TorchCase, testTorchCases } from "./torchCases.js";

const CASES: readonly TorchCase[] = [
  {
    call: "F.conv2d(x, w, b, padding=(1, 2), dilation=2, groups=2)",
    layer: { type: "depthwiseConv2d", kernelSize: [2, 3], depthMultiplier: 2, dilationRate: 2, padding: [1, 2] },
    input: [1, 3, 4, 2],
    output: {
      shape: [1, 3, 4, 4],
      data: [
        -1.28001, -1.03313, -1.06478, -0.45144, -1.88926, -1.86015, -1.83956, -1.27613, -1.61968, -1.86518, -1.81316, -1.60426, -0.88901,
        -1.41419, -1.43233, -1.5585, -1.04717, -1.58946, -1.40052, -1.56705, 0.16382, -0.38587, -0.34585, -0.73728, 0.20826, -0.00949,
        0.1833, 0.17823, -0.18066, 0.11757, 0.37223, 0.7967, -0.29624, -0.19244, -0.1377, 0.20697, -1.13236, -0.81911, -0.68562, -0.03828,
        -1.60455, -1.44332, -1.47564, -0.8956, -1.82958, -2.00608, -2.02267, -1.64893,
      ],
    },
  },
  {
    call: "F.conv2d(F.conv2d(x, w, stride=2, padding=2, dilation=2, groups=3), v, b)",
    layer: { type: "separableConv2d", filters: 2, kernelSize: 3, strides: 2, dilationRate: 2, padding: 2 },
    input: [1, 4, 3, 3],
    output: { shape: [1, 2, 2, 2], data: [0.44762, 0.59064, -0.18272, -0.03153, 1.63039, 1.85216, 1.52101, 1.70581] },
  },
];

describe("convolutions of each channel by itself, as PyTorch computes them", () => testTorchCases(CASES));
