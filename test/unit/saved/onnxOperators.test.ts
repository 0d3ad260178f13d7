import { describe, expect, it } from "vitest";
import { readSaved } from "../../../src/saved/readSaved.js";
import { type OnnxAttribute, type OnnxTensor, onnxFile } from "./onnxFile.js";
import { temporaryFolder } from "./temporary.js";

const write = temporaryFolder();

type Input = readonly number[] | OnnxTensor;
interface Case {
  readonly op: string;
  readonly inputs: readonly Input[];
  readonly attributes?: Readonly<Record<string, OnnxAttribute>>;
  readonly operatorSet?: number;
  /** One for each output. */
  readonly makes: readonly string[];
}

const ints = (...numbers: readonly number[]): OnnxTensor => ({ dims: [numbers.length], int64: numbers });
const floats = (...numbers: readonly number[]): OnnxTensor => ({ dims: [numbers.length], float32: numbers });
const weight = (...dims: readonly number[]): OnnxTensor => ({ dims });

// Shapes that ONNX' own reference computes, most of them from its tests of single nodes.
const CASES: readonly Case[] = [
  { op: "Conv", inputs: [[1, 1, 7, 5], weight(1, 1, 3, 3)], attributes: { strides: [2, 2], pads: [1, 0, 1, 0] }, makes: ["1x1x4x2"] },
  { op: "Conv", inputs: [[1, 1, 5, 5], weight(1, 1, 3, 3)], attributes: { auto_pad: "SAME_LOWER", strides: [2, 2] }, makes: ["1x1x3x3"] },
  { op: "Conv", inputs: [[2, 4, 9], weight(6, 2, 3)], attributes: { group: 2, dilations: [2] }, makes: ["2x6x5"] },
  { op: "Conv", inputs: [[1, 3, 8, 8, 8], weight(4, 3, 2, 2, 2)], attributes: { auto_pad: "VALID" }, makes: ["1x4x7x7x7"] },
  {
    op: "ConvTranspose",
    inputs: [[1, 1, 3, 3], weight(1, 2, 3, 3)],
    attributes: { strides: [3, 2], output_padding: [1, 1] },
    makes: ["1x2x10x8"],
  },
  {
    op: "ConvTranspose",
    inputs: [[1, 1, 3, 3], weight(1, 2, 3, 3)],
    attributes: { strides: [3, 2], output_shape: [10, 8] },
    makes: ["1x2x10x8"],
  },
  {
    op: "ConvTranspose",
    inputs: [[1, 1, 3, 3], weight(1, 2, 3, 3)],
    attributes: { auto_pad: "SAME_UPPER", strides: [2, 2] },
    makes: ["1x2x6x6"],
  },
  { op: "ConvTranspose", inputs: [[1, 1, 3, 3], weight(1, 1, 2, 2)], attributes: { dilations: [2, 2] }, makes: ["1x1x5x5"] },
  { op: "MaxPool", inputs: [[1, 1, 4, 4]], attributes: { kernel_shape: [3, 3], strides: [2, 2], ceil_mode: 1 }, makes: ["1x1x2x2"] },
  { op: "MaxPool", inputs: [[1, 1, 2, 2]], attributes: { kernel_shape: [1, 1], strides: [2, 2], ceil_mode: 1 }, makes: ["1x1x1x1"] },
  { op: "MaxPool", inputs: [[1, 1, 4, 4]], attributes: { kernel_shape: [2, 2], dilations: [2, 2] }, makes: ["1x1x2x2", "1x1x2x2"] },
  { op: "AveragePool", inputs: [[1, 3, 28, 28]], attributes: { kernel_shape: [3, 3], pads: [2, 2, 2, 2] }, makes: ["1x3x30x30"] },
  { op: "LpPool", inputs: [[1, 3, 32, 32]], attributes: { kernel_shape: [2, 2], auto_pad: "SAME_UPPER" }, makes: ["1x3x32x32"] },
  { op: "GlobalAveragePool", inputs: [[1, 3, 5, 5]], makes: ["1x3x1x1"] },
  { op: "Gemm", inputs: [[4, 10], weight(8, 10)], attributes: { transB: 1 }, makes: ["4x8"] },
  { op: "MatMul", inputs: [[1, 2, 3, 4], weight(4, 3)], makes: ["1x2x3x3"] },
  { op: "MatMul", inputs: [[4], weight(4, 3)], makes: ["3"] },
  { op: "Einsum", inputs: [[5, 2, 3], weight(5, 3, 4)], attributes: { equation: "bij, bjk -> bik" }, makes: ["5x2x4"] },
  { op: "Add", inputs: [[3, 1, 5], weight(4, 1)], makes: ["3x4x5"] },
  { op: "Add", inputs: [[2, 3, 4, 5], weight(3)], attributes: { broadcast: 1, axis: 1 }, operatorSet: 6, makes: ["2x3x4x5"] },
  { op: "BatchNormalization", inputs: [[2, 3, 4, 5], weight(3), weight(3), weight(3), weight(3)], makes: ["2x3x4x5"] },
  { op: "PRelu", inputs: [[2, 3, 4, 5], weight(3, 1, 1)], makes: ["2x3x4x5"] },
  { op: "Concat", inputs: [[2, 3, 4], weight(2, 5, 4)], attributes: { axis: -2 }, makes: ["2x8x4"] },
  { op: "Split", inputs: [[7, 2]], attributes: { num_outputs: 3 }, operatorSet: 18, makes: ["3x2", "3x2", "1x2"] },
  { op: "Split", inputs: [[6], ints(2, 4)], makes: ["2", "4"] },
  { op: "Split", inputs: [[2, 6]], attributes: { axis: 1, split: [1, 5] }, operatorSet: 11, makes: ["2x1", "2x5"] },
  { op: "Slice", inputs: [[20, 10, 5], ints(20, 10, 4), ints(0, 0, 1), ints(0, 1, 2), ints(-1, -3, -2)], makes: ["19x3x2"] },
  { op: "Slice", inputs: [[20, 10, 5], ints(0), ints(2 ** 53), ints(1)], makes: ["20x10x5"] },
  { op: "Slice", inputs: [[20, 10, 5]], attributes: { starts: [0, 0, 3], ends: [20, 10, 4] }, operatorSet: 9, makes: ["20x10x1"] },
  { op: "Reshape", inputs: [[2, 3, 4], ints(2, 0, 1, -1)], makes: ["2x3x1x4"] },
  { op: "Reshape", inputs: [[2, 3, 4]], attributes: { shape: [4, -1] }, operatorSet: 1, makes: ["4x6"] },
  { op: "Flatten", inputs: [[2, 3, 4, 5]], attributes: { axis: -1 }, makes: ["24x5"] },
  { op: "Flatten", inputs: [[2, 3, 4, 5]], attributes: { axis: 0 }, makes: ["1x120"] },
  { op: "Transpose", inputs: [[2, 3, 4]], makes: ["4x3x2"] },
  { op: "Squeeze", inputs: [[1, 3, 1, 5], ints(-2)], makes: ["1x3x5"] },
  { op: "Squeeze", inputs: [[1, 3, 1, 5]], makes: ["3x5"] },
  { op: "Unsqueeze", inputs: [[3, 4]], attributes: { axes: [0, 3] }, operatorSet: 11, makes: ["1x3x4x1"] },
  { op: "Expand", inputs: [[3, 1], ints(2, 1, 6)], makes: ["2x3x6"] },
  { op: "Tile", inputs: [[2, 3], ints(2, 1)], makes: ["4x3"] },
  { op: "Gather", inputs: [[5, 4, 3], { dims: [2, 2], int64: [0, 1, 2, 3] }], attributes: { axis: 1 }, makes: ["5x2x2x3"] },
  { op: "Pad", inputs: [[1, 3, 4, 5], ints(0, 0, 1, 3, 0, 0, 2, 4)], makes: ["1x3x7x12"] },
  { op: "Pad", inputs: [[1, 3, 4, 5]], attributes: { pads: [0, 0, -1, 0, 0, 0, 0, 0] }, operatorSet: 2, makes: ["1x3x3x5"] },
  { op: "Resize", inputs: [[1, 1, 4, 4], floats(), floats(1, 1, 0.6, 0.6)], makes: ["1x1x2x2"] },
  { op: "Resize", inputs: [[1, 1, 2, 4], floats(), floats(), ints(1, 1, 7, 8)], makes: ["1x1x7x8"] },
  { op: "Resize", inputs: [[1, 1, 2, 2], floats(1, 1, 2, 3)], operatorSet: 10, makes: ["1x1x4x6"] },
  { op: "Upsample", inputs: [[1, 1, 2, 2]], attributes: { scales: { floats: [1, 1, 2, 3] } }, operatorSet: 7, makes: ["1x1x4x6"] },
  { op: "ReduceMean", inputs: [[3, 2, 2]], attributes: { axes: [-2], keepdims: 0 }, makes: ["3x2"] },
  { op: "ReduceSum", inputs: [[3, 2, 2], ints(1)], makes: ["3x1x2"] },
  { op: "ReduceMax", inputs: [[3, 2, 2]], makes: ["1x1x1"] },
  { op: "ArgMax", inputs: [[2, 10]], attributes: { axis: 1, keepdims: 0 }, makes: ["2"] },
  { op: "TopK", inputs: [[3, 4], ints(3)], makes: ["3x3", "3x3"] },
  { op: "DepthToSpace", inputs: [[1, 8, 2, 3]], attributes: { blocksize: 2 }, makes: ["1x2x4x6"] },
  { op: "SpaceToDepth", inputs: [[1, 1, 4, 6]], attributes: { blocksize: 2 }, makes: ["1x4x2x3"] },
  { op: "ConstantOfShape", inputs: [ints(4, 3, 2)], makes: ["4x3x2"] },
  { op: "NonMaxSuppression", inputs: [[1, 6, 4], weight(1, 1, 6)], makes: ["?x3"] },
  {
    op: "LSTM",
    inputs: [[5, 2, 4], weight(2, 12, 4), weight(2, 12, 3)],
    attributes: { direction: "bidirectional", hidden_size: 3 },
    makes: ["5x2x2x3", "2x2x3", "2x2x3"],
  },
  { op: "Where", inputs: [[2, 1], weight(3), weight(2, 3)], makes: ["2x3"] },
];

describe("ONNX operators", () => {
  it.each(CASES.map((each) => [`${each.op} ${JSON.stringify(each.attributes ?? {})}`, each] as const))("%s", async (_, each) => {
    const { op, inputs, attributes = {}, operatorSet = 17, makes } = each;
    const names = inputs.map((_, i) => `in${i}`);
    const fed = inputs.flatMap((input, i) => (Array.isArray(input) ? [[`in${i}`, input as readonly number[]] as const] : []));
    const stored = inputs.flatMap((input, i) => ("dims" in input ? [[`in${i}`, input] as const] : []));
    const outputs = makes.map((_, i) => `out${i}`);
    const nodes = [{ op, inputs: names, outputs, attributes }];
    const bytes = onnxFile({ inputs: Object.fromEntries(fed), outputs, nodes, initializers: Object.fromEntries(stored), operatorSet });
    const reading = await readSaved(write("operator.onnx", bytes));
    expect(reading?.problems).toEqual([]);
    expect(reading?.outputs.map((shape) => shape?.map((size) => size ?? "?").join("x"))).toEqual(makes);
  });

  it.each<readonly [string, Omit<Case, "makes">, RegExp]>([
    [
      "kernels that do not fit",
      { op: "MaxPool", inputs: [[1, 1, 2, 2]], attributes: { kernel_shape: [3, 3] } },
      /kernel of 3x3 that does not fit its input of 1x1x2x2/,
    ],
    [
      "shapes that cannot be joined",
      { op: "Concat", inputs: [[2, 3], weight(3, 3)], attributes: { axis: 1 } },
      /cannot join 2x3 and 3x3 along axis 1/,
    ],
    ["shapes that cannot be broadcast", { op: "Mul", inputs: [[2, 3], weight(2)] }, /cannot join inputs of 2x3 and 2/],
    ["sizes that do not multiply up", { op: "Reshape", inputs: [[2, 3], ints(4, 2)] }, /cannot make 4x2 of 2x3/],
    ["axes that are longer than 1", { op: "Squeeze", inputs: [[2, 3], ints(1)] }, /longer than 1/],
  ])("refuses %s", async (_, { op, inputs, attributes = {} }, message) => {
    const [input, second] = inputs;
    const names = inputs.map((_, i) => `in${i}`);
    const initializers = second && "dims" in second ? { in1: second } : {};
    const nodes = [{ op, inputs: names, outputs: ["out"], attributes }];
    const bytes = onnxFile({ inputs: { in0: input as readonly number[] }, outputs: ["out"], nodes, initializers });
    const reading = await readSaved(write("refused.onnx", bytes));
    expect(reading?.problems.map((problem) => problem.message)).toEqual([expect.stringMatching(message)]);
  });
});
