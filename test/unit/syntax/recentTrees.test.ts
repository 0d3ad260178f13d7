import { beforeAll, describe, expect, it } from "vitest";
import { changedStretch } from "../../../src/base/text.js";
import type { SyntaxNode } from "../../../src/syntax/node.js";
import { packagedGrammars } from "../../fixtures/grammars.js";
import { largeSource } from "../../fixtures/large/source.js";

const grammars = packagedGrammars();
const fresh = packagedGrammars();
beforeAll(() => Promise.all([grammars.load("python"), fresh.load("python")]));

const written = ({ type, field, startIndex, endIndex, hasError, text, children }: SyntaxNode): unknown => ({
  type,
  field,
  place: [startIndex, endIndex],
  hasError,
  ...(children.length === 0 ? { text } : { children: children.map(written) }),
});

describe("a text that is being written", () => {
  const text = largeSource(60);
  const place = text.indexOf("self.conv2 = ");

  it.each([
    ["typed in the middle", "self.more = nn.Conv2d(3, 8, 3)\n        "],
    ["a statement of its own at the top", "\n\nWIDTH = 'ä𝒙'\n\n"],
    ["a string that nothing closes", "'''"],
  ])("is parsed as one that was never seen before: %s", (_what, typed) => {
    const at = typed.startsWith("\n") ? text.indexOf("\ndef train0") : place;
    grammars.parse("python", text);
    for (let length = 1; length <= typed.length; length++) {
      const now = text.slice(0, at) + typed.slice(0, length) + text.slice(at);
      const again = grammars.parse("python", now);
      if (length === typed.length && !typed.includes("'''")) expect(written(again)).toEqual(written(fresh.parse("python", now)));
      expect(again.endIndex).toBe(now.length);
    }
    expect(written(grammars.parse("python", text))).toEqual(written(fresh.parse("python", text)));
  });
});

describe("the stretch in which texts differ", () => {
  it.each([
    ["abc", "abXc", { start: 2, oldEnd: 2, newEnd: 3 }],
    ["abXc", "abc", { start: 2, oldEnd: 3, newEnd: 2 }],
    ["aa", "aaa", { start: 2, oldEnd: 2, newEnd: 3 }],
    ["same", "same", { start: 4, oldEnd: 4, newEnd: 4 }],
    ["", "new", { start: 0, oldEnd: 0, newEnd: 3 }],
  ])("%s, %s", (older, newer, stretch) => {
    expect(changedStretch(older, newer)).toEqual(stretch);
  });
});
