import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { encode as encodeJpeg } from "jpeg-js";
import { PNG } from "pngjs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { contactSheet } from "../../../src/data/pictures/contactSheet.js";
import { readPicture } from "../../../src/data/pictures/decode.js";
import { fitPicture } from "../../../src/data/pictures/fit.js";
import { resize } from "../../../src/data/pictures/resize.js";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "cnn-pictures-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

const gray = (width: number, height: number, values: readonly number[]) => ({
  width,
  height,
  channels: 1,
  data: Float32Array.from(values),
});
function save(name: string, bytes: Uint8Array): string {
  writeFileSync(path.join(folder, name), bytes);
  return path.join(folder, name);
}
function png(width: number, height: number, rgba: readonly number[]): Buffer {
  const image = new PNG({ width, height });
  image.data.set(rgba);
  return PNG.sync.write(image);
}

const COLOURS = [
  [255, 0, 0],
  [0, 255, 0],
  [0, 0, 255],
  [255, 255, 255],
] as const;

/** A BMP of 2x2 pixels in those colours: BITMAPINFOHEADER, without compression; up to 8 bits with a palette, a negative height from the top. */
function bmp(bits: number, height: number): Buffer {
  const palette = bits <= 8 ? COLOURS.length : 0;
  const pitch = 4 * Math.ceil((2 * bits) / 32);
  const pixels = 54 + 4 * palette;
  const file = Buffer.alloc(pixels + 2 * pitch);
  file.write("BM");
  for (const [at, value] of [
    [2, file.length],
    [10, pixels],
    [14, 40],
    [18, 2],
    [46, palette],
  ] as const)
    file.writeUInt32LE(value, at);
  file.writeInt32LE(height, 22);
  file.writeUInt16LE(1, 26);
  file.writeUInt16LE(bits, 28);
  const put = ([red, green, blue]: (typeof COLOURS)[number], at: number): void => {
    file.set([blue, green, red], at);
  };
  if (palette > 0) for (const [i, colour] of COLOURS.entries()) put(colour, 54 + 4 * i);
  for (const [i, colour] of COLOURS.entries()) {
    const [x, y] = [i % 2, Math.floor(i / 2)];
    const row = pixels + pitch * (height < 0 ? y : 1 - y);
    if (bits === 4) file[row] = (file[row] ?? 0) | (i << (x === 0 ? 4 : 0));
    else if (bits === 8) file[row + x] = i;
    else put(colour, row + (x * bits) / 8);
  }
  return file;
}

describe("resize", () => {
  it("keeps a raster of the same size", () => {
    const raster = gray(3, 2, [1, 2, 3, 4, 5, 6]);
    expect([...resize(raster, 3, 2).data]).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it("keeps a flat picture flat at any size, in every channel", () => {
    const flat = { width: 5, height: 7, channels: 3, data: Float32Array.from({ length: 105 }, (_, i) => [10, 20, 30][i % 3] ?? 0) };
    for (const [width, height] of [
      [2, 3],
      [5, 7],
      [11, 13],
    ] as const) {
      const { data } = resize(flat, width, height);
      expect(data).toHaveLength(width * height * 3);
      data.forEach((value, i) => {
        expect(value).toBeCloseTo([10, 20, 30][i % 3] ?? 0, 4);
      });
    }
  });

  it("interpolates where it grows", () => {
    // Middles of four pixels lie at 0.25 - 0.5 = -0.25, 0.25, 0.75, 1.25 of the old ones.
    expect([...resize(gray(2, 1, [0, 100]), 4, 1).data]).toEqual([0, 25, 75, 100]);
  });

  it("grows from a single column or row", () => {
    expect([...resize(gray(1, 2, [3, 9]), 3, 2).data]).toEqual([3, 3, 3, 9, 9, 9]);
    expect([...resize(gray(2, 1, [3, 9]), 2, 3).data]).toEqual([3, 9, 3, 9, 3, 9]);
  });

  it("weighs all that it covers where it shrinks", () => {
    // Four to two: the first new pixel reaches from 0.5 by 2 either way: weights 0.75, 0.75, 0.25 of 0, 1, 2.
    const [first] = resize(gray(4, 1, [7, 0, 14, 0]), 2, 1).data;
    expect(first).toBeCloseTo((0.75 * 7 + 0.25 * 14) / 1.75, 4);
    const [rows] = resize(gray(1, 4, [7, 0, 14, 0]), 1, 2).data;
    expect(rows).toBeCloseTo(first ?? 0, 5);
  });
});

describe("pictures", () => {
  it("are read from PNG, brightness taken and transparency laid on white", async () => {
    const file = save("a.png", png(2, 1, [255, 0, 0, 255, 0, 0, 0, 0]));
    expect([...fitPicture(await readPicture(file), { shape: [1, 2, 1], invert: false })]).toEqual([76, 255]);
    expect([...fitPicture(await readPicture(file), { shape: [1, 2, 1], invert: true })]).toEqual([179, 0]);
    expect([...fitPicture(await readPicture(file), { shape: [1, 2, 3], invert: false })]).toEqual([255, 0, 0, 255, 255, 255]);
  });

  it("are read from JPEG", async () => {
    const data = Buffer.alloc(8 * 8 * 4, 200);
    const file = save("a.jpg", encodeJpeg({ width: 8, height: 8, data }, 90).data);
    expect([...fitPicture(await readPicture(file), { shape: [1, 1, 1], invert: false })][0]).toBeCloseTo(200, -1);
  });

  it.each([
    [4, 2],
    [8, 2],
    [8, -2],
    [24, 2],
    [24, -2],
    [32, 2],
  ])("are read from BMP with %i bits a pixel and a height of %i", async (bits, height) => {
    const { width, rgba } = await readPicture(save("a.bmp", bmp(bits, height)));
    expect(width).toBe(2);
    expect([...rgba]).toEqual(COLOURS.flatMap((colour) => [...colour, 255]));
  });

  it("that are none are named", async () => {
    await expect(readPicture(save("a.txt", Buffer.from("hello")))).rejects.toThrow("a.txt is not a PNG, JPEG or BMP picture");
    await expect(readPicture(save("empty.png", Buffer.alloc(0)))).rejects.toThrow("empty.png is");
    await expect(readPicture(save("cut.png", png(9, 9, []).subarray(0, 40)))).rejects.toThrow("cut.png is a damaged picture");
    await expect(readPicture(path.join(folder, "gone.png"))).rejects.toThrow("gone.png cannot be read (ENOENT)");
  });
});

describe("contact sheet", () => {
  it("shows each class in a column", () => {
    const split = { count: 3, images: Uint8Array.of(10, 20, 30), labels: Int32Array.of(1, 0, 1) };
    const sheet = PNG.sync.read(Buffer.from(contactSheet({ shape: [1, 1, 1], classes: ["a", "b"] }, split, 2)));
    expect([sheet.width, sheet.height]).toEqual([8, 8]);
    const at = (x: number, y: number) => sheet.data[(y * 8 + x) * 4];
    expect([at(2, 2), at(5, 2), at(2, 5), at(5, 5)]).toEqual([20, 10, 48, 30]);
  });
});
