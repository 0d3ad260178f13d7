import { describe, expect, it, test } from "vitest";
import { changedStretch } from "../../../src/base/text.js";
import { TextChanges } from "../../../src/base/textChanges.js";
import { dice } from "../../fixtures/fuzz.js";

describe("changes of a text", () => {
  test.each([
    ["abcdef", "abcXYdef", ["abc", "def", "abcdef"], ["abc", "def", "abcXYdef"]],
    ["abcdef", "abef", ["ab", "bc", "cd", "ef"], ["ab", "b", "", "ef"]],
    ["abc", "abc", ["abc", "b"], ["abc", "b"]],
    ["abcdefgh", "abXXXgh", ["abcd", "efgh", "gh"], ["abXXX", "gh", "gh"]],
  ])("%j in %j", (older, newer, parts, expected) => {
    const changes = TextChanges.none.then(changedStretch(older, newer));
    const now = (part: string) => changes.shift({ start: older.indexOf(part), end: older.indexOf(part) + part.length });
    expect(parts.map((part) => newer.slice(now(part).start, now(part).end))).toEqual(expected);
  });

  it("keep the place of what lies between two of them", () => {
    const texts = ["one(1)\ntwo(2)\nthree(3)", "one(\ntwo(2)\nthree(3)", "one(\ntwo(2)\nthree(", "one(4, 5)\ntwo(2)\nthree("];
    const changes = texts.slice(1).reduce((all, text, i) => all.then(changedStretch(texts[i] ?? "", text)), TextChanges.none);
    const place = (part: string) => {
      const start = texts[0]?.indexOf(part) ?? -1;
      const now = changes.shift({ start, end: start + part.length });
      return texts.at(-1)?.slice(now.start, now.end);
    };
    expect(["one(1)", "two(2)", "three(3)"].map(place)).toEqual(["one(4, 5)", "two(2)", "three("]);
    const touched = (part: string) => {
      const start = texts[0]?.indexOf(part) ?? -1;
      return changes.touch({ start, end: start + part.length });
    };
    expect(["one(1)", "two(2)", "three", "three(3)"].map(touched)).toEqual([true, false, false, true]);
  });

  it("find every letter that stays, whatever is edited in whatever order", () => {
    const below = dice(7);
    for (let round = 0; round < 200; round++) {
      // Each letter is there once, so that it is known again.
      const letters = Array.from({ length: 30 }, (_, i) => String.fromCharCode(0x4e00 + i));
      let text = letters.join("");
      let changes = TextChanges.none;
      for (let edit = 0; edit < 6; edit++) {
        const start = below(text.length + 1);
        const oldEnd = Math.min(text.length, start + below(4));
        const put = "x".repeat(below(4));
        changes = changes.then({ start, oldEnd, newEnd: start + put.length });
        text = text.slice(0, start) + put + text.slice(oldEnd);
      }
      letters.forEach((letter, at) => {
        const { start, end } = changes.shift({ start: at, end: at + 1 });
        expect(changes.touch({ start: at, end: at + 1 })).toBe(!text.includes(letter));
        expect(changes.cover({ start: at, end: at + 1 })).toBe(!text.includes(letter));
        if (text.includes(letter)) expect(text.slice(start, end)).toBe(letter);
      });
    }
  });
});
