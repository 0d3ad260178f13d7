import { describe, expect, test } from "vitest";
import { fillUniform, philox } from "../../../src/base/philox.js";
import { Random } from "../../../src/base/random.js";

describe("philox", () => {
  // kat_vectors of Random123, philox 4x32-10.
  test.each([
    { counter: [0, 0, 0, 0], key: [0, 0], words: [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8] },
    {
      counter: [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff],
      key: [0xffffffff, 0xffffffff],
      words: [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd],
    },
    {
      counter: [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
      key: [0xa4093822, 0x299f31d0],
      words: [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1],
    },
  ])("answers the published words for counter $counter", ({ counter, key: [key0 = 0, key1 = 0], words }) => {
    const out = new Uint32Array(4);
    philox(counter, key0, key1, out);
    expect([...out]).toEqual(words);
  });

  test("fills the same numbers whatever the length", () => {
    const source = { seed: 3, stream: 5, step: [7, 0] } as const;
    const long = new Float32Array(10);
    const short = new Float32Array(6);
    fillUniform(long, source);
    fillUniform(short, source);
    expect([...long.subarray(0, 6)]).toEqual([...short]);
  });

  test("fills uniform numbers", () => {
    const numbers = new Float64Array(40_000);
    fillUniform(numbers, { seed: 1, stream: 2, step: [3, 0] });
    const mean = numbers.reduce((sum, x) => sum + x, 0) / numbers.length;
    const variance = numbers.reduce((sum, x) => sum + (x - mean) ** 2, 0) / numbers.length;
    expect(Math.min(...numbers.subarray(0, 10_000))).toBeGreaterThanOrEqual(0);
    expect(Math.max(...numbers.subarray(0, 10_000))).toBeLessThan(1);
    expect(mean).toBeCloseTo(1 / 2, 2);
    expect(variance).toBeCloseTo(1 / 12, 2);
  });
});

describe("Random", () => {
  const random = (stream: number) => new Random({ seed: 1, stream, step: [0, 0] });

  test("repeats itself for the same stream only", () => {
    const words = (stream: number) => {
      const source = random(stream);
      return Array.from({ length: 9 }, () => source.word());
    };
    expect(words(1)).toEqual(words(1));
    expect(words(1)).not.toEqual(words(2));
  });

  test("shuffles to a permutation, each place equally likely", () => {
    const source = random(0);
    const firsts = new Array<number>(5).fill(0);
    for (let i = 0; i < 5000; i++) {
      const order = source.shuffle(Int32Array.of(0, 1, 2, 3, 4));
      expect([...order].sort()).toEqual([0, 1, 2, 3, 4]);
      const first = order[0] ?? 0;
      firsts[first] = (firsts[first] ?? 0) + 1;
    }
    for (const count of firsts) expect(Math.abs(count - 1000)).toBeLessThan(150);
  });

  test("draws normal numbers of mean 0 and variance 1", () => {
    const source = random(0);
    const numbers = Array.from({ length: 20_000 }, () => source.normal());
    const mean = numbers.reduce((sum, x) => sum + x, 0) / numbers.length;
    const variance = numbers.reduce((sum, x) => sum + (x - mean) ** 2, 0) / numbers.length;
    expect(Math.abs(mean)).toBeLessThan(0.03);
    expect(Math.abs(variance - 1)).toBeLessThan(0.04);
  });
});
