import { product } from "../../../interpret/sizes.js";
import type { Size, TensorShape } from "../../../interpret/tensor.js";
import type { Reach } from "../../../layers/kind.js";
import { type Operands, one, type Rule, written } from "./rule.js";

interface Window {
  readonly kernel: readonly [Size, Size];
  readonly strides: readonly [Size, Size];
  readonly dilation: readonly [Size, Size];
  readonly padding: "same" | "valid" | number | undefined;
}

/** How far a window reaches, and how often it fits; tf.util's computeConv2DInfo. */
function slid(size: Size, axis: 0 | 1, { kernel, strides, dilation, padding }: Window): Size {
  const [length, stride, spread] = [kernel[axis], strides[axis], dilation[axis]];
  if (size === undefined || stride === undefined || padding === undefined) return undefined;
  if (padding === "same") return Math.ceil(size / stride);
  if (length === undefined || spread === undefined) return undefined;
  const around = padding === "valid" ? 0 : 2 * padding;
  return Math.floor((size + around - ((length - 1) * spread + 1)) / stride) + 1;
}

function reachOf(window: Window, spatial: readonly Size[]): Reach | undefined {
  const { kernel, strides, dilation } = window;
  const [top, left] = [zerosAround(spatial[0], 0, window), zerosAround(spatial[1], 1, window)];
  if (!top || !left || [...kernel, ...strides, ...dilation].includes(undefined)) return undefined;
  const pair = ([first = 1, second = 1]: readonly [Size, Size]): [number, number] => [first, second];
  return { kernel: pair(kernel), strides: pair(strides), dilation: pair(dilation), padding: [...top, ...left] };
}

/** Zeros before and after an axis. */
function zerosAround(size: Size, axis: 0 | 1, window: Window): readonly [number, number] | undefined {
  const { padding } = window;
  if (padding === "valid") return [0, 0];
  if (padding !== "same") return padding === undefined ? undefined : [padding, padding];
  const [count, length = 1, stride = 1, spread = 1] = [
    slid(size, axis, window),
    window.kernel[axis],
    window.strides[axis],
    window.dilation[axis],
  ];
  if (size === undefined || count === undefined) return undefined;
  const total = Math.max((count - 1) * stride + (length - 1) * spread + 1 - size, 0);
  return [Math.floor(total / 2), Math.ceil(total / 2)];
}

function paddingAt(args: Operands, at: number): Window["padding"] {
  const word = args.word(at);
  if (word === "same" || word === "valid") return word;
  return args.whole(at);
}

/** [height, width, channels] or a batch of those; `channels` of what comes out. */
function windowed(shape: TensorShape | undefined, window: Window, channels: Size): ReturnType<typeof one> {
  if (!shape || (shape.length !== 3 && shape.length !== 4)) return one(undefined);
  const batch = shape.length === 4 ? [shape[0]] : [];
  const [height, width] = shape.slice(-3);
  const reach = reachOf(window, [height, width]);
  return one([...batch, slid(height, 0, window), slid(width, 1, window), channels], reach && { reach });
}

const NO_DILATION = [1, 1] as const;
const UNKNOWN_PAIR = [undefined, undefined] as const;

/** conv2d(x, filter, strides, pad, dataFormat, dilations) */
const conv2d =
  (depthwise: boolean): Rule =>
  (args, fail) => {
    const [shape, filter] = [args.shape(0), args.shape(1)];
    const channels = shape?.at(-1);
    const needed = filter?.at(2);
    if (shape && filter && channels !== undefined && needed !== undefined && channels !== needed) {
      fail(`the input of shape ${written(shape)} has ${channels} channels, but the filter of shape ${written(filter)} is for ${needed}`);
    }
    const window: Window = {
      kernel: [filter?.[0], filter?.[1]],
      strides: args.pair(2, 1) ?? UNKNOWN_PAIR,
      padding: paddingAt(args, 3),
      dilation: (depthwise ? args.pair(4, 1) : args.pair(5, 1)) ?? UNKNOWN_PAIR,
    };
    return windowed(shape, window, depthwise ? product([filter?.[2], filter?.[3]]) : filter?.[3]);
  };

/** separableConv2d(x, depthwiseFilter, pointwiseFilter, strides, pad) */
const separable: Rule = (args) => {
  const filter = args.shape(1);
  const window: Window = {
    kernel: [filter?.[0], filter?.[1]],
    strides: args.pair(3, 1) ?? UNKNOWN_PAIR,
    padding: paddingAt(args, 4),
    dilation: NO_DILATION,
  };
  return windowed(args.shape(0), window, args.shape(2)?.[3]);
};

/** maxPool(x, filterSize, strides, pad) */
const pool: Rule = (args) => {
  const shape = args.shape(0);
  const window: Window = {
    kernel: args.pair(1, 1) ?? UNKNOWN_PAIR,
    strides: args.pair(2, 1) ?? UNKNOWN_PAIR,
    padding: paddingAt(args, 3),
    dilation: NO_DILATION,
  };
  return windowed(shape, window, shape?.at(-1));
};

/** resizeBilinear(images, [height, width]) */
const resize: Rule = (args) => {
  const shape = args.shape(0);
  const size = args.sizes(1);
  return one(shape && [...shape.slice(0, -3), size?.[0], size?.[1], shape.at(-1)], { reach: "global" });
};

const matMul: Rule = (args, fail) => {
  const [left, right] = [args.shape(0), args.shape(1)];
  const [turnLeft, turnRight] = [args.flag(2, false), args.flag(3, false)];
  if (!left || !right || turnLeft === undefined || turnRight === undefined || left.length < 2 || right.length < 2) return one(undefined);
  const [rows, inner] = turnLeft ? [left.at(-1), left.at(-2)] : [left.at(-2), left.at(-1)];
  const [other, columns] = turnRight ? [right.at(-1), right.at(-2)] : [right.at(-2), right.at(-1)];
  if (inner !== undefined && other !== undefined && inner !== other) {
    fail(`inner shapes (${inner}) and (${other}) of tensors with shapes ${written(left)} and ${written(right)} must match`);
  }
  return one([...(left.length >= right.length ? left : right).slice(0, -2), rows, columns], { reach: "global" });
};

/** dot(a, b) of vectors and matrices */
const dot: Rule = (args) => {
  const [left, right] = [args.shape(0), args.shape(1)];
  return one(left && right && [...left.slice(0, -1), ...(right.length > 1 ? right.slice(1) : [])], { reach: "global" });
};

/** conv2dTranspose(x, filter, outputShape, strides, pad) */
const transposed: Rule = (args) => one(args.sizes(2));

/** Convolutions, pooling, products of matrices, images. */
export const SPATIAL: ReadonlyMap<string, Rule> = new Map<string, Rule>([
  ["conv2d", conv2d(false)],
  ["depthwiseConv2d", conv2d(true)],
  ["separableConv2d", separable],
  ["conv2dTranspose", transposed],
  ["maxPool", pool],
  ["avgPool", pool],
  ["resizeBilinear", resize],
  ["resizeNearestNeighbor", resize],
  ["matMul", matMul],
  ["dot", dot],
]);
