import { describe, expect, it } from "vitest";
import { countUp, gatherBatch, shuffledOrder, splitTraining } from "../../../src/data/batches.js";
import type { Dataset } from "../../../src/data/dataset.js";

/** Image i is 2x2 of i, its label i % 10. */
function counted(count: number): Dataset {
  const split = {
    count,
    images: Uint8Array.from({ length: count * 4 }, (_, i) => i >> 2),
    labels: Int32Array.from({ length: count }, (_, i) => i % 10),
  };
  return { name: "counted", shape: [2, 2, 1], classes: [..."0123456789"], hash: "", train: split, test: split };
}

describe("splitTraining", () => {
  it("puts every image on exactly one side", () => {
    const { train, validation } = splitTraining(counted(200), 0.1, 7);
    expect(validation).toHaveLength(20);
    expect([...train, ...validation].sort((a, b) => a - b)).toEqual([...countUp(200)]);
  });

  it("depends on the seed alone", () => {
    const first = splitTraining(counted(200), 0.1, 7);
    expect(splitTraining(counted(200), 0.1, 7)).toEqual(first);
    expect(splitTraining(counted(200), 0.1, 8)).not.toEqual(first);
  });

  it("holds nothing out for 0, and never everything", () => {
    expect(splitTraining(counted(50), 0, 1)).toEqual({ train: countUp(50), validation: new Int32Array() });
    expect(splitTraining(counted(2), 0.99, 1).train).toHaveLength(1);
  });
});

describe("shuffledOrder", () => {
  const indexes = Int32Array.of(3, 5, 8, 13, 21, 34, 55, 89);

  it("visits each index once, and leaves its argument alone", () => {
    expect(shuffledOrder(indexes, 1, 1).sort()).toEqual(indexes);
    expect(indexes[0]).toBe(3);
  });

  it("is another order each epoch, the same one for the same seed and epoch", () => {
    expect(shuffledOrder(indexes, 1, 2)).toEqual(shuffledOrder(indexes, 1, 2));
    expect(shuffledOrder(indexes, 1, 2)).not.toEqual(shuffledOrder(indexes, 1, 3));
    expect(shuffledOrder(indexes, 1, 2)).not.toEqual(shuffledOrder(indexes, 2, 2));
  });
});

describe("gatherBatch", () => {
  it("copies the named images and labels, a short last batch too", () => {
    const batch = { images: new Uint8Array(3 * 4), labels: new Int32Array(3) };
    const order = Int32Array.of(12, 7, 30, 41, 5);
    expect(gatherBatch(counted(50).train, order, 0, 3, batch)).toBe(3);
    expect([...batch.images]).toEqual([12, 12, 12, 12, 7, 7, 7, 7, 30, 30, 30, 30]);
    expect([...batch.labels]).toEqual([2, 7, 0]);
    expect(gatherBatch(counted(50).train, order, 3, 6, batch)).toBe(2);
    expect([...batch.images.subarray(0, 8)]).toEqual([41, 41, 41, 41, 5, 5, 5, 5]);
  });
});
