import { describe, expect, test } from "vitest";
import { ACTIVATIONS, type Activation, lowerActivation } from "../../../src/layers/activation.js";
import { BATCH } from "../../../src/program/types.js";
import { gradientError } from "../program/gradientCheck.js";
import { runLayer } from "./runLayer.js";

// torch.nn.functional of torch.tensor([-4, -1.5, -0.25, 0, 0.25, 1.5, 7], dtype=torch.float64); logSoftmax is log_softmax(x, 0).
const XS = [-4, -1.5, -0.25, 0, 0.25, 1.5, 7];
const BY_PYTORCH: Partial<Record<Activation, readonly number[]>> = {
  relu6: [0, 0, 0, 0, 0.25, 1.5, 6],
  selu: [-1.725899, -1.365814, -0.38889, 0, 0.262675, 1.576051, 7.354907],
  hardSigmoid6: [0, 0.25, 0.458333, 0.5, 0.541667, 0.75, 1],
  logSigmoid: [-4.01815, -1.701413, -0.825939, -Math.LN2, -0.575939, -0.201413, -0.000911],
  hardTanh: [-1, -1, -0.25, 0, 0.25, 1, 1],
  logSoftmax: [-11.007075, -8.507075, -7.257075, -7.007075, -6.757075, -5.507075, -0.007075],
  softsign: [-0.8, -0.6, -0.2, 0, 0.2, 0.6, 0.875],
  hardSwish: [0, -0.375, -0.114583, 0, 0.135417, 1.125, 7],
  mish: [-0.072592, -0.2981, -0.129927, 0, 0.169572, 1.403378, 6.999988],
  geluTanh: [-7e-5, -0.100428, -0.100325, 0, 0.149675, 1.399572, 7],
  exponential: [0.018316, 0.22313, 0.778801, 1, 1.284025, 4.481689, 1096.633158],
  absolute: [4, 1.5, 0.25, 0, 0.25, 1.5, 7],
};

describe("activations", () => {
  test.each(Object.entries(BY_PYTORCH))("%s is PyTorch's", (activation, expected) => {
    const { output } = runLayer({ type: "activation", activation }, [{ shape: [1, XS.length], data: XS }]);
    expected.forEach((value, i) => {
      expect(output.data[i]).toBeCloseTo(value, 6);
    });
  });

  test("squareRoot", () => {
    const { output } = runLayer({ type: "activation", activation: "squareRoot" }, [{ shape: [1, 3], data: [0, 2.25, 9] }]);
    expect(output.data).toEqual([0, 1.5, 3]);
  });

  test("logSoftmax of large numbers stays finite", () => {
    const { output } = runLayer({ type: "activation", activation: "logSoftmax" }, [{ shape: [1, 2], data: [2000, 0] }]);
    expect(output.data).toEqual([0, -2000]);
  });

  test.each(ACTIVATIONS)("the gradient of %s is the slope", (activation) => {
    const build: Parameters<typeof gradientError>[0]["build"] = (builder, x) => lowerActivation(builder, activation, x);
    expect(gradientError({ shapes: [[BATCH, 9]], build, positive: activation === "squareRoot" })).toBeLessThan(1e-6);
  });
});
