import { elementCount, imageAxes } from "../../program/shapes.js";
import type { Convolution } from "../../program/types.js";
import { isDepthwise } from "./depthwise.js";
import { type Emits, type Epilogue, type Step, type Tensor, WIDTH, type Workshop } from "./emit.js";
import { imagesFor, type PaddedImages, paddedImages } from "./images.js";
import { inputGradient } from "./inputGradient.js";
import { packing, panelRoom, runsOf } from "./panels.js";

const FLOAT = WIDTH.float32;
/** Output pixels of a block. */
const PIXELS = 192;

/** For each output pixel of a block: where its patch starts, and where its numbers are. */
function pixelTable({ table }: Workshop, images: PaddedImages, { strides }: Convolution, outputShape: readonly number[]): number {
  const [, height, width, filters] = imageAxes(outputShape);
  const entries: number[] = [];
  for (let image = 0; image < images.perBlock; image++)
    for (let row = 0; row < height; row++)
      for (let column = 0; column < width; column++) {
        const patch = image * images.imageBytes + row * strides[0] * images.rowBytes + column * strides[1] * images.pixelBytes;
        entries.push(patch, ((image * height + row) * width + column) * filters * FLOAT);
      }
  return table(entries);
}

/** Byte offsets of the kernel's taps from the start of a patch, and into the kernel itself. */
function tapOffsets(images: PaddedImages, { dilation }: Convolution, kernelShape: readonly number[]) {
  const [height, width, groupChannels, filters] = imageAxes(kernelShape);
  const positions = Array.from({ length: height * width }, (_, tap) => [Math.floor(tap / width), tap % width] as const);
  return {
    image: positions.map(([row, column]) => row * dilation[0] * images.rowBytes + column * dilation[1] * images.pixelBytes),
    kernel: positions.map((_, tap) => tap * groupChannels * filters * FLOAT),
  };
}

const interleave = (a: readonly number[], b: readonly number[]): number[] => a.flatMap((value, i) => [value, b[i] ?? 0]);

function conv2d(convolution: Convolution, workshop: Workshop & Epilogue, y: Tensor, x: Tensor, kernel: Tensor): Step {
  const { kernels, bias, floor } = workshop;
  const { groups } = convolution;
  const [, height, width, filters] = imageAxes(y.shape);
  const [, , groupChannels] = imageAxes(kernel.shape);
  const images = paddedImages(workshop, x, convolution.padding, imagesFor(PIXELS, height * width));
  const pixels = pixelTable(workshop, images, convolution, y.shape);
  const taps = tapOffsets(images, convolution, kernel.shape);
  const imageBytes = height * width * filters * FLOAT;

  if (isDepthwise(kernel.shape, groups)) {
    const table = workshop.table(interleave(taps.image, taps.kernel));
    return () =>
      images.eachBlock((from, first, count) => {
        const to = y.address + first * imageBytes;
        const rows = count * height * width;
        kernels.depthwiseRows(from, to, pixels, rows, table, taps.image.length, kernel.address, filters, bias?.address ?? 0, floor);
      });
  }

  const groupFilters = filters / groups;
  const runs = runsOf(workshop, taps.image, groupChannels * FLOAT);
  const groupPanels = Array.from({ length: groups }, (_, group) =>
    packing(workshop, {
      address: kernel.address + group * groupFilters * FLOAT,
      taps: taps.kernel,
      rowsPerTap: groupChannels,
      rowStride: filters * FLOAT,
      columnStride: FLOAT,
      columns: groupFilters,
      bias: bias ? bias.address + group * groupFilters * FLOAT : 0,
    }),
  );
  return () => {
    for (const { pack } of groupPanels) pack();
    images.eachBlock((from, first, count) => {
      const to = y.address + first * imageBytes;
      groupPanels.forEach(({ packed }, group) => {
        const a = from + group * groupChannels * FLOAT;
        const c = to + group * groupFilters * FLOAT;
        kernels.multiplyRows(a, c, pixels, count * height * width, runs.address, runs.count, runs.bytes, packed, groupFilters, floor);
      });
    });
  };
}

function kernelGradient(convolution: Convolution, workshop: Workshop, dkernel: Tensor, x: Tensor, dy: Tensor): Step {
  const { kernels } = workshop;
  const { groups } = convolution;
  const [, height, width, filters] = imageAxes(dy.shape);
  const [, , groupChannels] = imageAxes(dkernel.shape);
  const images = paddedImages(workshop, x, convolution.padding, imagesFor(PIXELS, height * width));
  const pixels = pixelTable(workshop, images, convolution, dy.shape);
  const taps = tapOffsets(images, convolution, dkernel.shape);
  const imageBytes = height * width * filters * FLOAT;
  const groupFilters = filters / groups;
  const depthwise = isDepthwise(dkernel.shape, groups);
  const tapTable = workshop.table(interleave(taps.image, taps.kernel));
  const runs = runsOf(workshop, taps.image, groupChannels * FLOAT);
  const panel = panelRoom(workshop, images.perBlock * height * width);
  const size = elementCount(dkernel.shape);

  const block = (from: number, by: number, rows: number) => {
    if (depthwise) return kernels.depthwiseKernelRows(from, by, pixels, rows, tapTable, taps.image.length, dkernel.address, filters);
    for (let group = 0; group < groups; group++) {
      const a = from + group * groupChannels * FLOAT;
      const offset = group * groupFilters * FLOAT;
      const out = dkernel.address + offset;
      const { address, count, bytes } = runs;
      kernels.correlateRows(a, by + offset, pixels, rows, address, count, bytes, groupFilters, out, filters * FLOAT, panel);
    }
  };
  return () => {
    kernels.fill(dkernel.address, size, 0);
    images.eachBlock((from, first, count) => block(from, dy.address + first * imageBytes, count * height * width));
  };
}

export const convolution: Emits<"conv2d" | "conv2dInputGradient" | "conv2dKernelGradient"> = {
  conv2d: (operation, workshop, y, x, kernel) => conv2d(operation, workshop, y, x, kernel),
  conv2dInputGradient: (operation, workshop, dx, kernel, dy) => inputGradient(operation, workshop, dx, kernel, dy),
  conv2dKernelGradient: (operation, workshop, dkernel, x, dy) => kernelGradient(operation, workshop, dkernel, x, dy),
};
