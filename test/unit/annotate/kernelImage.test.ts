import { PNG } from "pngjs";
import { describe, expect, it } from "vitest";
import { kernelImage } from "../../../src/host/annotate/kernelImage.js";

const decode = (uri: string) => PNG.sync.read(Buffer.from(uri.replace("data:image/png;base64,", ""), "base64"));
const pixel = ({ data, width }: PNG, x: number, y: number) => [...data.subarray(4 * (y * width + x), 4 * (y * width + x) + 3)];
const weightsOf = (kernelShape: readonly number[], at: (index: number) => number) => ({
  layer: "a",
  step: 10,
  kernelShape,
  kernel: Float32Array.from({ length: kernelShape.reduce((a, b) => a * b, 1) }, (_, i) => at(i)),
});

const RED = [0x67, 0x00, 0x1f];
/** A step beside the end: 0 is in the middle of 256 colours, so that one side has one more. */
const BLUE = [6, 50, 100];
const GREY = [128, 128, 128];

describe("the kernels' image", () => {
  it("has a tile for each filter: positive red, negative blue", () => {
    // Two 2x2 filters at two channels; at channel 0 the first is all 1, the second all -1, elsewhere 0.
    const { uri, text } = kernelImage(weightsOf([2, 2, 2, 2], (i) => [1, -1, 0, 0][i % 4] ?? 0));
    const image = decode(uri);
    expect(text).toBe("2 filters at input channel 0, \u00b11");
    expect([image.width, image.height]).toEqual([2 * 32 + 4, 32]);
    expect([pixel(image, 0, 0), pixel(image, 5, 20), pixel(image, 36 + 20, 20)]).toEqual([GREY, RED, BLUE]);
    expect(image.data[4 * 33 + 3]).toBe(0);
  });

  it("keeps to the first of many filters, in rows", () => {
    const { uri, text } = kernelImage(weightsOf([3, 3, 1, 100], () => 0.5));
    expect(text).toBe("the first 20 of 100 filters, \u00b10.5");
    expect(decode(uri).width).toBeLessThanOrEqual(380);
  });

  it.each([
    [[84, 10], 4 * 84 + 2],
    [[2000, 300], undefined],
    [[1, 1, 64, 32], undefined],
  ])("of %j weights is one map of units and inputs, and small", (shape, width) => {
    const { uri, text } = kernelImage(weightsOf(shape, (i) => Math.sin(i)));
    const image = decode(uri);
    if (width !== undefined) expect(image.width).toBe(width);
    expect(image.width).toBeLessThanOrEqual(382);
    expect(image.height).toBeLessThanOrEqual(68);
    expect(uri.length).toBeLessThan(60_000);
    expect(text).toContain(`${shape.at(-1)} units down, ${shape.at(-2)} inputs across`);
  });
});
