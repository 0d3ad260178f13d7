import type { Size, TensorShape } from "../../interpret/tensor.js";
import type { Formula, Reach } from "../../layers/kind.js";
import { type NodeCall, type Refused, refuse, written } from "./call.js";

/** A window laid over the spatial axes of an input, one entry an axis. */
export interface Placed {
  readonly sizes: readonly Size[];
  readonly reach: Reach;
  readonly formulas: () => readonly Formula[];
}

/** One axis of a window. */
interface Axis {
  readonly input: Size;
  readonly kernel: number;
  readonly stride: number;
  readonly dilation: number;
  readonly before: number;
  readonly after: number;
  readonly automatic: string;
  readonly ceil: boolean;
}

/** The width of a sequence, which is an image of one column. */
const ONE: Axis = { input: 1, kernel: 1, stride: 1, dilation: 1, before: 0, after: 0, automatic: "NOTSET", ceil: false };

/**
 * Lays a window by the attributes strides, dilations, pads, auto_pad and ceil_mode (ONNX Operators, Conv and MaxPool).
 * `kernel` has one size for each spatial axis of `shape`.
 */
export function placeWindow(call: NodeCall, shape: TensorShape, kernel: readonly number[]): Placed | Refused {
  const spatial = shape.slice(2);
  if (spatial.length !== kernel.length) return refuse(`has a kernel of ${written(kernel)} for an input of ${written(shape)}`);
  const axes = spatial.map((input, i) => axisOf(call, input, kernel[i] ?? 1, i, kernel.length));
  if (axes.some(({ stride, dilation, kernel }) => stride < 1 || dilation < 1 || kernel < 1))
    return refuse("has a kernel, stride or dilation below 1");
  const sizes = axes.map(outputSize);
  if (sizes.some((size) => size !== undefined && size < 1))
    return refuse(`has a kernel of ${written(kernel)} that does not fit its input of ${written(shape)}`);
  return { sizes, reach: reachOf(axes), formulas: () => axes.flatMap((axis, i) => formula(axis, sizes[i], i)) };
}

function axisOf(call: NodeCall, input: Size, kernel: number, index: number, rank: number): Axis {
  const pads = call.numbers("pads") ?? [];
  return {
    input,
    kernel,
    stride: call.numbers("strides")?.[index] ?? 1,
    dilation: call.numbers("dilations")?.[index] ?? 1,
    before: pads[index] ?? 0,
    after: pads[index + rank] ?? 0,
    automatic: call.text("auto_pad", "NOTSET"),
    ceil: call.number("ceil_mode", 0) === 1,
  };
}

function outputSize({ input, kernel, stride, dilation, before, after, automatic, ceil }: Axis): Size {
  if (input === undefined) return undefined;
  const span = (kernel - 1) * dilation + 1;
  if (automatic === "SAME_UPPER" || automatic === "SAME_LOWER") return Math.ceil(input / stride);
  if (automatic === "VALID") return Math.floor((input - span) / stride) + 1;
  const steps = (input + before + after - span) / stride;
  if (!ceil) return Math.floor(steps) + 1;
  const size = Math.ceil(steps) + 1;
  // A last window that would begin in the padding behind the input is left out.
  return (size - 1) * stride >= input + before ? size - 1 : size;
}

function reachOf(axes: readonly Axis[]): Reach {
  const [height, width = ONE] = axes;
  if (height === undefined || axes.length > 2) return "pointwise";
  const [top, bottom] = padding(height);
  const [left, right] = padding(width);
  return {
    kernel: [height.kernel, width.kernel],
    strides: [height.stride, width.stride],
    dilation: [height.dilation, width.dilation],
    padding: [top, bottom, left, right],
  };
}

function padding(axis: Axis): readonly [number, number] {
  const { automatic, before, after, input, kernel, dilation, stride } = axis;
  if (automatic === "VALID") return [0, 0];
  if (automatic === "NOTSET" || input === undefined) return [before, after];
  const added = Math.max(0, (Math.ceil(input / stride) - 1) * stride + (kernel - 1) * dilation + 1 - input);
  const half = Math.floor(added / 2);
  return automatic === "SAME_UPPER" ? [half, added - half] : [added - half, half];
}

const LABELS = ["height", "width", "depth"];

function formula(axis: Axis, size: Size, index: number): Formula[] {
  if (axis.input === undefined || size === undefined) return [];
  const [before, after] = padding(axis);
  const around = before === after ? `2*${before}` : `${before} + ${after}`;
  const span = axis.dilation === 1 ? `${axis.kernel}` : `${axis.dilation}*(${axis.kernel} - 1) - 1`;
  const rounding = axis.ceil ? "ceil" : "floor";
  const expression = `${rounding}((${axis.input} + ${around} - ${span})/${axis.stride}) + 1`;
  return [{ label: LABELS[index] ?? `axis ${index + 2}`, expression, value: String(size) }];
}
