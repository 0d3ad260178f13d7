import { describe, expect, it } from "vitest";
import { readSaved, readTensor } from "../../../src/saved/readSaved.js";
import { floats } from "./checkpointFile.js";
import { safetensorsFile } from "./safetensorsFile.js";
import { temporaryFolder } from "./temporary.js";

const write = temporaryFolder();
const entry = (shape: readonly number[], begin: number, end: number, dtype = "F32") => ({ dtype, shape, data_offsets: [begin, end] });

describe("safetensors", () => {
  it("names its tensors in the order of their numbers", async () => {
    const header = { __metadata__: { format: "pt" }, b: entry([2], 16, 24), a: entry([2, 2], 0, 16) };
    const file = write("two.safetensors", safetensorsFile(header, floats(1, 2, 3, 4, 5, 6)));
    const reading = await readSaved(file);
    expect(reading?.framework).toBe("safetensors");
    expect(reading?.tensors).toEqual([
      { name: "a", shape: [2, 2], dtype: "float32" },
      { name: "b", shape: [2], dtype: "float32" },
    ]);
    expect(reading?.totalParameters).toBe(6);
    expect([...(await readTensor(file, "b")).data]).toEqual([5, 6]);
  });

  it.each([
    ["BF16", [0xc0, 0x3f], 1.5],
    ["F16", [0x00, 0xc1], -2.5],
    ["F64", [0, 0, 0, 0, 0, 0, 0x04, 0x40], 2.5],
    ["I64", [0xfe, 255, 255, 255, 255, 255, 255, 255], -2],
    ["U8", [200], 200],
    ["BOOL", [1], 1],
    ["F8_E4M3", [0x3c], 1.5],
    ["F8_E5M2", [0xbc], -1],
  ])("reads %s", async (dtype, bytes, number) => {
    const file = write("one.safetensors", safetensorsFile({ x: entry([1], 0, bytes.length, dtype) }, Uint8Array.from(bytes)));
    expect([...(await readTensor(file, "x")).data]).toEqual([number]);
  });

  it.each([
    ["overlapping numbers", { a: entry([2], 0, 8), b: entry([2], 4, 12) }, /a and b overlap/],
    ["numbers beyond the end", { a: entry([400], 0, 1600) }, /a would be at 0 to 1600, beyond its end/],
    ["a shape that needs other bytes", { a: entry([3], 0, 8) }, /a of shape 3 and type float32 cannot take 8 bytes/],
    ["a shape below zero", { a: entry([-2], 0, 8) }, /a has no shape/],
    ["an absurd shape", { a: entry([2 ** 40, 2 ** 40], 0, 8) }, /cannot take 8 bytes/],
    ["no object", "{x]", /its header is no JSON object/],
  ])("refuses %s", async (_, header, message) => {
    const file = write("broken.safetensors", safetensorsFile(header, floats(1, 2, 3)));
    await expect(readSaved(file)).rejects.toThrow(message);
    await expect(readSaved(file)).rejects.toHaveProperty("name", "UserError");
  });

  it("refuses a header longer than the file", async () => {
    const bytes = safetensorsFile({ a: entry([2], 0, 8) }, floats(1, 2));
    bytes.set([0xff, 0xff, 0xff, 0x7f], 0);
    await expect(readSaved(write("long.safetensors", bytes))).rejects.toThrow(/its header would have 2147483647 bytes/);
  });
});
