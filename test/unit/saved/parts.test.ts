import { describe, expect, it } from "vitest";
import { slabsOf } from "../../../src/saved/keras/slabs.js";
import { readSaved, readTensor, withTensor } from "../../../src/saved/readSaved.js";
import { samples } from "./samples.js";
import { temporaryFolder } from "./temporary.js";

const write = temporaryFolder();

describe("parts of a tensor", () => {
  // Each format once: by the endings of names.
  const byEnding = new Map(
    samples().flatMap((sample) => (sample.name.endsWith(".json") ? [] : [[sample.name.replace(/^.*\./, ""), sample]])),
  );

  it.each([...byEnding.values()])("of $name are those of the whole", async ({ name, bytes }) => {
    const file = write(name, bytes);
    for (const tensor of (await readSaved(file))?.tensors ?? []) {
      if (!/float|int/.test(tensor.dtype)) continue;
      const whole = [...(await readTensor(file, tensor.name)).data];
      const offset = whole.length >> 2;
      const count = whole.length >> 1;
      const part = await withTensor(file, tensor.name, async ({ read }) => [...(await read(offset, count))]);
      expect(part, tensor.name).toEqual(whole.slice(offset, offset + count));
    }
  });
});

describe("slabs of an array", () => {
  const numbersIn = (shape: readonly number[], slab: readonly (readonly [number, number])[]): number[] =>
    slab.reduce<number[]>(
      (places, [first, last], axis) => {
        const along = Array.from({ length: last - first }, (_, i) => first + i);
        return places.flatMap((place) => along.map((i) => place * (shape[axis] ?? 1) + i));
      },
      [0],
    );

  it.each([[[2, 3, 4]], [[24]], [[1, 24, 1]], [[4, 1, 6]], [[2, 2, 2, 3]]])("of shape %j are every part of it", (shape) => {
    for (let offset = 0; offset <= 24; offset++) {
      for (let count = 0; offset + count <= 24; count++) {
        const places = slabsOf(shape, offset, count).flatMap((slab) => numbersIn(shape, slab));
        expect(places).toEqual(Array.from({ length: count }, (_, i) => offset + i));
      }
    }
  });

  it("of a scalar is itself", () => {
    expect(slabsOf([], 0, 1)).toEqual([[]]);
  });
});
