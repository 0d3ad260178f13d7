import { describe, expect, test } from "vitest";
import { errorOf, shapeOf } from "./layerOf.js";
import { runLayer, sequence } from "./runLayer.js";

describe("bias and scaling", () => {
  const input = { shape: [1, 2, 2, 2], data: [1, 2, 3, 4, 5, 6, 7, 8] };

  test("meet each number of the input with one of theirs, repeated where they have fewer", () => {
    const column = sequence([2, 1, 1], 3).data;
    const [top = 0, bottom = 0] = column;
    expect(runLayer({ type: "bias", shape: [2, 1, 1] }, [input]).output.data).toEqual(input.data.map((x, i) => x + (i < 4 ? top : bottom)));
    const [even = 0, odd = 0] = sequence([2], 3).data;
    expect(runLayer({ type: "scaling" }, [input]).output.data).toEqual(input.data.map((x, i) => x * (i % 2 === 0 ? even : odd)));
  });

  test("start so that they change nothing", () => {
    expect(shapeOf({ type: "bias" }, [2, 2, 3]).parameters).toEqual([
      { name: "bias", shape: [3], trainable: true, initializer: { kind: "zeros" } },
    ]);
    expect(shapeOf({ type: "scaling", shape: [1, 1, 3], trainable: false }, [2, 2, 3]).parameters).toEqual([
      { name: "scale", shape: [1, 1, 3], trainable: false, initializer: { kind: "ones" } },
    ]);
  });

  test.each([[[4]], [[1, 2, 2, 2]], [[3, 2, 2]]])("refuse a shape of %j for an image of 2x2x2", (shape) => {
    expect(errorOf({ type: "bias", shape }, [2, 2, 2])).toContain("cannot be repeated to the input's 2x2x2; use its sizes or 1, such as 2");
  });

  test("do not make the input larger", () => {
    expect(errorOf({ type: "scaling", shape: [5] }, [1])).toContain("cannot be repeated");
  });
});
