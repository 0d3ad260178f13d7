import { describe, expect, it } from "vitest";
import { columnsOf, indexOf } from "../../../webview/model/details/numberRows.js";
import { kernelsIn, matrixOf, planeOf, scaleOf, tilesAtChannel, tilesOfKernel } from "../../../webview/model/details/planes.js";
import { type Family, familyOf } from "../../../webview/model/families.js";
import { movedTo } from "../../../webview/model/graph/moves.js";
import { nodeAt, sceneOf } from "../../../webview/model/graph/scene.js";
import { extent, placeAt, scrollTo, scrollToVertex } from "../../../webview/model/graph/viewport.js";
import { problemsByNode } from "../../../webview/model/problems.js";
import { fileOf, histogramTable, kernelsTable, numbersTable } from "../../../webview/model/saving.js";
import { haystackOf, matchesOf, nextMatch } from "../../../webview/model/search.js";
import { bytesText, outputText, shapeText, sizeOf } from "../../../webview/model/text.js";
import { firstZoom, fitting, LEAST_ZOOM, MOST_ZOOM, stepped, zoomedByKey, zoomedByWheel } from "../../../webview/model/zoom.js";
import { answers, checkpointGraph, inceptionGraph, resnetGraph, unetGraph } from "../../fixtures/modelGraphs.js";

describe("families of layers", () => {
  it.each<[Family, string]>([
    ["convolution", "Conv2D Conv2d ConvTranspose DepthwiseConv2dNative SeparableConv2D QLinearConv torch.nn.Conv2d CrossCor_conv"],
    ["pooling", "MaxPool MaxPooling2D AveragePooling2D GlobalAveragePooling2D AdaptiveAvgPool2d GlobalMeanPool avg_pool2d"],
    ["normalization", "BatchNorm BatchNormalization LayerNorm FusedBatchNormV3 GroupNormalization LRN LpNormalization"],
    ["activation", "ReLU relu6 LeakyRelu Sigmoid HardSwish Softmax log_softmax PReLU GELU ELU Tanh Clip Activation SiLU"],
    ["dense", "Dense Linear Gemm MatMul Bilinear addmm"],
    ["merge", "Add add AddV2 Concat Concatenate cat Multiply Mul Average Maximum sub + SkipConnection"],
    [
      "reshape",
      "Flatten Reshape Permute Transpose Squeeze ZeroPadding2D Pad UpSampling2D UpsamplingBilinear2d Resize Slice MLUtils.flatten",
    ],
    ["other", "Dropout Constant Lambda LSTM"],
  ])("%s: %s", (family, types) => {
    for (const type of types.split(" ")) expect(familyOf(type), type).toBe(family);
  });
});

describe("texts", () => {
  it.each([
    [[null, 3, 224, 224], "3x224x224"],
    [[1, 3, 224, 224], "1x3x224x224"],
    [[null, null, 7, 7], "?x7x7"],
    [[null], "?"],
    [[], "scalar"],
    [null, "unknown"],
  ])("sizes %j are %s", (sizes, text) => expect(shapeText(sizes)).toBe(text));

  it("nothing known of outputs is nothing said", () => {
    expect(outputText({ outputs: [null] })).toBe("");
    expect(outputText({ outputs: [[null, 2], null] })).toBe("2, unknown");
  });

  it.each([
    [0, "0 B"],
    [1023, "1023 B"],
    [6400, "6.25 KiB"],
    [802_816, "784 KiB"],
    [3 * 2 ** 30, "3 GiB"],
  ])("%i bytes are %s", (bytes, text) => expect(bytesText(bytes)).toBe(text));

  it("a tensor of an unknown size has no count", () => {
    expect(sizeOf({ shape: [2, 3] })).toBe(6);
    expect(sizeOf({ shape: [2, null] })).toBeUndefined();
  });

  it.each([
    [[2, 3, 4], 7, "0,1,3"],
    [[2, 3, 4], 23, "1,2,3"],
    [[5], 3, "3"],
    [[], 0, "0"],
    [[null, 4], 7, "7"],
  ])("in %j number %i is at %s", (shape, offset, place) => expect(indexOf(shape, offset)).toBe(place));

  it.each([
    [1, 5, 5],
    [3, 7, 6],
    [3, 2, 2],
    [64, 20, 8],
    [7, 0, 1],
  ])("of lines of %i, where %i fit there stand %i", (lastAxis, room, columns) => expect(columnsOf(lastAxis, room)).toBe(columns));

  it("a file's name has no signs that a file system refuses", () => {
    expect(fileOf("layer1/conv:0")).toBe("layer1-conv-0");
    expect(fileOf("../..")).toBe("model");
  });
});

describe("search", () => {
  const haystack = haystackOf(resnetGraph());
  it("finds names, types and shapes in any case", () => {
    expect(matchesOf(haystack, "MAXPOOL")).toEqual([3]);
    expect(matchesOf(haystack, "1000")).toEqual([haystack.length - 1]);
    expect(matchesOf(haystack, "batchnorm")?.length).toBe(20);
  });
  it("finds nothing without a text, and no match without one", () => {
    expect(matchesOf(haystack, "  ")).toBeUndefined();
    expect(matchesOf(haystack, "lstm")).toEqual([]);
  });
  it("finds tensors where there are no nodes", () => expect(matchesOf(haystackOf(checkpointGraph()), "fc.bias")).toEqual([101]));
  it("goes round in both directions", () => {
    expect([nextMatch([2, 5, 9], 5, 1), nextMatch([2, 5, 9], 9, 1), nextMatch([2, 5, 9], 5, -1), nextMatch([2, 5, 9], 2, -1)]).toEqual([
      9, 2, 2, 9,
    ]);
    expect(nextMatch([], 3, 1)).toBeUndefined();
  });
});

describe("zoom", () => {
  it("steps by way of 1 and stays within bounds", () => {
    expect(stepped(0.9, 1)).toBe(1);
    expect(stepped(1.1, -1)).toBe(1);
    expect(stepped(MOST_ZOOM, 1)).toBe(MOST_ZOOM);
    expect(zoomedByWheel(1e6, 1)).toBe(LEAST_ZOOM);
    expect([zoomedByKey("0", 0.3), zoomedByKey("=", 1), zoomedByKey("a", 1)]).toEqual([1, 1.25, undefined]);
  });
  it("fits what can be read, else the width", () => {
    expect(fitting({ width: 1000, height: 1600 }, { width: 500, height: 800 })).toBe(0.5);
    expect(fitting({ width: 1000, height: 50_000 }, { width: 500, height: 800 })).toBe(0.5);
    expect(fitting({ width: 100, height: 100 }, { width: 500, height: 800 })).toBe(1);
  });
  it("begins so that text can be read", () => {
    expect(firstZoom({ width: 3000 }, { width: 600 })).toBe(0.6);
    expect(firstZoom({ width: 200 }, { width: 600 })).toBe(1);
  });
});

describe("the graph", () => {
  const scene = sceneOf(inceptionGraph());
  const { layout } = scene;
  const [split] = layout.children.flatMap((children, vertex) => (children.length === 4 ? [vertex] : []));
  const go = (from: number, ...keys: string[]) => keys.reduce((at, key) => movedTo(layout, key, at) ?? Number.NaN, from);

  it("is walked along its branches", () => {
    if (split === undefined) throw new Error("No vertex has four branches.");
    const row = layout.rows[(layout.rank[split] ?? 0) + 1] ?? [];
    const down = go(split, "ArrowDown");
    expect(row).toContain(down);
    expect(go(down, "ArrowUp")).toBe(split);
    expect(go(row[0] ?? 0, "ArrowRight")).toBe(row[1]);
    expect(go(row[0] ?? 0, "ArrowLeft")).toBe(row[0]);
    expect(go(split, "Home")).toBe(0);
    expect(go(split, "End", "ArrowDown")).toBe(scene.labels.length - 1);
    expect(layout.rank[go(split, "PageDown")]).toBe((layout.rank[split] ?? 0) + 10);
    expect(movedTo(layout, "x", split)).toBeUndefined();
  });

  it("has a node under its middle, and none between rows", () => {
    expect(nodeAt(scene, layout.x[5] ?? 0, (layout.rank[5] ?? 0) * 68 + 20)).toBe(4);
    expect(nodeAt(scene, layout.x[5] ?? 0, (layout.rank[5] ?? 0) * 68 + 50)).toBeUndefined();
  });

  it("draws a lane that edges share once", () => {
    const unet = sceneOf(unetGraph());
    const lanes = new Set(unet.lanes.flat());
    expect(lanes.size).toBe(4);
    expect(unet.curves.flat().length).toBe(unet.layout.edges.length + 4);
  });

  it("keeps a place under the pointer while it zooms", () => {
    const view = { width: 600, height: 400, zoom: 1, scrollLeft: 120, scrollTop: 900 };
    const place = placeAt(scene, view, 250, 130);
    const scroll = scrollTo(scene, { ...view, zoom: 1.5 }, place, 250, 130);
    const after = placeAt(scene, { ...view, zoom: 1.5, scrollLeft: scroll.left, scrollTop: scroll.top }, 250, 130);
    expect(after.x).toBeCloseTo(place.x, 0);
    expect(after.y).toBeCloseTo(place.y, 0);
  });

  it("scrolls to a node only as far as needed", () => {
    const view = { width: 1200, height: 400, zoom: 1, scrollLeft: 0, scrollTop: 0 };
    expect(scrollToVertex(scene, view, 0, "nearest").top).toBe(0);
    const low = layout.rows[12]?.[0] ?? 0;
    expect(scrollToVertex(scene, view, low, "nearest").top).toBe(16 + 12 * 68 + 40 + 28 - 400);
    expect(scrollToVertex(scene, view, low, "middle").top).toBe(16 + 12 * 68 + 20 - 200);
    expect(extent(scene, view).height).toBe(scene.height + 32);
  });
});

describe("kernels", () => {
  // Two kernels of 2x2 at three channels, numbered through.
  const planes = {
    tensor: 0,
    height: 2,
    width: 2,
    channels: 3,
    kernels: 9,
    first: 4,
    values: Float32Array.from({ length: 24 }, (_, i) => i - 12),
  };
  it("are found by kernel and channel", () => {
    expect(kernelsIn(planes)).toBe(2);
    expect([...planeOf(planes, 5, 1)]).toEqual([4, 5, 6, 7]);
  });
  it("become tiles in bytes, zero in the middle", () => {
    expect([...tilesAtChannel(planes, 0, 12).bytes]).toEqual(
      [-12, -11, -10, -9, 0, 1, 2, 3].map((value) => 128 + Math.round((127 * value) / 12)),
    );
    expect(tilesOfKernel(planes, 5, 12)).toMatchObject({ width: 2, height: 2, count: 3 });
  });
  it("of 1x1 are a matrix", () => {
    expect(matrixOf({ ...planes, height: 1, width: 1, channels: 12 }, 12)).toMatchObject({ width: 12, height: 2, count: 1 });
  });
  it("are scaled by what is usual, not by the extreme", () => {
    expect(scaleOf(planes, undefined)).toBe(12);
    expect(scaleOf(planes, { ...answers.summary(resnetGraph(), 0), mean: 0, deviation: 2 })).toBe(6);
  });
  it("are saved a line a kernel and channel", () => {
    const rows = [...kernelsTable(planes).rows];
    expect(rows).toHaveLength(6);
    expect(rows[4]).toEqual([5, 1, "4", "5", "6", "7"]);
  });
});

describe("tables to save", () => {
  it("numbers have their places", () => {
    const table = numbersTable({ tensor: 0, offset: 2, values: Float32Array.of(0.1, -1) }, [2, 2]);
    expect([...table.rows]).toEqual([
      ["1,0", "0.1"],
      ["1,1", "-1"],
    ]);
  });
  it("a histogram has its bins' edges", () => {
    const summary = { ...answers.summary(resnetGraph(), 0), minimum: -1, maximum: 1, histogram: [3, 4] };
    expect([...histogramTable(summary).rows]).toEqual([
      [-1, 0, 3],
      [0, 1, 4],
    ]);
  });
});

it("a node has its worst problem", () => {
  const problem = (severity: "error" | "warning" | "hint", node: number | null) => ({ message: "", severity, node });
  const problems = [problem("warning", 1), problem("error", 1), problem("hint", 1), problem("hint", 2), problem("error", null)];
  expect([...problemsByNode({ problems })]).toEqual([
    [1, "error"],
    [2, "hint"],
  ]);
});
