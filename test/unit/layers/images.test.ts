import { describe, expect, test } from "vitest";
import { layerGradientError } from "./layerGradient.js";
import { errorOf, shapeOf } from "./layerOf.js";
import { runLayer } from "./runLayer.js";

type Json = Readonly<Record<string, unknown>>;

const range = (size: number): number[] => Array.from({ length: size }, (_, i) => i);

function expectNumbers(json: Json, shape: readonly number[], data: readonly number[], expected: readonly number[]): void {
  const { output } = runLayer(json, [{ shape, data }]);
  expect(output.data).toHaveLength(expected.length);
  expected.forEach((value, i) => {
    expect(output.data[i]).toBeCloseTo(value, 5);
  });
}

describe("resizing is PyTorch's", () => {
  // torch.nn.functional.interpolate(torch.arange(12, dtype=torch.float64).view(1, 1, 3, 4) ** 2, size=..., mode=...)
  const squares = range(12).map((x) => x * x);
  const resize = (height: number, width: number, more: object): Json => ({ type: "resizing", height, width, ...more });

  test.each([
    [resize(5, 3, { interpolation: "nearest" }), [0, 1, 4, 0, 1, 4, 16, 25, 36, 16, 25, 36, 64, 81, 100]],
    [resize(5, 3, { interpolation: "nearestExact" }), [0, 4, 9, 0, 4, 9, 16, 36, 49, 64, 100, 121, 64, 100, 121]],
    [resize(2, 9, { interpolation: "nearest" }), [0, 0, 0, 1, 1, 4, 4, 9, 9, 16, 16, 16, 25, 25, 36, 36, 49, 49]],
    [resize(2, 9, { interpolation: "nearestExact" }), [0, 0, 1, 1, 4, 4, 4, 9, 9, 64, 64, 81, 81, 100, 100, 100, 121, 121]],
    [
      resize(5, 3, { interpolation: "bilinear" }),
      [0.166667, 2.5, 8.166667, 7.1, 13.7, 23.633333, 17.5, 30.5, 46.833333, 47.1, 66.5, 89.233333, 66.833333, 90.5, 117.5],
    ],
    [
      resize(5, 7, { interpolation: "bilinear", alignCorners: true }),
      [
        [0, 0.5, 1, 2.5, 4, 6.5, 9, 8, 10.5, 13, 16.5, 20, 24.5, 29, 16, 20.5, 25, 30.5, 36, 42.5, 49],
        [40, 46.5, 53, 60.5, 68, 76.5, 85, 64, 72.5, 81, 90.5, 100, 110.5, 121],
      ].flat(),
    ],
    [
      { type: "upSampling2d", interpolation: "bilinear" },
      [
        [0, 0.25, 0.75, 1.75, 3.25, 5.25, 7.75, 9, 4, 4.75, 6.25, 8.25, 10.75, 13.75, 17.25, 19],
        [12, 13.75, 17.25, 21.25, 25.75, 30.75, 36.25, 39, 28, 30.75, 36.25, 42.25, 48.75, 55.75, 63.25, 67],
        [52, 55.75, 63.25, 71.25, 79.75, 88.75, 98.25, 103, 64, 68.25, 76.75, 85.75, 95.25, 105.25, 115.75, 121],
      ].flat(),
    ],
  ])("%j", (json, expected) => expectNumbers(json, [1, 3, 4, 1], squares, expected));

  test("a single column has its corner where the first is", () => {
    expectNumbers(resize(1, 1, { interpolation: "bilinear", alignCorners: true }), [1, 2, 2, 1], [5, 6, 7, 8], [5]);
  });

  test("warns where alignCorners says nothing", () => {
    const [warning] = shapeOf(resize(4, 4, { alignCorners: true }), [2, 2, 1]).warnings;
    expect(warning?.message).toBe("alignCorners belongs to bilinear and does nothing for nearest; leave it out");
  });
});

describe("padding2d is PyTorch's", () => {
  // torch.nn.functional.pad(torch.arange(12, dtype=torch.float64).view(1, 1, 3, 4), (2, 1, 1, 0), mode=...)
  const around: Json = {
    type: "padding2d",
    padding: [
      [1, 0],
      [2, 1],
    ],
  };
  test.each([
    ["reflect", [6, 5, 4, 5, 6, 7, 6, 2, 1, 0, 1, 2, 3, 2, 6, 5, 4, 5, 6, 7, 6, 10, 9, 8, 9, 10, 11, 10]],
    ["replicate", [0, 0, 0, 1, 2, 3, 3, 0, 0, 0, 1, 2, 3, 3, 4, 4, 4, 5, 6, 7, 7, 8, 8, 8, 9, 10, 11, 11]],
  ])("%s", (mode, expected) => expectNumbers({ ...around, mode }, [1, 3, 4, 1], range(12), expected));

  test("constant", () => {
    expectNumbers({ type: "padding2d", padding: [0, [1, 0]], mode: "constant", value: -1 }, [1, 1, 2, 1], [3, 4], [-1, 3, 4]);
  });

  test("mirrors no more than there is", () => {
    expect(errorOf({ type: "padding2d", padding: [2, 4] }, [3, 4, 1])).toBe(
      "padding [2, 4] mirrors more of 3x4 than there is; use padding up to 2x3, or mode replicate",
    );
  });
});

describe("blocks of pixels and channels", () => {
  test("CRD is PyTorch's pixel_shuffle", () => {
    // torch.nn.functional.pixel_shuffle(torch.arange(16, dtype=torch.float64).view(1, 8, 1, 2), 2), read channels-last
    const image = [0, 2, 4, 6, 8, 10, 12, 14, 1, 3, 5, 7, 9, 11, 13, 15];
    const shuffled = [0, 8, 2, 10, 1, 9, 3, 11, 4, 12, 6, 14, 5, 13, 7, 15];
    expectNumbers({ type: "depthToSpace", blockSize: 2, order: "CRD" }, [1, 1, 2, 8], image, shuffled);
    expectNumbers({ type: "spaceToDepth", blockSize: 2, order: "CRD" }, [1, 2, 4, 2], shuffled, image);
  });

  test("DCR is ONNX'", () => {
    // The example of DepthToSpace's specification, its 1x8x2x3 read channels-last.
    const image = range(6).flatMap((pixel) => range(8).map((channel) => channel * 9 + pixel));
    const blocks = [
      [0, 18, 1, 19, 2, 20, 36, 54, 37, 55, 38, 56, 3, 21, 4, 22, 5, 23, 39, 57, 40, 58, 41, 59],
      [9, 27, 10, 28, 11, 29, 45, 63, 46, 64, 47, 65, 12, 30, 13, 31, 14, 32, 48, 66, 49, 67, 50, 68],
    ];
    const expected = range(24).flatMap((pixel) => blocks.map((channel) => channel[pixel] ?? Number.NaN));
    expectNumbers({ type: "depthToSpace", blockSize: 2 }, [1, 2, 3, 8], image, expected);
    expectNumbers({ type: "spaceToDepth", blockSize: 2 }, [1, 4, 6, 2], expected, image);
  });

  test("say what does not divide", () => {
    expect(errorOf({ type: "depthToSpace", blockSize: 3 }, [4, 4, 10])).toBe(
      "blockSize 3 needs a multiple of 9 channels, but gets 10; use a conv2d with 18 filters before it",
    );
    expect(errorOf({ type: "spaceToDepth", blockSize: 2 }, [4, 5, 1])).toContain("blockSize 2 does not divide 4x5");
  });
});

test("cropping2d leaves something, or says so", () => {
  expectNumbers({ type: "cropping2d", cropping: [[1, 0], 1] }, [1, 2, 3, 1], range(6), [4]);
  expect(errorOf({ type: "cropping2d", cropping: 2 }, [4, 6, 1])).toBe(
    "cropping 2 leaves nothing of 4x6x1; take off fewer rows and columns",
  );
});

test("channelPadding puts zeros around the channels", () => {
  expectNumbers({ type: "channelPadding", before: 1, after: 2 }, [1, 1, 2, 1], [5, 6], [0, 5, 0, 0, 0, 6, 0, 0]);
});

test.each<[Json, number[]]>([
  [{ type: "resizing", height: 5, width: 3, interpolation: "nearest" }, [3, 4, 2]],
  [{ type: "resizing", height: 2, width: 7, interpolation: "bilinear" }, [3, 4, 2]],
  [{ type: "upSampling2d", size: [2, 3] }, [3, 2, 2]],
  [{ type: "upSampling2d", interpolation: "bilinearAsymmetric" }, [3, 2, 2]],
  [{ type: "padding2d", padding: 2 }, [3, 4, 2]],
  [{ type: "padding2d", padding: [[0, 2], 1], mode: "replicate" }, [3, 4, 2]],
  [{ type: "cropping2d", cropping: [[1, 0], 1] }, [3, 4, 2]],
  [{ type: "channelPadding", before: 1, after: 2 }, [2, 2, 3]],
  [{ type: "spaceToDepth", blockSize: 2 }, [4, 2, 3]],
  [{ type: "depthToSpace", blockSize: 2, order: "CRD" }, [2, 3, 8]],
  [{ type: "slice", axis: 1, start: 1, step: 2 }, [2, 6, 3]],
  [{ type: "reshape", targetShape: [2, 3, 4], order: "channelsFirst" }, [2, 4, 3]],
  [{ type: "permute", dims: [3, 1, 2], order: "channelsFirst" }, [2, 4, 3]],
])("the gradient of %j is the slope", (json, input) => {
  expect(layerGradientError(json, [input])).toBeLessThan(1e-6);
});
