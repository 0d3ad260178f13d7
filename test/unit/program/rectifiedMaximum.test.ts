import { describe, expect, it } from "vitest";
import { GraphBuilder } from "../../../src/program/graphBuilder.js";
import { BATCH } from "../../../src/program/types.js";

const halving = { size: [2, 2], strides: [2, 2], padding: [0, 0, 0, 0] } as const;
const operations = (builder: GraphBuilder) => builder.nodes.map(({ operation }) => operation.op);

describe("max pooling of rectified images", () => {
  it("rectifies the smaller image", () => {
    const builder = new GraphBuilder();
    const x = builder.input("x", [BATCH, 8, 8, 2], "float32");
    const y = builder.maxPool2d(builder.unary("relu", x), halving);
    expect(y.shape).toEqual([BATCH, 4, 4, 2]);
    expect(operations(builder)).toEqual(["input", "unary", "maxPool2d", "unary"]);
    expect(builder.nodes[2]?.inputs).toEqual([x]);
    expect(builder.nodes[3]?.outputs).toEqual([y]);
  });

  it("is left as it is where pooling does not make it smaller, and for other functions", () => {
    const builder = new GraphBuilder();
    const x = builder.input("x", [BATCH, 8, 8, 2], "float32");
    builder.maxPool2d(builder.unary("relu", x), { size: [3, 3], strides: [1, 1], padding: [1, 1, 1, 1] });
    builder.maxPool2d(builder.unary("tanh", x), halving);
    expect(operations(builder)).toEqual(["input", "unary", "maxPool2d", "unary", "maxPool2d"]);
  });
});
