import { imageAxes } from "../../program/shapes.js";
import type { Convolution, Padding } from "../../program/types.js";
import { isDepthwise } from "./depthwise.js";
import { type Step, type Tensor, WIDTH, type Workshop } from "./emit.js";
import { imagesFor, type PaddedImages, paddedImages } from "./images.js";
import { packing, runsOf } from "./panels.js";

const FLOAT = WIDTH.float32;
/** Pixels of one row of all images of a block: a product may be over no more than that. */
const PIXELS = 48;

/** One axis of the image: position i takes tap k's share of output (i + before - k * dilation) / stride, where that is whole. */
interface AxisOfImage {
  readonly size: number;
  readonly taps: number;
  readonly stride: number;
  readonly dilation: number;
  readonly before: number;
}

/** Positions that take shares of the same taps: the output that a position takes a tap's share of is base - back. */
interface Phase {
  readonly positions: readonly { readonly position: number; readonly base: number }[];
  readonly taps: readonly { readonly tap: number; readonly back: number }[];
}

/** Positions with the same remainder by the stride meet the same taps, which near the borders lie partly outside. */
function phasesOf({ size, taps, stride, dilation, before }: AxisOfImage): Phase[] {
  return Array.from({ length: stride }, (_, remainder) => ({
    positions: Array.from({ length: size }, (_, position) => ({ position, base: Math.floor((position + before) / stride) })).filter(
      ({ position }) => (position + before) % stride === remainder,
    ),
    taps: Array.from({ length: taps }, (_, tap) => ({ tap, back: (tap * dilation - remainder) / stride }))
      .filter(({ back }) => Number.isInteger(back))
      .reverse(),
  })).filter(({ positions }) => positions.length > 0);
}

/** Splits a phase by the taps that lie inside, so that no zeros are multiplied. */
function splitByTaps({ positions, taps }: Phase, outputs: number): Phase[] {
  const phases = new Map<string, { positions: Phase["positions"][number][]; taps: Phase["taps"] }>();
  for (const at of positions) {
    const inside = taps.filter(({ back }) => at.base - back >= 0 && at.base - back < outputs);
    const key = inside.map(({ tap }) => tap).join();
    const phase = phases.get(key);
    if (phase) phase.positions.push(at);
    else phases.set(key, { positions: [at], taps: inside });
  }
  return [...phases.values()];
}

/** Zeros to put around the outputs, so that every share that is asked for exists. */
function paddingOf(phases: readonly Phase[], outputs: number): readonly [before: number, after: number] {
  const asked = phases.flatMap(({ positions, taps }) => positions.flatMap(({ base }) => taps.map(({ back }) => base - back)));
  return [Math.max(0, ...asked.map((output) => -output)), Math.max(0, ...asked.map((output) => output - outputs + 1))];
}

interface PhaseTables {
  readonly pixels: number;
  readonly pixelsPerImage: number;
  readonly image: readonly number[];
  readonly kernel: readonly number[];
}

/** The tables of kernels/multiply.ts for two phases, `gradients` being the padded gradients. */
function tablesOf(
  { table }: Workshop,
  gradients: PaddedImages,
  padding: Padding,
  shapes: { readonly image: readonly number[]; readonly kernel: readonly number[] },
  [rows, columns]: readonly [Phase, Phase],
): PhaseTables {
  const [, height, width, channels] = imageAxes(shapes.image);
  const [, kernelWidth, groupChannels, filters] = imageAxes(shapes.kernel);
  const [top, , left] = padding;
  const pixels: number[] = [];
  for (let image = 0; image < gradients.perBlock; image++)
    for (const row of rows.positions)
      for (const column of columns.positions) {
        const inImage = (row.base + top) * gradients.rowBytes + (column.base + left) * gradients.pixelBytes;
        pixels.push(image * gradients.imageBytes + inImage);
        pixels.push(((image * height + row.position) * width + column.position) * channels * FLOAT);
      }
  const taps = rows.taps.flatMap((row) => columns.taps.map((column) => ({ row, column })));
  return {
    pixels: table(pixels),
    pixelsPerImage: rows.positions.length * columns.positions.length,
    image: taps.map(({ row, column }) => -row.back * gradients.rowBytes - column.back * gradients.pixelBytes),
    kernel: taps.map(({ row, column }) => (row.tap * kernelWidth + column.tap) * groupChannels * filters * FLOAT),
  };
}

/**
 * The gradient by the input is a convolution of the padded gradients with the kernel turned around: one for each phase of the image, with
 * the taps that reach it, so that no zeros that strides or borders bring in are multiplied.
 */
export function inputGradient(convolution: Convolution, workshop: Workshop, dx: Tensor, kernel: Tensor, dy: Tensor): Step {
  const { kernels } = workshop;
  const { groups, strides, dilation, padding } = convolution;
  const [, height, width, channels] = imageAxes(dx.shape);
  const [, outputHeight, outputWidth, filters] = imageAxes(dy.shape);
  const [kernelHeight, kernelWidth, groupChannels] = imageAxes(kernel.shape);
  const rows = { size: height, taps: kernelHeight, stride: strides[0], dilation: dilation[0], before: padding[0] };
  const columns = { size: width, taps: kernelWidth, stride: strides[1], dilation: dilation[1], before: padding[2] };
  // Only by rows: what is left of a row is too short to be worth a product of its own.
  const rowPhases = phasesOf(rows).flatMap((phase) => splitByTaps(phase, outputHeight));
  const columnPhases = phasesOf(columns);
  const around: Padding = [...paddingOf(rowPhases, outputHeight), ...paddingOf(columnPhases, outputWidth)];
  const gradients = paddedImages(workshop, dy, around, imagesFor(PIXELS, width));
  const groupFilters = filters / groups;
  const depthwise = isDepthwise(kernel.shape, groups);
  const shapes = { image: dx.shape, kernel: kernel.shape };

  const phases = rowPhases
    .flatMap((row) => columnPhases.map((column) => tablesOf(workshop, gradients, around, shapes, [row, column])))
    .map((phase) => (depthwise ? depthwisePhase(phase) : groupedPhase(phase)));

  function depthwisePhase({ pixels, pixelsPerImage, image, kernel: offsets }: PhaseTables) {
    const taps = workshop.table(image.flatMap((offset, i) => [offset, offsets[i] ?? 0]));
    const run = (from: number, to: number, images: number) =>
      kernels.depthwiseRows(from, to, pixels, images * pixelsPerImage, taps, image.length, kernel.address, channels, 0, -Infinity);
    return { pack: () => {}, run };
  }

  function groupedPhase({ pixels, pixelsPerImage, image, kernel: offsets }: PhaseTables) {
    const runs = runsOf(workshop, image, groupFilters * FLOAT);
    const panels = Array.from({ length: groups }, (_, group) =>
      packing(workshop, {
        address: kernel.address + group * groupFilters * FLOAT,
        taps: offsets,
        rowsPerTap: groupFilters,
        rowStride: FLOAT,
        columnStride: filters * FLOAT,
        columns: groupChannels,
        bias: 0,
      }),
    );
    const pack = () => {
      for (const panel of panels) panel.pack();
    };
    const run = (from: number, to: number, images: number) => {
      panels.forEach(({ packed }, group) => {
        const a = from + group * groupFilters * FLOAT;
        const c = to + group * groupChannels * FLOAT;
        const rows = images * pixelsPerImage;
        kernels.multiplyRows(a, c, pixels, rows, runs.address, runs.count, runs.bytes, packed, groupChannels, -Infinity);
      });
    };
    return { pack, run };
  }

  return () => {
    for (const { pack } of phases) pack();
    gradients.eachBlock((from, first, images) => {
      const to = dx.address + first * height * width * channels * FLOAT;
      for (const { run } of phases) run(from, to, images);
    });
  };
}
