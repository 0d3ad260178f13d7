import { describe, expect, it } from "vitest";
import { age, bytes, clock, percent, sizesText, thousands } from "../../../src/base/words.js";

describe("words for numbers", () => {
  it("groups thousands", () => {
    expect([0, 999, 1000, 61_706, 1_234_567, -1234].map(thousands)).toEqual(["0", "999", "1,000", "61,706", "1,234,567", "-1,234"]);
  });

  it("joins sizes, known or not", () => {
    expect([sizesText([28, undefined, null]), sizesText([]), sizesText([], "scalar")]).toEqual(["28x?x?", "a single number", "scalar"]);
  });

  it("gives accuracy two decimals and a spaced sign", () => {
    expect([0.9884, 1, 0].map(percent)).toEqual(["98.84 %", "100.00 %", "0.00 %"]);
  });

  it("writes durations as clocks", () => {
    expect([0, 41, 59.6, 3599.4, 3729, -3].map(clock)).toEqual(["0:00", "0:41", "1:00", "59:59", "1:02:09", "0:00"]);
  });

  it("measures memory in powers of 1024", () => {
    expect([512, 34_000, 5 * 1024 ** 2, 2.5 * 1024 ** 3].map(bytes)).toEqual(["512 B", "33.2 KiB", "5.0 MiB", "2.5 GiB"]);
  });

  it("says how long ago", () => {
    const now = new Date("2026-03-01T12:00:00Z");
    const ago = (minutes: number) => age(new Date(now.getTime() - minutes * 60_000), now);
    expect([0.5, 5, 59.9, 180, 26 * 60, 49 * 60].map(ago)).toEqual([
      "just now",
      "5 min ago",
      "59 min ago",
      "3 h ago",
      "yesterday",
      "2 days ago",
    ]);
  });
});
