import { activation, alongBoth, clamped, type Steps, step } from "../../../interpret/steps.js";
import type { Pair } from "../../../program/types.js";
import { isRefused } from "../call.js";
import { placeWindow } from "../window.js";
import type { Constant } from "./constant.js";
import { all, type Lowering, type Operands } from "./operands.js";

/** From kernels of [filters, channels, height, width] to ours of [height, width, channels, filters]; those of sequences have no width. */
const turned = (kernel: Constant) => kernel.permuted(kernel.shape.length === 3 ? [2, 1, 0] : [2, 3, 1, 0]).source;

/** Kernel and bias have to be stored. */
const convolution: Lowering = (node) => {
  const kernel = node.constant(1);
  const bias = node.constant(2);
  if (!kernel || !node.onFirst || (node.given(2) && !bias) || node.given(3)) return undefined;
  const [filters = 1, , ...sizes] = kernel.shape;
  const placed = windowOf(node, sizes);
  if (!placed) return undefined;
  const groups = node.call.number("group", 1);
  const args = { filters, kernelSize: alongBoth(sizes, 1), ...placed, groups, useBias: bias !== undefined };
  const weights = { kernel: turned(kernel), ...(bias && { bias: bias.source }) };
  return node.onImage(all([step("conv2d", args, weights)], fusedActivation(node)));
};

/** Strides, dilation and rows and columns of padding of a window over an image or sequence; undefined where a size is not known. */
export function windowOf({ call, input }: Operands, kernel: readonly number[]) {
  const placed = placeWindow(call, input, kernel);
  if (isRefused(placed) || typeof placed.reach === "string") return undefined;
  const { strides, dilation, padding } = placed.reach;
  const [top, bottom, left, right] = padding;
  if (Math.min(...padding) < 0 || input.includes(undefined)) return undefined;
  const around: readonly [Pair, Pair] = [
    [top, bottom],
    [left, right],
  ];
  return { strides, dilationRate: dilation, padding: around };
}

/** What ONNX Runtime has merged into a convolution. */
function fusedActivation({ call }: Operands): Steps | undefined {
  const [a, b] = call.numbers("activation_params") ?? [];
  switch (call.text("activation", "")) {
    case "":
      return [];
    case "Relu":
      return [activation("relu")];
    case "Sigmoid":
      return [activation("sigmoid")];
    case "Tanh":
      return [activation("tanh")];
    case "LeakyRelu":
      return [step("leakyReLU", { alpha: a ?? 0.01 })];
    case "Clip":
      return clamped(a, b);
    default:
      return undefined;
  }
}

const transposed: Lowering = (node) => {
  const kernel = node.constant(1);
  const bias = node.constant(2);
  if (!kernel || !node.onFirst || (node.given(2) && !bias)) return undefined;
  const [, perGroup = 1, ...kernelSize] = kernel.shape;
  const groups = node.call.number("group", 1);
  const sides = kernelSize.map((size, axis) => placedTransposed(node, size, axis));
  const known = alongBoth(sides, ONE).filter((side) => side !== undefined);
  if (known.length !== 2) return undefined;
  const args = {
    filters: perGroup * groups,
    kernelSize: alongBoth(kernelSize, 1),
    strides: known.map(({ stride }) => stride),
    dilationRate: known.map(({ dilation }) => dilation),
    padding: known.map(({ padding }) => padding),
    outputPadding: known.map(({ extra }) => extra),
    groups,
    useBias: bias !== undefined,
  };
  return node.onImage([step("conv2dTranspose", args, { kernel: turned(kernel), ...(bias && { bias: bias.source }) })]);
};

/** Along the one column of a sequence. */
const ONE = { stride: 1, dilation: 1, padding: [0, 0], extra: 0 };

/** What is taken off the full result on both sides of an axis (ONNX Operators, ConvTranspose). */
function placedTransposed({ call, input, output }: Operands, kernel: number, axis: number) {
  const stride = call.numbers("strides")?.[axis] ?? 1;
  const dilation = call.numbers("dilations")?.[axis] ?? 1;
  const pads = call.numbers("pads") ?? [];
  const automatic = call.text("auto_pad", "NOTSET");
  const [from, to] = [input[axis + 2], output[axis + 2]];
  if (from === undefined || to === undefined) return undefined;
  const asked = call.numbers("output_padding")?.[axis] ?? 0;
  const total = stride * (from - 1) + asked + (kernel - 1) * dilation + 1 - to;
  const stated = automatic === "NOTSET" && call.numbers("output_shape") === undefined;
  const half = Math.floor(total / 2);
  const split = automatic === "SAME_UPPER" ? [half, total - half] : [total - half, half];
  const [before = 0, after = 0] = stated ? [pads[axis] ?? 0, pads[axis + input.length - 2] ?? 0] : total > 0 ? split : [0, 0];
  if (before < 0 || after < 0) return undefined;
  return { stride, dilation, padding: [before, after], extra: asked + (stated ? 0 : Math.max(0, -total)) };
}

export const CONVOLUTIONS: Readonly<Record<string, Lowering>> = {
  Conv: convolution,
  FusedConv: convolution,
  ConvTranspose: transposed,
};
