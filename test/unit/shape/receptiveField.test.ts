import { describe, expect, test } from "vitest";
import { Random } from "../../../src/base/random.js";
import type { Network } from "../../../src/model/network.js";
import { readNetwork } from "../../../src/model/read.js";
import { inferShapes } from "../../../src/shape/infer.js";

function read(input: readonly number[], ...layers: object[]): Network {
  const { network, problems } = readNetwork(JSON.stringify({ input, layers }), "toy.cnn.json");
  if (problems.length > 0) throw new Error(problems[0]?.message);
  return network;
}

const fields = (network: Network) => inferShapes(network).layers.map((layer) => layer.receptiveField);

test("LeNet-5's, as textbooks have it: 5, 6, 14, 16, with strides 1, 2, 2, 4", () => {
  const conv = (padding: string) => ({ type: "conv2d", filters: 1, kernelSize: 5, padding });
  const pool = { type: "maxPooling2d" };
  const found = fields(read([28, 28, 1], conv("same"), pool, conv("valid"), pool, { type: "flatten" }, { type: "dense", units: 3 }));
  expect(found.map((field) => [field?.size[0], field?.stride[0], field?.offset[0]])).toEqual([
    [5, 1, -2],
    [6, 2, -2],
    [14, 2, -2],
    [16, 4, -2],
    [16, 4, -2],
    [32, 4, -2],
  ]);
});

test("behind layers that enlarge the image, in whole pixels", () => {
  const conv = { type: "conv2d", filters: 1, kernelSize: 3, padding: "same" };
  const found = fields(
    read([8, 8, 4], { type: "upSampling2d", size: [2, 3] }, conv, conv, { type: "depthToSpace", blockSize: 2, inputs: "input" }),
  );
  // Three rows of a doubled image lie in two rows, five in three; so do those of a tripled one.
  expect(found.map((field) => [field?.size, field?.stride[0]])).toEqual([
    [[1, 1], 0.5],
    [[2, 2], 0.5],
    [[3, 3], 0.5],
    [[1, 1], 0.5],
  ]);
});

test("cropping and slicing begin further inside", () => {
  const [cropped, every] = fields(
    read([9, 9, 1], { type: "cropping2d", cropping: [[1, 0], 2] }, { type: "slice", axis: 0, start: 1, step: 3 }),
  );
  expect(cropped).toEqual({ size: [1, 1], stride: [1, 1], offset: [1, 2] });
  expect(every).toEqual({ size: [1, 1], stride: [3, 1], offset: [2, 2] });
});

test("a channel shuffle leaves places as they are; other reshapes may see anything", () => {
  const order = "channelsFirst";
  const conv = { type: "conv2d", filters: 4, kernelSize: 3 };
  const shuffle = [
    { type: "reshape", name: "groups", targetShape: [2, 2, 6, 6], order },
    { type: "permute", dims: [2, 1, 3, 4], order },
    { type: "reshape", name: "back", targetShape: [4, 6, 6], order },
  ];
  const sizes = fields(read([8, 8, 1], conv, ...shuffle, conv, { type: "reshape", targetShape: [8, 8, 1] })).map((field) => field?.size);
  expect(sizes).toEqual([
    [3, 3],
    [3, 3],
    [3, 3],
    [3, 3],
    [5, 5],
    [8, 8],
  ]);
});

/** Which input rows each output row depends on, by following every window. */
function followRows(network: Network): Set<number>[][] {
  const known = new Map<string, Set<number>[]>();
  known.set(
    "input",
    Array.from({ length: network.input?.shape[0] ?? 0 }, (_, row) => new Set([row])),
  );
  return inferShapes(network).layers.map(({ layer, shape }) => {
    const sources = layer.inputs.map((name) => known.get(name) ?? []);
    const rows = Array.from({ length: shape?.output[0] ?? 0 }, (_, row) => {
      const seen = new Set<number>();
      const reach = shape?.reach;
      for (const source of sources) {
        const taps = typeof reach === "object" ? reach.kernel[0] : 1;
        for (let tap = 0; tap < taps; tap++) {
          const at = typeof reach === "object" ? row * reach.strides[0] - reach.padding[0] + tap * reach.dilation[0] : row;
          for (const pixel of source[at] ?? []) seen.add(pixel);
        }
      }
      return seen;
    });
    known.set(layer.name, rows);
    return rows;
  });
}

describe("agrees with following every window", () => {
  const pick = <T>(random: Random, values: readonly T[]): T => values[random.below(values.length)] as T;

  test.each(Array.from({ length: 20 }, (_, i) => i))("on random network %i", (seed) => {
    const random = new Random({ seed, stream: 1, step: [0, 0] });
    const layers = Array.from({ length: 5 }, () =>
      pick(random, [
        {
          type: "conv2d",
          filters: 1,
          kernelSize: 1 + random.below(4),
          strides: 1 + random.below(2),
          dilationRate: 1 + random.below(2),
          padding: pick<string | number>(random, ["same", "valid", 1]),
        },
        { type: "maxPooling2d", poolSize: 2 + random.below(2), strides: 1 + random.below(3), padding: pick(random, ["same", "valid"]) },
        { type: "zeroPadding2d", padding: random.below(3) },
        { type: "batchNormalization" },
      ]),
    );
    const network = read([97, 97, 1], ...layers);
    const rows = followRows(network);
    for (const [i, field] of fields(network).entries()) {
      for (const [row, seen] of (rows[i] ?? []).entries()) {
        if (!field || seen.size === 0) continue;
        const first = field.offset[0] + row * field.stride[0];
        const span = [Math.max(0, first), Math.min(96, first + field.size[0] - 1)];
        // Behind zeros that were added a window may see less than its span.
        const inside = first >= 0 && first + field.size[0] <= 97;
        const padded = network.layers.slice(0, i + 1).some((layer) => layer.kind.type === "zeroPadding2d");
        if (inside && !padded) expect([Math.min(...seen), Math.max(...seen)]).toEqual(span);
        else {
          expect(Math.min(...seen)).toBeGreaterThanOrEqual(span[0] ?? 0);
          expect(Math.max(...seen)).toBeLessThanOrEqual(span[1] ?? 0);
        }
      }
    }
  });
});

test("where branches meet it spans both", () => {
  const network = read(
    [32, 32, 1],
    { type: "conv2d", name: "near", filters: 1, kernelSize: 3, padding: "same" },
    { type: "conv2d", name: "far", filters: 1, kernelSize: 3, dilationRate: 4, padding: "same", inputs: "input" },
    { type: "add", inputs: ["near", "far"] },
    { type: "conv2d", filters: 1, kernelSize: [1, 3], padding: "same" },
  );
  expect(fields(network).map((field) => field?.size)).toEqual([
    [3, 3],
    [9, 9],
    [9, 9],
    [9, 11],
  ]);
  expect(fields(network).at(-1)?.offset).toEqual([-4, -5]);
});

test("global pooling and dense layers see everything; vectors have none", () => {
  const network = read(
    [32, 32, 1],
    { type: "conv2d", filters: 2, kernelSize: 5 },
    { type: "globalAveragePooling2d" },
    { type: "dense", units: 2 },
  );
  expect(fields(network).map((field) => field?.size)).toEqual([
    [5, 5],
    [32, 32],
    [32, 32],
  ]);
  expect(fields(read([100], { type: "dense", units: 2 }))).toEqual([undefined]);
});
