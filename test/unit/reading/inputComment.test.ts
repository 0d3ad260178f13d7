import { describe, expect, it } from "vitest";
import { commentedInputs, parseInputs } from "../../../src/reading/inputComment.js";

const at = (start: number, text: string) => ({ text, range: { start, end: start + text.length } });

describe("parseInputs", () => {
  it.each([
    ["3x32x32", [[3, 32, 32]]],
    ["784", [[784]]],
    [
      "1x96x96, 1x96x96",
      [
        [1, 96, 96],
        [1, 96, 96],
      ],
    ],
    ["", undefined],
    ["3x", undefined],
    ["3x-1", undefined],
    ["big", undefined],
  ])("%s", (text, shapes) => {
    expect(parseInputs(text)).toEqual(shapes);
  });
});

describe("commentedInputs", () => {
  const comments = [at(0, "# cnn: input 1x28x28"), at(50, "# something else"), at(100, "// cnn: input 3x32x32, 10")];

  it("takes the nearest comment above, else the first", () => {
    expect(commentedInputs(comments, 70)?.shapes).toEqual([[1, 28, 28]]);
    expect(commentedInputs(comments, 200)?.shapes).toEqual([[3, 32, 32], [10]]);
    expect(commentedInputs(comments.slice(2), 0)?.range.start).toBe(100);
    expect(commentedInputs([], 0)).toBeUndefined();
  });
});
