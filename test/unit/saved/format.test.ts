import { mkdirSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { savedFormat } from "../../../src/saved/format.js";
import { checkpointZip, dictionary, floats, legacyCheckpoint, tensor, zip } from "./checkpointFile.js";
import { LENET, onnxFile } from "./onnxFile.js";
import { safetensorsFile } from "./safetensorsFile.js";
import { temporaryFolder } from "./temporary.js";

const write = temporaryFolder();
const state = dictionary({ w: tensor("0", [1]) });
const hdf5 = Uint8Array.from([0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0]);

describe("the format of a saved model", () => {
  it.each([
    ["onnx", onnxFile(LENET)],
    ["pytorchZip", checkpointZip(state, { 0: floats(1) })],
    ["pytorchLegacy", legacyCheckpoint(state, { 0: Float32Array.of(1) })],
    ["safetensors", safetensorsFile({ w: { dtype: "F32", shape: [1], data_offsets: [0, 4] } }, floats(1))],
    ["hdf5", hdf5],
    ["hdf5", Buffer.concat([new Uint8Array(512), hdf5])],
    ["kerasZip", zip([["config.json", Buffer.from("{}")]])],
    ["tfjsLayers", Buffer.from('{"format":"layers-model","modelTopology":{}}')],
    ["tfjsLayers", Buffer.from('\ufeff{"modelTopology":{"model_config":{}}}')],
    ["tfjsGraph", Buffer.from('{"modelTopology":{"node":[]}}')],
    [undefined, Buffer.from('{"name":"lenet"}')],
    [undefined, Buffer.from("name: lenet\n")],
  ])("is %s by its content, whatever its name", async (format, bytes) => {
    expect(await savedFormat(write("any.thing", bytes))).toBe(format);
  });

  it("is none for source code and networks of ours", async () => {
    for (const name of ["net.py", "net.cnn.json", "net.ipynb", "net.jl", "net.ts"])
      expect(await savedFormat(write(name, onnxFile(LENET)))).toBe(undefined);
  });

  it.each([
    ["cut.onnx", "", /cut\.onnx is empty/],
    ["noise.onnx", "not a model", /noise\.onnx is not an ONNX model, though its name says so/],
    ["weights.pt", "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\n", /get it with "git lfs pull"/],
    ["model.h5", "<!DOCTYPE html><html>", /is a web page/],
    ["model.tflite", "\x1c\0\0\0TFL3", /TensorFlow Lite/],
    ["frozen.pb", "\x0a\x10ab", /TensorFlow graph/],
    ["model.json", '{"modelTopology": {"node": [', /cut off or damaged/],
    ["noise.bin", "\0\0\0\x07\0", /no model of a kind that is read/],
  ])("is refused in a sentence: %s", async (name, content, message) => {
    const file = write(name, content);
    await expect(savedFormat(file)).rejects.toThrow(message);
    await expect(savedFormat(file)).rejects.toHaveProperty("name", "UserError");
  });

  it("is refused for folders and absent files", async () => {
    const folder = path.join(path.dirname(write("saved.txt", "")), "saved");
    mkdirSync(folder);
    await expect(savedFormat(folder)).rejects.toThrow(/is a folder, not a file/);
    write(path.join("saved", "saved_model.pb"), "");
    await expect(savedFormat(folder)).rejects.toThrow(/SavedModel, which is not read/);
    await expect(savedFormat(path.join(folder, "absent.onnx"))).rejects.toThrow(/there is no such file/);
  });
});
