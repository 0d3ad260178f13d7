import { describe, expect, it } from "vitest";
import { readSaved } from "../../../src/saved/readSaved.js";
import { temporaryFolder } from "./temporary.js";

const write = temporaryFolder();
const CONV = { filters: 4, kernel_size: [3, 3] };
const HDF5_START = new Uint8Array([0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0, 0, 8, 8, 0]);
const layer = (className: string, name: string, config: object, from: string[] = []) => ({
  class_name: className,
  name,
  config: { name, ...config },
  inbound_nodes: from.length > 0 ? [from.map((each) => [each, 0, 0, {}])] : [],
});
const model = (layers: object[], output: string, rest: object = {}) =>
  JSON.stringify({
    modelTopology: {
      model_config: { class_name: "Model", config: { name: "m", layers, input_layers: [["x", 0, 0]], output_layers: [[output, 0, 0]] } },
    },
    ...rest,
  });
const input = layer("InputLayer", "x", { batch_input_shape: [null, 8, 8, 3] });
let count = 0;
const read = (json: string) => readSaved(write(`model${count++}.json`, json));

describe("layers models of TensorFlow.js and Keras", () => {
  it("are applied in the order their graph says, whatever order they are listed in", async () => {
    const reading = await read(
      model([layer("Add", "sum", {}, ["a", "b"]), layer("Conv2D", "b", CONV, ["x"]), layer("Conv2D", "a", CONV, ["x"]), input], "sum"),
    );
    expect(reading).toMatchObject({ framework: "tfjs", inputs: [[undefined, 8, 8, 3]], totalParameters: 224, problems: [] });
    expect(reading?.layers.map(({ name }) => name)).toEqual(["b", "a", "sum"]);
    expect(reading?.outputs).toEqual([[undefined, 6, 6, 4]]);
    expect(reading?.edges).toContainEqual([0, 2]);
  });

  it("say of classes that are not in the file that they are unknown", async () => {
    const reading = await read(model([input, layer("Custom>Mine", "mine", {}, ["x"])], "mine"));
    expect(reading?.problems.map(({ message }) => message)).toEqual([expect.stringMatching(/^Mine "mine" is a class of the program/)]);
  });

  it("say what functions of TensorFlow between layers make, and of those they do not know that they are unknown", async () => {
    const call = (name: string, node: unknown, className = "TFOpLambda") => ({
      class_name: className,
      name: `tf.${name}`,
      config: { name: `tf.${name}`, function: name },
      inbound_nodes: [node],
    });
    const whole = { start: null, stop: null, step: null };
    const reading = await read(
      model(
        [
          input,
          call("math.subtract", ["_CONSTANT_VALUE", -1, 1.0, { y: ["x", 0, 0], name: null }]),
          call("__operators__.getitem", ["tf.math.subtract", 0, 0, { slice_spec: [whole, { ...whole, start: 2 }, 0] }], "SlicingOpLambda"),
          call("stack", [
            ["tf.__operators__.getitem", 0, 0, { axis: 1 }],
            ["tf.__operators__.getitem", 0, 0, { axis: 1 }],
          ]),
          call("signal.fft", ["tf.stack", 0, 0, {}]),
        ],
        "tf.signal.fft",
      ),
    );
    expect(reading?.layers.map(({ outputs }) => outputs[0])).toEqual([
      [undefined, 8, 8, 3],
      [undefined, 6, 3],
      [undefined, 2, 6, 3],
      undefined,
    ]);
    expect(reading?.problems.map(({ message, severity }) => [severity, message])).toEqual([
      ["warning", 'TFOpLambda "tf.signal.fft" calls tf.signal.fft, of which only TensorFlow knows the shape'],
    ]);
  });

  it("say which function of TensorFlow refuses its tensors", async () => {
    const add = {
      class_name: "TFOpLambda",
      name: "sum",
      config: { name: "sum", function: "__operators__.add" },
      inbound_nodes: [["a", 0, 0, { y: ["x", 0, 0] }]],
    };
    const reading = await read(model([input, layer("Conv2D", "a", CONV, ["x"]), add], "sum"));
    expect(reading?.problems.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^TFOpLambda "sum" tf.__operators__.add needs shapes that broadcast/) as string,
    ]);
  });

  it.each([
    ["cycles", model([input, layer("Add", "a", {}, ["x", "b"]), layer("ReLU", "b", {}, ["a"])], "b"), /layer a waits for its own result/],
    [
      "missing layers",
      model([input, layer("ReLU", "a", {}, ["nowhere"])], "a"),
      /waits for its own result or for a layer that is not there/,
    ],
    ["no layers", JSON.stringify({ modelTopology: { class_name: "Model", config: {} } }), /has no list of layers/],
    [
      "weights outside the folder",
      model([input, layer("ReLU", "a", {}, ["x"])], "a", { weightsManifest: [{ paths: ["../secret.bin"], weights: [] }] }),
      /outside its own folder/,
    ],
    ["damaged HDF5", `\u{89}`, /./],
  ])("%s are refused in one sentence", async (what, json, message) => {
    const file = what === "damaged HDF5" ? write("cut.h5", HDF5_START) : write(`broken${count++}.json`, json);
    await expect(readSaved(file)).rejects.toThrow(message);
  });
});
