import { describe, expect, test } from "vitest";
import { type FedTensor, FeedChecker } from "../../../src/engine/feeds.js";
import { GraphBuilder } from "../../../src/program/graphBuilder.js";
import { BATCH } from "../../../src/program/types.js";

function checker(): FeedChecker {
  const b = new GraphBuilder();
  const images = b.input("images", [BATCH, 2, 3], "uint8");
  const labels = b.input("labels", [BATCH], "int32");
  const rate = b.input("rate", [], "float32");
  const loss = b.softmaxCrossEntropy(b.reshape(b.cast(images, "float32"), [BATCH, 6]), labels);
  const feeds = Object.entries({ images, labels, rate }).map(([name, value]) => ({ name, value }));
  const fn = { feeds, fetches: [b.multiply(loss, rate)], updates: [] };
  return new FeedChecker(b.finish({ train: fn }, 1), "train", fn);
}

const fed = (dtype: FedTensor["dtype"], shape: readonly number[], ...data: readonly number[]): FedTensor => ({ dtype, shape, data });
const good = {
  images: fed("uint8", [2, 2, 3], ...new Array<number>(12).fill(0)),
  labels: fed("int32", [2], 0, 5),
  rate: fed("float32", [], 1),
};

describe("feeds", () => {
  test("right ones tell the number of examples", () => {
    expect(checker().check(good)).toBe(2);
  });

  test.each([
    ["a missing one", { images: good.images, labels: good.labels }, "needs the feed rate"],
    ["an unknown one", { ...good, seed: good.rate }, "takes no feed seed"],
    ["another type", { ...good, rate: fed("int32", [], 1) }, "rate must be float32 [], not int32 []"],
    ["another shape", { ...good, images: fed("uint8", [2, 3, 2]) }, "images must be uint8 [N,2,3], not uint8 [2,3,2]"],
    ["too few numbers", { ...good, labels: fed("int32", [2], 1) }, "labels has 1 numbers for [2]"],
    ["no examples", { ...good, images: fed("uint8", [0, 2, 3]) }, "images has no examples"],
    ["different numbers of examples", { ...good, labels: fed("int32", [1], 1) }, "labels has 1 examples where others have 2"],
    ["a label too large", { ...good, labels: fed("int32", [2], 0, 6) }, "labels holds label 6; there are classes 0 to 5"],
    ["a negative label", { ...good, labels: fed("int32", [2], -1, 0) }, "labels holds label -1"],
  ])("%s throws", (_, feeds, message) => {
    expect(() => checker().check(feeds)).toThrow(message);
  });
});
