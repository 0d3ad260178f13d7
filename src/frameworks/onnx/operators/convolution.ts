import type { Size, TensorShape } from "../../../interpret/tensor.js";
import { count, fact, isRefused, make, type NodeCall, type Refused, type Rule, refuse, written } from "../call.js";
import { placeWindow } from "../window.js";

/** `x` and `w` say which inputs are the image and the kernels; the bias does not change shapes. */
const convolution =
  (x = 0, w = 1, dtype?: string): Rule =>
  (call) => {
    const image = call.input(x);
    const weight = call.input(w).shape;
    const type = dtype ?? image.dtype;
    if (image.shape === undefined) return make(fact(weight && [undefined, weight[0], ...weight.slice(2).map(() => undefined)], type));
    const unfit = checkChannels(call, image.shape, weight);
    if (unfit) return unfit;
    const [batch, , ...spatial] = image.shape;
    const filters = weight?.[0];
    const kernel = call.numbers("kernel_shape") ?? known(weight?.slice(2));
    if (kernel === undefined) return make(fact([batch, filters, ...spatial.map(() => undefined)], type));
    const placed = placeWindow(call, image.shape, kernel);
    if (isRefused(placed)) return placed;
    const perOutput = count([weight?.[1], ...kernel]);
    const outputs = count([filters, ...placed.sizes]);
    return {
      outputs: [fact([batch, filters, ...placed.sizes], type)],
      multiplyAdds: perOutput === undefined || outputs === undefined ? undefined : perOutput * outputs,
      reach: placed.reach,
      formulas: placed.formulas,
    };
  };

/** in * stride, the inverse of Conv (ONNX Operators, ConvTranspose). */
const transposed: Rule = (call) => {
  const { shape, dtype } = call.input(0);
  const weight = call.input(1).shape;
  if (shape === undefined) return make(fact(undefined, dtype));
  const [batch, channels, ...spatial] = shape;
  const kernel = call.numbers("kernel_shape") ?? known(weight?.slice(2));
  if (weight && weight[0] !== undefined && channels !== undefined && weight[0] !== channels)
    return refuse(`has kernels of ${written(weight)} for an input of ${written(shape)}`);
  const perGroup = weight?.[1];
  const filters = perGroup === undefined ? undefined : perGroup * call.number("group", 1);
  const sizes = spatial.map((size, i) => transposedSize(call, size, kernel?.[i], i, spatial.length));
  if (sizes.some((size) => size !== undefined && size < 1)) return refuse(`makes nothing of an input of ${written(shape)}`);
  const perInput = kernel && count([perGroup, ...kernel]);
  const inputs = count([channels, ...spatial]);
  return {
    outputs: [fact([batch, filters, ...sizes], dtype)],
    multiplyAdds: perInput === undefined || inputs === undefined ? undefined : perInput * inputs,
  };
};

function transposedSize(call: NodeCall, input: Size, kernel: number | undefined, index: number, rank: number): Size {
  const asked = call.numbers("output_shape");
  if (asked !== undefined && asked.length >= rank) return asked[asked.length - rank + index];
  const stride = call.numbers("strides")?.[index] ?? 1;
  const automatic = call.text("auto_pad", "NOTSET");
  if (input === undefined) return undefined;
  if (automatic.startsWith("SAME")) return input * stride;
  if (kernel === undefined) return undefined;
  const pads = automatic === "VALID" ? [] : (call.numbers("pads") ?? []);
  const dilation = call.numbers("dilations")?.[index] ?? 1;
  const extra = call.numbers("output_padding")?.[index] ?? 0;
  return stride * (input - 1) + extra + (kernel - 1) * dilation + 1 - (pads[index] ?? 0) - (pads[index + rank] ?? 0);
}

function checkChannels(call: NodeCall, shape: TensorShape, weight: TensorShape | undefined): Refused | undefined {
  if (shape.length < 3) return refuse(`takes images, not an input of ${written(shape)}`);
  if (weight === undefined) return undefined;
  const group = call.number("group", 1);
  const [, channels] = shape;
  const perGroup = weight[1];
  const fits = channels === undefined || perGroup === undefined || channels === perGroup * group;
  if (weight.length === shape.length && fits) return undefined;
  const grouped = group === 1 ? "" : ` in ${group} groups`;
  return refuse(`has kernels of ${written(weight)}${grouped} for an input of ${written(shape)}`);
}

function known(sizes: readonly Size[] | undefined): readonly number[] | undefined {
  const numbers = sizes?.filter((size) => size !== undefined);
  return numbers && numbers.length === sizes?.length ? numbers : undefined;
}

export const CONVOLUTIONS: Readonly<Record<string, Rule>> = {
  Conv: convolution(),
  FusedConv: convolution(),
  ConvInteger: convolution(0, 1, "int32"),
  QLinearConv: convolution(0, 3),
  DeformConv: convolution(),
  ConvTranspose: transposed,
};
