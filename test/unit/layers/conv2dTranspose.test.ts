import { describe, expect, test } from "vitest";
import { gradientError } from "../program/gradientCheck.js";
import { errorOf, shapeOf } from "./layerOf.js";
import { type TorchCase, testTorchCases } from "./torchCases.js";

const CASES: readonly TorchCase[] = [
  {
    call: "F.conv_transpose2d(x, w, b, stride=2, padding=1, output_padding=1)",
    layer: { type: "conv2dTranspose", filters: 2, kernelSize: 3, strides: 2, padding: 1, outputPadding: 1 },
    input: [1, 2, 2, 2],
    output: {
      shape: [1, 4, 4, 2],
      data: [
        0.12763, -0.70806, -0.98493, -0.40158, 0.86075, -0.40506, -1.85037, -2.86695, -0.03271, -0.90117, -3.1995, -2.1798, 0.53599,
        1.00959, 0.34835, -1.369, 0.41299, -0.50283, -1.63497, -2.44442, -0.91327, -0.93534, -0.77879, -0.91718, 0.03663, 0.39101, 0.02694,
        -1.25752, -0.99662, -1.05945, -0.85986, -0.90045,
      ],
    },
  },
  {
    call: "F.conv_transpose2d(x, w, b, stride=(1, 2), padding=(0, 1))",
    layer: { type: "conv2dTranspose", filters: 1, kernelSize: [2, 3], strides: [1, 2], padding: [0, 1] },
    input: [1, 2, 3, 1],
    output: {
      shape: [1, 3, 5, 1],
      data: [
        -0.48008, 0.17883, -0.14432, 0.66465, 0.06011, 0.16968, 1.0999, 0.09246, 0.74011, -0.15792, -0.71255, -0.64625, -0.73693, -0.77605,
        -0.78798,
      ],
    },
  },
  {
    call: "F.conv_transpose2d(x, w, b, stride=2, groups=2)",
    layer: { type: "conv2dTranspose", filters: 2, kernelSize: 2, strides: 2, padding: 0, groups: 2 },
    input: [1, 1, 2, 4],
    output: {
      shape: [1, 2, 4, 2],
      data: [
        0.24815, 0.37884, -0.99762, -2.47229, 0.48948, -0.98519, -0.87456, -0.89202, -1.99699, -2.01445, -0.50614, 0.72441, -2.26849,
        -1.03793, -0.56263, -1.09532,
      ],
    },
  },
  {
    call: "F.conv_transpose2d(x, w, b, stride=2, padding=1, dilation=3, output_padding=2)",
    layer: { type: "conv2dTranspose", filters: 1, kernelSize: 2, strides: 2, padding: 1, dilationRate: 3, outputPadding: 2 },
    input: [1, 2, 2, 1],
    output: {
      shape: [1, 6, 6, 1],
      data: [
        -0.88787, -0.88787, -0.88787, -0.88787, -0.88787, -0.88787, -0.88787, 0.06011, 0.06011, -0.88787, 0.09709, -0.88787, -0.88787,
        -0.24773, -0.65552, -0.88787, -0.46421, -0.88787, -0.88787, -0.88787, -0.88787, -0.88787, -0.88787, -0.88787, -0.88787, -0.03989,
        -0.34773, -0.88787, -0.32666, -0.88787, -0.88787, -0.88787, -0.88787, -0.88787, -0.88787, -0.88787,
      ],
    },
  },
  {
    call: "F.conv_transpose2d(x, w, b, stride=3)",
    layer: { type: "conv2dTranspose", filters: 1, kernelSize: 1, strides: 3, padding: 0 },
    input: [1, 2, 2, 1],
    output: {
      shape: [1, 4, 4, 1],
      data: [
        -0.4954, -0.88787, -0.88787, -0.17224, -0.88787, -0.88787, -0.88787, -0.88787, -0.88787, -0.88787, -0.88787, -0.88787, 0.02451,
        -0.88787, -0.88787, 0.06011,
      ],
    },
  },
  {
    call: "F.conv_transpose2d(x, w, b, padding=2)",
    layer: { type: "conv2dTranspose", filters: 1, kernelSize: 2, padding: 2 },
    input: [1, 4, 4, 1],
    output: { shape: [1, 1, 1, 1], data: [-2.2521] },
  },
];

describe("conv2dTranspose as PyTorch computes it", () => testTorchCases(CASES));

describe("conv2dTranspose", () => {
  const transposed = (more: object) => ({ type: "conv2dTranspose", filters: 4, kernelSize: 3, strides: 2, ...more });

  test.each([
    // Keras' deconv_output_length.
    [{ padding: "same" }, "14x10x4"],
    [{ padding: "valid" }, "15x11x4"],
    [{ padding: "valid", kernelSize: 1 }, "14x10x4"],
    [{ padding: "valid", outputPadding: 1 }, "16x12x4"],
    [{ padding: "same", outputPadding: 0 }, "13x9x4"],
    [{ padding: "same", outputPadding: [1, 0], kernelSize: 4 }, "13x8x4"],
    [{ padding: "same", dilationRate: 2 }, "14x10x4"],
    // torch.nn.ConvTranspose2d: (H - 1)*stride - 2*padding + dilation*(kernel_size - 1) + output_padding + 1.
    [{ padding: 1 }, "13x9x4"],
    [{ padding: 1, outputPadding: 1 }, "14x10x4"],
    [{ padding: 0, kernelSize: 1 }, "13x9x4"],
  ] as const)("%j of 7x5", (more, output) => {
    expect(shapeOf(transposed(more), [7, 5, 2]).output.join("x")).toBe(output);
  });

  test("says its sizes, parameters and costs as arithmetic", () => {
    const { formulas, multiplyAdds } = shapeOf(transposed({ padding: 1, outputPadding: 1, groups: 2 }), [7, 7, 6]);
    expect(multiplyAdds).toBe(7 * 7 * 9 * 2 * 6);
    expect(formulas().map(({ label, expression, value }) => `${label} ${expression} = ${value}`)).toEqual([
      "height, width (7 - 1)*2 + 3 - 1 = 14",
      "parameters 3*3*(4/2)*6 + 4 = 112",
      "multiply-adds 7*7 * 3*3*(4/2)*6 = 5,292",
    ]);
  });

  test("says what is wrong", () => {
    expect(errorOf(transposed({ padding: 9 }), [7, 5, 2])).toBe("padding 9 leaves -3x-7 of a 7x5 input; use padding same or less of it");
    expect(errorOf(transposed({ groups: 3 }), [7, 5, 6])).toContain("groups 3 does not divide 4 filters");
  });

  test.each([
    { strides: [2, 3], dilation: [1, 1], padding: [1, 0, 0, 2], groups: 1, size: [8, 9] },
    { strides: [1, 2], dilation: [2, 1], padding: [2, 2, 1, 1], groups: 2, size: [4, 7] },
  ] as const)("its gradients match central differences: %j", ({ size, ...convolution }) => {
    const [height, width] = [
      Math.floor((size[0] + convolution.padding[0] + convolution.padding[1] - convolution.dilation[0] * 2 - 1) / convolution.strides[0]) +
        1,
      Math.floor((size[1] + convolution.padding[2] + convolution.padding[3] - convolution.dilation[1] - 1) / convolution.strides[1]) + 1,
    ];
    const shapes = [
      [-1, height, width, 4],
      [3, 2, 6 / convolution.groups, 4],
    ];
    expect(gradientError({ shapes, build: (b, x, kernel) => b.conv2dTranspose(x, kernel, convolution, size) })).toBeLessThan(1e-8);
  });
});
