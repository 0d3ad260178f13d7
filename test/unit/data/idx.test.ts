import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { UserError } from "../../../src/base/userError.js";
import type { LoadOptions } from "../../../src/data/dataset.js";
import { loadDataset } from "../../../src/data/load.js";

/** An IDX file of unsigned bytes. */
function idx(sizes: readonly number[], data: ArrayLike<number>): Buffer {
  const header = Buffer.alloc(4 + 4 * sizes.length);
  header.writeUInt32BE(0x800 | sizes.length);
  sizes.forEach((size, axis) => {
    header.writeUInt32BE(size, 4 + 4 * axis);
  });
  return Buffer.concat([header, Uint8Array.from(data)]);
}

let folder = "";
let options: LoadOptions;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "cnn-idx-"));
  options = { cacheDirectory: path.join(folder, "cache"), searchDirectories: [folder], allowDownload: false };
  await put("train-images-idx3-ubyte", idx([3, 2, 2], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]));
  await put("train-labels-idx1-ubyte", idx([3], [0, 2, 1]));
  await put("t10k-images-idx3-ubyte", idx([2, 2, 2], [0, 0, 0, 0, 255, 255, 255, 255]));
  await put("t10k-labels-idx1-ubyte", idx([2], [2, 0]));
});
afterEach(() => rm(folder, { recursive: true }));

const put = (name: string, content: Uint8Array) => writeFile(path.join(folder, name), content);
const failure = async (name = "idx:.") => {
  const error: unknown = await loadDataset(name, options).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(UserError);
  return error instanceof UserError ? `${error.code}: ${error.message.replaceAll(folder + path.sep, "")}` : "";
};

describe("idx sets", () => {
  it("reads a folder of four files", async () => {
    const set = await loadDataset("idx:.", options);
    expect(set).toMatchObject({ name: "idx:.", shape: [2, 2, 1], classes: ["0", "1", "2"] });
    expect([...set.train.images]).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    expect([...set.train.labels]).toEqual([0, 2, 1]);
    expect(set.test.count).toBe(2);
  });

  it("reads the same set from compressed files, with the same hash", async () => {
    const { hash } = await loadDataset("idx:.", options);
    await put("train-images-idx3-ubyte.gz", gzipSync(idx([3, 2, 2], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])));
    await rm(path.join(folder, "train-images-idx3-ubyte"));
    expect((await loadDataset("idx:.", options)).hash).toBe(hash);
    await put("train-labels-idx1-ubyte", idx([3], [0, 1, 2]));
    expect((await loadDataset("idx:.", options)).hash).not.toBe(hash);
  });

  it("reads files by a prefix, and colour", async () => {
    await put("tiny-train-images-idx4-ubyte", idx([1, 1, 2, 3], [1, 2, 3, 4, 5, 6]));
    await put("tiny-train-labels-idx1-ubyte", idx([1], [1]));
    await put("tiny-test-images-idx4-ubyte", idx([1, 1, 2, 3], [6, 5, 4, 3, 2, 1]));
    await put("tiny-test-labels-idx1-ubyte", idx([1], [0]));
    expect(await loadDataset("idx:tiny", options)).toMatchObject({ shape: [1, 2, 3], classes: ["0", "1"] });
  });
});

describe("broken idx sets", () => {
  const images = "train-images-idx3-ubyte";
  const cases: [what: string, name: string, content: Uint8Array, message: string][] = [
    [
      "wrong magic",
      images,
      Buffer.from("PNG, in truth"),
      `${images} is no IDX file of images: it begins with 0x504e472c, not with 0x00000803 or 0x00000804.`,
    ],
    [
      "labels as images",
      images,
      idx([3], [0, 1, 2]),
      `${images} is no IDX file of images: it begins with 0x00000801, not with 0x00000803 or 0x00000804.`,
    ],
    ["nothing", images, Buffer.alloc(0), `${images} is no IDX file: it has only 0 bytes.`],
    ["cut header", images, idx([3, 2, 2], []).subarray(0, 9), `${images} is cut off: it ends in its own header, after 9 bytes.`],
    ["cut data", images, idx([3, 2, 2], [1, 2, 3]), `${images} is cut off: it has 3 of the 12 bytes that 3x2x2 images take.`],
    ["too long", images, idx([1, 2, 2], [1, 2, 3, 4, 5]), `${images} is longer than its header says: 5 bytes where 1x2x2 images take 4.`],
    ["zero images", images, idx([0, 2, 2], []), `${images} holds no images.`],
    ["size 0", images, idx([3, 0, 2], []), `${images} holds pictures of size 0x2x1.`],
    [
      "damaged gzip",
      images,
      gzipSync(idx([3, 2, 2], [1])).subarray(0, 20),
      `${images} is a damaged gzip file (perhaps cut off while it was downloaded); get it again.`,
    ],
    ["counts", "train-labels-idx1-ubyte", idx([2], [0, 1]), `train-labels-idx1-ubyte holds 2 labels, but ${images} 3 images.`],
    ["sizes", "t10k-images-idx3-ubyte", idx([2, 1, 2], [1, 2, 3, 4]), `t10k-images-idx3-ubyte holds 1x2x1 pictures, but ${images} 2x2x1.`],
    [
      "labels",
      "t10k-labels-idx1-ubyte",
      idx([2], [0, 7]),
      "t10k-labels-idx1-ubyte holds label 7 for image 2, but classes run from 0 to 2.",
    ],
  ];
  it.each(cases)("%s", async (_what, name, content, message) => {
    await put(name, content);
    expect(await failure()).toBe(`dataInvalid: ${message}`);
  });

  it("names what is missing", async () => {
    await rm(path.join(folder, "t10k-labels-idx1-ubyte"));
    expect(await failure()).toBe(`dataMissing: ${folder} lacks t10k-labels-idx1-ubyte.gz of the data set "idx:.".`);
    expect(await failure("idx:nowhere")).toContain('The data set "idx:nowhere" was not found at nowhere');
    expect(await failure("fashion")).toBe('dataMissing: There is no data set "fashion"; choose one of glyphs, mnist, idx:PATH.');
  });
});

describe("paths in network files", () => {
  it.each(["../x", "a/../../x", "/etc", "C:\\data", ".."])("may not leave the workspace: %s", async (given) => {
    expect(await failure(`idx:${given}`)).toContain("leaves the workspace");
  });

  it("may leave it where the user gave them", async () => {
    const inner = { ...options, searchDirectories: [path.join(folder, "inner")], fromUser: true };
    expect((await loadDataset(`idx:${folder}`, inner)).train.count).toBe(3);
    expect((await loadDataset("idx:..", inner)).train.count).toBe(3);
  });
});
