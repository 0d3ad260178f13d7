import { imageAxes } from "../../../program/shapes.js";
import type { Padding, Pair, Window } from "../../../program/types.js";
import { FLOAT, type Graph, type Output } from "../graph.js";
import type { LoweringTable, Tensor } from "./lowering.js";
import { crop, isZero, namedPadding, pad } from "./padding.js";

/** The lowest float32: as padding it never wins. */
const LOWEST = -3.4028234663852886e38;

const attributesOf = (window: Window, padding: "SAME" | "VALID") => ({
  ...FLOAT,
  ksize: { ints: [1, ...window.size, 1] },
  strides: { ints: [1, ...window.strides, 1] },
  padding: { text: padding },
  data_format: { text: "NHWC" },
});

const imageSize = (x: Tensor): Pair => {
  const [, height, width] = imageAxes(x.shape);
  return [height, width];
};

/** Padding TensorFlow has no name for is put on before: the window over the padded image. */
function framed(graph: Graph, x: Tensor, window: Window, padding: Padding, value: number): Tensor {
  if (isZero(padding)) return x;
  const [examples, height, width, channels] = imageAxes(x.shape);
  const [top, bottom, left, right] = window.padding;
  return { ...x, output: pad(graph, x.output, padding, value), shape: [examples, height + top + bottom, width + left + right, channels] };
}

/** Which padding the kernel does, and which is done before it. */
function divide(x: Tensor, window: Window, same: boolean): { readonly named: "SAME" | "VALID"; readonly before: Padding } {
  const named = same ? namedPadding({ ...window, image: imageSize(x), dilation: [1, 1] }) : undefined;
  return named ? { named, before: [0, 0, 0, 0] } : { named: "VALID", before: window.padding };
}

/** Entries that are real, not padding, under a window at each position along an axis. */
function realCounts(image: number, size: number, stride: number, before: number, positions: number): number[] {
  return Array.from({ length: positions }, (_, position) => {
    const start = position * stride - before;
    return Math.max(0, Math.min(start + size, image) - Math.max(start, 0));
  });
}

/** What averages over whole windows are multiplied by to be averages over real entries: [1, height, width, 1]. */
function correction(graph: Graph, x: Tensor, y: readonly number[], window: Window): Output {
  const [height, width] = imageSize(x);
  const [, rows, columns] = imageAxes(y);
  const { size, strides, padding } = window;
  const down = realCounts(height, size[0], strides[0], padding[0], rows);
  const across = realCounts(width, size[1], strides[1], padding[2], columns);
  const factors = down.flatMap((a) => across.map((b) => (a * b === 0 ? 0 : (size[0] * size[1]) / (a * b))));
  return graph.floats(factors, [1, rows, columns, 1]);
}

export const pooling = {
  pad2d: ({ graph, operation, input }) => [pad(graph, input(0).output, operation.padding, operation.value)],
  crop2d: ({ graph, operation, input, shape }) => {
    const [, height, width] = imageAxes(shape);
    return [crop(graph, input(0).output, operation.padding, [height, width])];
  },
  maxPool2d: ({ graph, operation, input }) => {
    const { named, before } = divide(input(0), operation, true);
    const x = framed(graph, input(0), operation, before, LOWEST);
    return [graph.add("MaxPool", [x.output], attributesOf(operation, named))];
  },
  maxPool2dGradient: ({ graph, operation, input }) => {
    const { named, before } = divide(input(0), operation, true);
    const x = framed(graph, input(0), operation, before, LOWEST);
    const dx = graph.add("MaxPoolGrad", [x.output, input(1).output, input(2).output], attributesOf(operation, named));
    return [isZero(before) ? dx : crop(graph, dx, before, imageSize(input(0)))];
  },
  averagePool2d: ({ graph, operation, input, shape }) => {
    const { named, before } = divide(input(0), operation, !operation.countPadding);
    const x = framed(graph, input(0), operation, before, 0);
    const mean = graph.add("AvgPool", [x.output], attributesOf(operation, named));
    if (isZero(before) || operation.countPadding) return [mean];
    return [graph.add("Mul", [mean, correction(graph, input(0), shape, operation)], FLOAT)];
  },
  averagePool2dGradient: ({ graph, operation, input }) => {
    const [dy, x] = [input(0), input(1)];
    const { named, before } = divide(x, operation, !operation.countPadding);
    const whole = isZero(before) || operation.countPadding;
    const scaled = whole ? dy.output : graph.add("Mul", [dy.output, correction(graph, x, dy.shape, operation)], FLOAT);
    const padded = framed(graph, x, operation, before, 0);
    const dx = graph.add("AvgPoolGrad", [graph.shapeOf(padded), scaled], attributesOf(operation, named));
    return [isZero(before) ? dx : crop(graph, dx, before, imageSize(x))];
  },
} satisfies Partial<LoweringTable>;
