import { describe, expect, test } from "vitest";
import { errorOf, shapeOf } from "./layerOf.js";
import { type Numbers, runLayer, sequence } from "./runLayer.js";

const run = (json: Readonly<Record<string, unknown>>, input: Numbers): Numbers => runLayer(json, [input]).output;

/** An image [batch, channels, height, width] in our order, and back. */
function channelsLast({ shape: [n = 1, c = 1, h = 1, w = 1], data }: Numbers): Numbers {
  const at = (i: number, y: number, x: number, k: number) => data[((i * c + k) * h + y) * w + x] ?? Number.NaN;
  const numbers: number[] = [];
  for (let i = 0; i < n; i++)
    for (let y = 0; y < h; y++) for (let x = 0; x < w; x++) for (let k = 0; k < c; k++) numbers.push(at(i, y, x, k));
  return { shape: [n, h, w, c], data: numbers };
}

const count = (shape: readonly number[]): Numbers => {
  const size = shape.reduce((product, axis) => product * axis, 1);
  return { shape, data: Array.from({ length: size }, (_, i) => i) };
};

describe("an image is channels-last here, other ranks are in the framework's order", () => {
  // torch.arange(24).view(1, 6, 2, 2).view(1, 2, 3, 2, 2).permute(0, 2, 1, 3, 4).reshape(1, 6, 2, 2).flatten()
  const shuffled = [0, 1, 2, 3, 12, 13, 14, 15, 4, 5, 6, 7, 16, 17, 18, 19, 8, 9, 10, 11, 20, 21, 22, 23];

  test("a channel shuffle is PyTorch's", () => {
    const image = channelsLast(count([1, 6, 2, 2]));
    const groups = run({ type: "reshape", targetShape: [2, 3, 2, 2], order: "channelsFirst" }, image);
    expect(groups).toEqual(count([1, 2, 3, 2, 2]));
    const swapped = run({ type: "permute", dims: [2, 1, 3, 4], order: "channelsFirst" }, groups);
    const back = run({ type: "reshape", targetShape: [6, 2, 2], order: "channelsFirst" }, swapped);
    expect(back).toEqual(channelsLast({ shape: [1, 6, 2, 2], data: shuffled }));
  });

  test("an image becomes PyTorch's rows of tokens and an image again", () => {
    // x.flatten(2).transpose(1, 2): [N, C, H, W] to [N, H*W, C]
    const image = count([2, 3, 4, 5]);
    const rows = run({ type: "reshape", targetShape: [5, -1], order: "channelsFirst" }, image);
    expect(rows.shape).toEqual([2, 5, 12]);
    const tokens = run({ type: "permute", dims: [2, 1], order: "channelsFirst" }, rows);
    expect(tokens).toEqual({ shape: [2, 12, 5], data: image.data });
    const transposed = run({ type: "permute", dims: [2, 1], order: "channelsFirst" }, tokens);
    expect(run({ type: "reshape", targetShape: [5, 3, 4], order: "channelsFirst" }, transposed)).toEqual(image);
  });

  test("permute of an image speaks of PyTorch's axes", () => {
    // x.permute(0, 1, 3, 2): height and width change places.
    const image = sequence([1, 2, 3, 4]);
    const turned = run({ type: "permute", dims: [1, 3, 2], order: "channelsFirst" }, image);
    expect(turned).toEqual(run({ type: "permute", dims: [2, 1, 3] }, image));
    expect(turned.shape).toEqual([1, 3, 2, 4]);
  });
});

describe("reshape", () => {
  test("works out what is left", () => {
    expect(shapeOf({ type: "reshape", targetShape: [-1, 8] }, [4, 4, 3]).output).toEqual([6, 8]);
    expect(shapeOf({ type: "reshape", targetShape: [3, -1, 4], order: "channelsFirst" }, [4, 4, 3]).output).toEqual([4, 4, 3]);
  });

  test("says what would fit", () => {
    expect(errorOf({ type: "reshape", targetShape: [5, 9] }, [4, 4, 3])).toBe(
      "targetShape [5,9] holds 45 numbers, but the input 4x4x3 has 48; use sizes whose product is 48",
    );
    expect(errorOf({ type: "reshape", targetShape: [5, -1] }, [4, 4, 3])).toContain("holds a multiple of 5 numbers");
  });
});

test("permute needs every axis", () => {
  expect(errorOf({ type: "permute", dims: [2, 1] }, [4, 4, 3])).toBe(
    "dims [2,1] has 2 axes, but the input 4x4x3 has 3; use each of 1 to 3 once",
  );
});

describe("slice", () => {
  const input = { shape: [1, 7], data: [0, 1, 2, 3, 4, 5, 6] };

  test.each([
    [{ start: 2, end: 5 }, [2, 3, 4]],
    [{ start: -3 }, [4, 5, 6]],
    [{ end: -5 }, [0, 1]],
    [{ step: 2 }, [0, 2, 4, 6]],
    [{ step: 3, start: 1 }, [1, 4]],
    [{ step: 2, end: 6 }, [0, 2, 4]],
    [{ step: 9 }, [0]],
    [{ step: 5, start: 1, end: 3 }, [1]],
  ])("%j, as numpy takes it", (args, expected) => {
    expect(run({ type: "slice", axis: 0, ...args }, input).data).toEqual(expected);
  });

  test("takes along any axis", () => {
    const image = count([2, 3, 4, 2]);
    expect(run({ type: "slice", axis: 1, start: 1, step: 2 }, image).shape).toEqual([2, 3, 2, 2]);
    expect(run({ type: "slice", axis: -1, start: 1 }, image).data.slice(0, 4)).toEqual([1, 3, 5, 7]);
  });

  test("says what it cannot take", () => {
    expect(errorOf({ type: "slice", axis: 1, start: 5 }, [7])).toBe("axis 1 is not one of 7; use -1, the last");
    expect(errorOf({ type: "slice", axis: 0, end: 9 }, [7])).toBe(
      "from 0 to 9 reaches beyond what there is of the 7 entries along axis 0 of 7; use a start from 0 and a larger end up to 7",
    );
    expect(errorOf({ type: "slice", axis: 0, start: 4, end: 4 }, [7])).toContain("from 4 to 4 takes nothing of the 7 entries");
  });
});
