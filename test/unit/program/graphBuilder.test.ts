import { describe, expect, test } from "vitest";
import { GraphBuilder } from "../../../src/program/graphBuilder.js";
import { reachableNodes } from "../../../src/program/reachable.js";
import { BATCH } from "../../../src/program/types.js";

const valid = { strides: [1, 1], dilation: [1, 1], padding: [0, 0, 0, 0], groups: 1 } as const;

describe("shapes", () => {
  const b = new GraphBuilder();
  const images = b.input("images", [BATCH, 28, 28, 4], "float32");
  const scores = b.input("scores", [BATCH, 10], "float32");
  const labels = b.input("labels", [BATCH], "int32");
  const channel = b.constant([1], [4]);

  test.each([
    [
      "conv2d",
      b.conv2d(images, b.constant([1], [5, 3, 2, 6]), { ...valid, strides: [2, 3], dilation: [1, 2], padding: [2, 1, 0, 4], groups: 2 }),
      [BATCH, 14, 10, 6],
    ],
    ["maxPool2d", b.maxPool2d(images, { size: [3, 2], strides: [2, 2], padding: [1, 0, 0, 1] }), [BATCH, 14, 14, 4]],
    [
      "averagePool2d",
      b.averagePool2d(images, { size: [3, 3], strides: [3, 3], padding: [0, 0, 0, 0], countPadding: true }),
      [BATCH, 9, 9, 4],
    ],
    ["broadcasting", b.add(images, channel), [BATCH, 28, 28, 4]],
    ["broadcasting both", b.add(b.constant([1], [3, 1]), channel), [3, 4]],
    ["reduce", b.reduce("sum", images, [1, 2], false), [BATCH, 4]],
    ["reduce, kept", b.reduce("mean", images, [0, 1], true), [1, 1, 28, 4]],
    ["reshape", b.reshape(images, [BATCH, 28 * 28 * 4]), [BATCH, 3136]],
    ["transpose", b.transpose(images, [0, 3, 1, 2]), [BATCH, 4, 28, 28]],
    ["pad2d", b.pad2d(images, [1, 2, 3, 4]), [BATCH, 31, 35, 4]],
    ["crop2d", b.crop2d(images, [1, 2, 3, 4]), [BATCH, 25, 21, 4]],
    ["concat", b.concat([images, images, images], 3), [BATCH, 28, 28, 12]],
    ["slice", b.slice(images, 1, 20, 8), [BATCH, 8, 28, 4]],
    ["matMul", b.matMul(scores, b.constant([1], [3, 10]), { transposeB: true }), [BATCH, 3]],
    ["softmaxCrossEntropy", b.softmaxCrossEntropy(scores, labels), [BATCH]],
    ["oneHot", b.oneHot(labels, 7), [BATCH, 7]],
    ["batchSize", b.batchSize(labels), []],
  ])("%s", (_, value, shape) => {
    expect(value.shape).toEqual(shape);
    expect(value.dtype).toBe("float32");
  });

  test("indexes are whole numbers", () => {
    expect(b.argMax(scores)).toMatchObject({ shape: [BATCH], dtype: "int32" });
  });

  test.each([
    ["conv2d", () => b.conv2d(images, b.constant([1], [3, 3, 3, 8]), valid), "channels must fit 1 groups"],
    ["conv2d", () => b.conv2d(images, b.constant([1], [29, 3, 4, 8]), valid), "must fit the padded image"],
    ["conv2d", () => b.conv2d(b.cast(images, "uint8"), b.constant([1], [3, 3, 4, 8]), valid), "float32"],
    ["maxPool2d", () => b.maxPool2d(images, { size: [2, 2], strides: [2, 2], padding: [2, 0, 0, 0] }), "smaller than the window"],
    ["add", () => b.add(images, b.constant([1], [3])), "[N,28,28,4]"],
    ["add", () => b.add(scores, b.constant([1], [2, 10])), "broadcast"],
    ["equal", () => b.binary("equal", b.argMax(scores), scores), "one type"],
    ["reshape", () => b.reshape(images, [BATCH, 3135]), "same numbers"],
    ["reshape", () => b.reshape(b.constant([1], [6]), [BATCH, 6]), "same numbers"],
    ["transpose", () => b.transpose(images, [0, 1, 1, 2]), "permutation"],
    ["transpose", () => b.transpose(images, [1, 0, 2, 3]), "batch axis must stand first"],
    ["concat", () => b.concat([images, b.constant([1], [2, 28, 28, 4])], 3), "axis 3"],
    ["slice", () => b.slice(images, 1, 25, 4), "inside"],
    ["slice", () => b.slice(images, 0, 0, 1), "inside"],
    ["matMul", () => b.matMul(scores, b.constant([1], [3, 10])), "inner sizes"],
    ["biasAdd", () => b.biasAdd(images, b.constant([1], [1])), "one number a channel"],
    ["softmaxCrossEntropy", () => b.softmaxCrossEntropy(scores, b.cast(labels, "float32")), "int32"],
    ["batchSize", () => b.batchSize(channel), "batch axis"],
    ["broadcastTo", () => b.broadcastTo(channel, [BATCH, 4]), "lend"],
    ["constant", () => b.constant([1, 2], [3]), "[3]"],
  ])("%s throws what does not fit", (operation, build, part) => {
    expect(build).toThrow(operation);
    expect(build).toThrow(part);
  });
});

describe("sharing", () => {
  test("the same operation on the same inputs is one node", () => {
    const b = new GraphBuilder();
    const x = b.input("x", [BATCH, 2], "float32");
    expect(b.unary("relu", x)).toBe(b.unary("relu", x));
    expect(b.input("x", [BATCH, 2], "float32")).toBe(x);
    expect(b.variable("w", [2], "weight")).toBe(b.variable("w", [2], "weight"));
    expect(b.scalar(Number.POSITIVE_INFINITY)).not.toBe(b.scalar(Number.NaN));
    expect(b.constant([1], [2])).not.toBe(b.constant([1], [3]));
    expect(b.subtract(x, b.scalar(1))).not.toBe(b.subtract(b.scalar(1), x));
  });

  test("what would only copy its input is no node", () => {
    const b = new GraphBuilder();
    const images = b.input("images", [BATCH, 28, 28, 4], "float32");
    const whole = [
      b.reshape(images, images.shape),
      b.transpose(images, [0, 1, 2, 3]),
      b.pad2d(images, [0, 0, 0, 0]),
      b.crop2d(images, [0, 0, 0, 0]),
      b.concat([images], 3),
      b.slice(images, 1, 0, 28),
    ];
    for (const value of whole) expect(value).toBe(images);
  });

  test("a variable has one shape and role", () => {
    const b = new GraphBuilder();
    b.variable("w", [2], "weight");
    expect(() => b.variable("w", [3], "weight")).toThrow("w is weight [2] already");
    expect(() => b.variable("w", [2], "slot")).toThrow("w is weight [2] already");
  });
});

test("a program holds what its functions need, in order", () => {
  const b = new GraphBuilder();
  const x = b.input("x", [BATCH, 2], "float32");
  const w = b.variable("w", [2], "weight");
  const y = b.multiply(x, w);
  b.unary("exp", y);
  const rate = b.input("rate", [], "float32");
  const feeds = [{ name: "x", value: x }];
  const program = b.finish(
    {
      predict: { feeds, fetches: [y], updates: [] },
      train: {
        feeds: [...feeds, { name: "rate", value: rate }],
        fetches: [],
        updates: [{ update: "sgd", variable: "w", rate, gradient: w }],
      },
    },
    7,
  );
  expect(program.nodes.map(({ operation }) => operation.op)).toEqual(["input", "variable", "binary", "input"]);
  expect(program.variables).toEqual([{ name: "w", shape: [2], role: "weight" }]);
  expect(program.seed).toBe(7);
  const { predict, train } = program.functions;
  if (!predict || !train) throw new Error("Both functions must be there.");
  expect(reachableNodes(program, predict).map(({ operation }) => operation.op)).toEqual(["input", "variable", "binary"]);
  expect(reachableNodes(program, train).map(({ outputs }) => outputs[0])).toEqual([w, rate]);
});
