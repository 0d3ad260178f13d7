import { beforeAll, describe, expect, it } from "vitest";
import { sourceLanguage } from "../../../../src/reading/languages.js";
import { Source } from "../../../../src/reading/source.js";
import { packagedGrammars } from "../../../fixtures/grammars.js";

const grammars = packagedGrammars();
beforeAll(() => grammars.load("python"));

/** A model of one layer after its input. */
const read = (layer: string, input = "(28, 28, 3)") => {
  const text = `from keras import Input, Sequential, layers\nmodel = Sequential([Input(${input}), layers.${layer}])\n`;
  const { layers, problems } = new Source(text, sourceLanguage("python", grammars), { file: "net.py", patience: 25 }).read("model");
  const told = problems.map(({ message, severity, range }) => `${severity} at ${text.slice(range.start, range.end)}: ${message}`);
  return { output: layers.at(-1)?.outputs[0]?.slice(1), told };
};

it("is said of the models that have the layer alone", () => {
  const text = "from keras import Sequential, layers\nwrong = Sequential([layers.Dense(unit=2)])\nright = Sequential([layers.Dense(2)])\n";
  const source = new Source(text, sourceLanguage("python", grammars), { file: "net.py", patience: 25 });
  expect(["wrong", "right"].map((model) => source.read(model).problems.filter(({ severity }) => severity === "error").length)).toEqual([
    1, 0,
  ]);
});

describe("a keyword that no version of a layer of Keras has", () => {
  it.each([
    ["Conv2D(8, 3, stride=2)", [13, 13, 8], "error at 2: Conv2D has no argument stride; the nearest is strides"],
    ["Conv2D(8, kernal_size=5)", [24, 24, 8], "error at 5: Conv2D has no argument kernal_size; the nearest is kernel_size"],
    ["Conv2D(filter=8, kernel_size=3)", [26, 26, 8], "error at 8: Conv2D has no argument filter; the nearest is filters"],
    ["Dense(unit=10)", [28, 28, 10], "error at 10: Dense has no argument unit; the nearest is units"],
    ["MaxPooling2D(poolsize=4)", [7, 7, 3], "error at 4: MaxPooling2D has no argument poolsize; the nearest is pool_size"],
    ["Dropout(0.5, nane='drop')", [28, 28, 3], "error at 'drop': Dropout \"drop\" has no argument nane; the nearest is name"],
  ])("is said at its value, and taken for the nearest: %s", (layer, output, problem) => {
    expect(read(layer)).toEqual({ output, told: [problem] });
  });

  it.each([
    ["Conv2D(8, 3, kernel_constraint=None, name='first', dtype='float32')", "(28, 28, 3)"],
    ["Convolution2D(nb_filter=8, nb_row=3, nb_col=3, border_mode='valid')", "(28, 28, 3)"],
    ["MaxPooling1D(pool_length=2, stride=2)", "(28, 3)"],
    ["LSTM(8, recurrent_regularizer=None, recurrent_constraint=None, unit_forget_bias=True)", "(28, 3)"],
    ["SeparableConv2D(8, 3, depthwise_regularizer=None, pointwise_constraint=None)", "(28, 28, 3)"],
    ["Dense(10, quantization_config=None)", "(28,)"],
  ])("is not an argument of another version: %s", (layer, input) => {
    expect(read(layer, input).told).toEqual([]);
  });
});
