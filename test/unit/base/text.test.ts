import { describe, expect, it } from "vitest";
import { changedStretch, LineIndex, positionOf } from "../../../src/base/text.js";

describe("the stretch in which two texts differ", () => {
  it.each([0, 1, 5, 1023, 1024, 1025, 3000])("is found after %i characters that are the same", (length) => {
    const same = Array.from({ length }, (_, i) => String.fromCharCode(97 + (i % 26))).join("");
    expect(changedStretch(`${same}old${same}`, `${same}newer${same}`)).toEqual({ start: length, oldEnd: length + 3, newEnd: length + 5 });
    expect(changedStretch(same, `${same}!`)).toEqual({ start: length, oldEnd: length, newEnd: length + 1 });
    expect(changedStretch(same, same)).toEqual({ start: length, oldEnd: length, newEnd: length });
  });

  it("is the shortest where what is put in repeats what stands there", () => {
    expect(changedStretch("aaa", "aaaa")).toEqual({ start: 3, oldEnd: 3, newEnd: 4 });
  });
});

describe("positions", () => {
  const TEXT = "one\n\r\n\nfour";

  it("are the same of one offset and of many", () => {
    const index = new LineIndex(TEXT);
    for (let offset = 0; offset <= TEXT.length + 2; offset++) expect(positionOf(TEXT, offset)).toEqual(index.position(offset));
    expect(positionOf(TEXT, TEXT.length)).toEqual({ line: 3, character: 4 });
  });
});
