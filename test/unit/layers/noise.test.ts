import { describe, expect, test } from "vitest";
import { runLayer, sequence } from "./runLayer.js";

describe("spatialDropout2d", () => {
  const input = { shape: [1, 1, 2, 3], data: [1, 2, 3, 4, 5, 6] };
  const json = { type: "spatialDropout2d", rate: 0.5 };

  test("drops whole channels and scales up the rest", () => {
    const { output } = runLayer(json, [input], { training: true, uniform: [0.6, 0.4, 0.9] });
    expect(output.data).toEqual([2, 0, 6, 8, 0, 12]);
  });

  test("does nothing when the network is used", () => {
    expect(runLayer(json, [input]).output.data).toEqual(input.data);
  });
});

describe("gaussianNoise", () => {
  const input = { shape: [1, 6], data: [0, 0, 0, 0, 0, 0] };
  const json = { type: "gaussianNoise", deviation: 2 };

  test("adds normal numbers: quantiles of the distribution, from its tables", () => {
    const uniform = [0.001, 0.025, 0.5, 0.8413447461, 0.975, 0.998650102];
    const { output } = runLayer(json, [input], { training: true, uniform });
    [-3.090232, -1.959964, 0, 1, 1.959964, 3].forEach((quantile, i) => {
      expect((output.data[i] ?? Number.NaN) / 2).toBeCloseTo(quantile, 4);
    });
  });

  test("adds nothing infinite, whatever is drawn", () => {
    const uniform = [0, 2 ** -24, 1 - 2 ** -24, 1 - 2 ** -23, 0.0067, 0.9933];
    const { output } = runLayer({ ...json, deviation: 1 }, [input], { training: true, uniform });
    // Half a step of float32's 2^-24 is left at either end: quantiles of 2^-25 and 1.5*2^-24.
    const expected = [-5.42, -5.2201, 5.2201, 5.1247, -2.473, 2.473];
    output.data.forEach((value, i) => {
      expect(value).toBeCloseTo(expected[i] ?? Number.NaN, 1);
    });
  });

  test("does nothing when the network is used", () => {
    const image = sequence([1, 2, 2, 1]);
    expect(runLayer(json, [image]).output.data).toEqual(image.data);
  });
});
