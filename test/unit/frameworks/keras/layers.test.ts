import { describe, expect, it } from "vitest";
import { applyKerasLayer } from "../../../../src/frameworks/keras/layers/apply.js";
import type { LayerData } from "../../../../src/frameworks/keras/layers/data.js";
import { modernData } from "../../../../src/frameworks/keras/layers/oldNames.js";
import { KERAS_LAYERS, kerasLayer } from "../../../../src/frameworks/keras/layers/table.js";
import type { TensorShape } from "../../../../src/interpret/tensor.js";
import { parametersOf } from "../../../../src/reading/fromTrace.js";

function apply(className: string, data: LayerData, first: TensorShape, ...others: TensorShape[]) {
  const row = kerasLayer(className);
  if (!row) throw new Error(`no layer ${className}`);
  return applyKerasLayer(row, modernData(row, data), [first, ...others]);
}

const _ = undefined;

/** Output shapes and numbers of parameters as Keras' documentation and summary() give them. */
const CASES: readonly (readonly [className: string, data: LayerData, input: TensorShape, output: TensorShape, parameters: number])[] = [
  ["Conv2D", { filters: 32, kernel_size: 3 }, [_, 28, 28, 1], [_, 26, 26, 32], 320],
  ["Conv2D", { filters: 32, kernel_size: [3, 5], strides: 2, padding: "SAME" }, [_, 29, 28, 3], [_, 15, 14, 32], 1472],
  ["Conv2D", { filters: 8, kernel_size: 3, data_format: "channels_first" }, [_, 3, 10, 10], [_, 8, 8, 8], 224],
  ["Conv2D", { filters: 8, kernel_size: 3, dilation_rate: 2 }, [_, _, 10, 3], [_, _, 6, 8], 224],
  ["Convolution2D", { nb_filter: 8, nb_row: 3, nb_col: 5, border_mode: "same" }, [_, 9, 9, 2], [_, 9, 9, 8], 248],
  ["Conv1D", { filters: 4, kernel_size: 3, padding: "causal" }, [_, 10, 2], [_, 10, 4], 28],
  ["Conv2DTranspose", { filters: 8, kernel_size: 3, strides: 2, padding: "same" }, [_, 7, 7, 16], [_, 14, 14, 8], 1160],
  ["Conv2DTranspose", { filters: 8, kernel_size: 5, strides: 2 }, [_, 7, 7, 16], [_, 17, 17, 8], 3208],
  ["DepthwiseConv2D", { kernel_size: 3, depth_multiplier: 2 }, [_, 8, 8, 4], [_, 6, 6, 8], 80],
  ["SeparableConv2D", { filters: 16, kernel_size: 3, use_bias: false }, [_, 8, 8, 4], [_, 6, 6, 16], 100],
  ["BatchNormalization", {}, [_, 8, 8, 4], [_, 8, 8, 4], 16],
  ["Dense", { units: 10 }, [_, 5, 7], [_, 5, 10], 80],
  ["Embedding", { input_dim: 100, output_dim: 8 }, [_, 20], [_, 20, 8], 800],
  ["LSTM", { units: 4 }, [_, 10, 3], [_, 4], 128],
  ["GRU", { units: 4, return_sequences: true }, [_, 10, 3], [_, 10, 4], 108],
  ["Bidirectional", { layer: { class_name: "LSTM", config: { units: 4 } } }, [_, 10, 3], [_, 8], 256],
  ["TimeDistributed", { layer: { class_name: "Dense", config: { units: 2 } } }, [_, 10, 3], [_, 10, 2], 8],
  ["ConvLSTM2D", { filters: 4, kernel_size: 3, padding: "same" }, [_, 5, 8, 8, 2], [_, 8, 8, 4], 880],
  ["Reshape", { target_shape: [-1, 4] }, [_, 6, 6], [_, 9, 4], 0],
  [
    "ZeroPadding2D",
    {
      padding: [
        [1, 0],
        [2, 3],
      ],
    },
    [_, 6, 6, 1],
    [_, 7, 11, 1],
    0,
  ],
  ["Cropping2D", { cropping: 1 }, [_, 6, 6, 1], [_, 4, 4, 1], 0],
  ["UpSampling2D", {}, [_, 6, 6, 1], [_, 12, 12, 1], 0],
  ["MaxPooling2D", { pool_size: 3, strides: 2, padding: "same" }, [_, 7, 7, 2], [_, 4, 4, 2], 0],
  ["GlobalAveragePooling2D", { keepdims: true }, [_, 7, 7, 2], [_, 1, 1, 2], 0],
  ["PReLU", { shared_axes: [1, 2] }, [_, 7, 7, 2], [_, 7, 7, 2], 2],
  ["Permute", { dims: [2, 1] }, [_, 3, 5], [_, 5, 3], 0],
];

describe("layers of Keras", () => {
  it.each(CASES)("%s %j", (className, data, input, output, parameters) => {
    const applied = apply(className, data, input);
    if (!applied.ok) throw new Error(applied.error.message);
    expect(applied.value.outputs).toEqual([output]);
    expect(parametersOf(applied.value)).toBe(parameters);
  });

  it("counts a MultiHeadAttention as Keras does", () => {
    const applied = apply("MultiHeadAttention", { num_heads: 2, key_dim: 8 }, [_, 10, 16], [_, 6, 16]);
    expect(applied.ok && applied.value.outputs).toEqual([[_, 10, 16]]);
    expect(applied.ok && parametersOf(applied.value)).toBe(1088);
  });

  it("merges what broadcasts, and joins along an axis", () => {
    expect(apply("Add", {}, [_, 8, 8, 4], [_, 1, 1, 4])).toMatchObject({ value: { outputs: [[_, 8, 8, 4]] } });
    expect(apply("Concatenate", {}, [_, 8, 8, 4], [_, 8, _, 2])).toMatchObject({ value: { outputs: [[_, 8, 8, 6]] } });
  });

  it.each([
    ["Conv2D", { filters: 8, kernel_size: 3 }, [[_, 784]], /needs rows and columns and channels, but gets 784/],
    ["Conv2D", { filters: 8, kernel_size: 5 }, [[_, 4, 4, 1]], /kernel_size 5x5 does not fit into 4x4/],
    ["MaxPooling2D", {}, [[_, 1, 1, 8]], /pool_size 2x2 does not fit into 1x1/],
    [
      "Add",
      {},
      [
        [_, 8, 8, 4],
        [_, 8, 8, 6],
      ],
      /8x8x4 and 8x8x6/,
    ],
    [
      "Concatenate",
      {},
      [
        [_, 8, 8, 4],
        [_, 4, 4, 4],
      ],
      /differ only in axis 3, but gets 8x8x4 and 4x4x4/,
    ],
    ["Reshape", { target_shape: [7, 7] }, [[_, 48]], /7x7 has 49 numbers, but its input 48 has 48/],
    ["Dense", {}, [[_, 4]], /needs units/],
  ] as const)("%s %j refuses %j", (className, data, [first, ...others], message) => {
    const applied = apply(className, data, first, ...others);
    expect(applied.ok ? "" : applied.error.message).toMatch(message);
  });

  it("answer for every row, whatever comes in", () => {
    for (const row of KERAS_LAYERS) {
      for (const shape of [undefined, [], [_], [_, _], [_, 3, _], [_, 0, 0, 0], [_, 1e9, 1e9, 1e9, 1e9]]) {
        for (const data of [{}, Object.fromEntries(Object.keys(row.signature).map((name) => [name, undefined]))]) {
          expect(() => applyKerasLayer(row, data, [shape, shape]), row.className).not.toThrow();
        }
      }
    }
  });
});
