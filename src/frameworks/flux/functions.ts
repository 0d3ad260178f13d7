import { alongLast, takenFrom } from "../../interpret/channelsFirst.js";
import { concatenated, flattened } from "../../interpret/julia/arrays/axes.js";
import { applyElementwise } from "../../interpret/julia/arrays/elementwise.js";
import { applied, backwardAxis, backwards, tensor } from "../../interpret/julia/arrays/record.js";
import { float, native, natives, notKnown, numberOf, wholeOf } from "../../interpret/julia/natives.js";
import { itemsOf } from "../../interpret/julia/operators.js";
import { activation as activationStep, step } from "../../interpret/steps.js";
import { type Call, type NativeFunction, NONE, tuple, type Value } from "../../interpret/values.js";
import { outputSize, quietly } from "./autosize.js";
import { construct } from "./classes.js";

const ACTIVATIONS =
  "relu relu6 rrelu leakyrelu elu selu celu gelu gelu_tanh gelu_erf sigmoid σ hardσ hardsigmoid sigmoid_fast logσ logsigmoid swish hardswish lisht mish softplus softsign softshrink hardtanh tanh_fast tanhshrink trelu logcosh".split(
    " ",
  );

const SOFT = ["softmax", "logsoftmax"];
const SOFTENED: Readonly<Record<string, string>> = { softmax: "softmax", logsoftmax: "logSoftmax" };

/** Where a model is and in which mode: it stays the same. All are one function, so that `cuda ? gpu : cpu` is known. */
const SAME: NativeFunction = native("device", (args) => args[0] ?? NONE);
const UNCHANGED = "gpu cpu f32 f64 f16 bf16 cu testmode! trainmode! freeze! thaw! todevice tofloat striplazy".split(" ");
const DEVICES = "gpu_device cpu_device reactant_device get_device cdev gdev".split(" ");

/** Initializers make arrays of what sizes they are given. */
const INITIALIZERS =
  "glorot_uniform glorot_normal kaiming_uniform kaiming_normal truncated_normal lecun_normal orthogonal sparse_init identity_init zeros32 ones32 rand32 randn32".split(
    " ",
  );

/** Functions of Flux, NNlib and MLUtils by name. */
export const FUNCTIONS: ReadonlyMap<string, Value> = new Map<string, Value>([
  ...ACTIVATIONS.map((name) => [name, activation(name)] as const),
  ...SOFT.map((name) => [name, shapeless(name)] as const),
  ...UNCHANGED.map((name) => [name, SAME] as const),
  ...DEVICES.map((name) => [name, native(name, () => SAME)] as const),
  ...INITIALIZERS.map((name) => [name, native(name, initialized)] as const),
  ["fmap", native("fmap", ([, model]) => model ?? NONE)],
  ["flatten", native("flatten", ([x], call) => (x?.kind === "tensor" ? flattened(x, call) : notKnown("flatten", x ? [x] : [])))],
  ["outputsize", native("outputsize", outputSize)],
  ["normalise", shapeless("normalise")],
  ["@autosize", native("@autosize", autosize)],
  ...natives({
    meanpool: ([x, k], call, named) => functional("MeanPool", x, k, named, call),
    maxpool: ([x, k], call, named) => functional("MaxPool", x, k, named, call),
    adaptive_mean_pool: ([x, k], call) => functional("AdaptiveMeanPool", x, k, new Map(), call),
    dropout: ([x, rate], call) => {
      if (x?.kind !== "tensor") return notKnown("dropout", []);
      const probability = numberOf(rate);
      const catalogue = probability === undefined ? undefined : [step("dropout", { rate: probability })];
      return applied("dropout", [x.tensor], x.tensor.shape, call, { catalogue });
    },
    conv: convolved,
    upsample_nearest: ([x, scale], call) => scaled("upsample_nearest", x, scale, call),
    upsample_bilinear: ([x, scale], call, named) => scaled("upsample_bilinear", x, scale ?? named.get("scale"), call),
    upsample_trilinear: ([x, scale], call) => scaled("upsample_trilinear", x, scale, call),
    pixel_shuffle: ([x, factor], call) =>
      x && factor ? call.interpreter.call(construct("PixelShuffle", call, [factor]), [x], call.place) : NONE,
    chunk: chunked,
    cat_channels: (parts, call) => concatenated("cat_channels", parts, 3, call),
  }),
]);

/** relu(x), also of numbers where that is easy. */
function activation(name: string): NativeFunction {
  return native(name, (args, call) => {
    const [x] = args;
    if (x?.kind === "tensor") return applyElementwise(name, args, call);
    const number = numberOf(x);
    return number !== undefined && name === "relu" ? float(Math.max(0, number)) : notKnown(name, args);
  });
}

function shapeless(name: string): NativeFunction {
  return native(name, ([x], call) => {
    if (x?.kind !== "tensor") return notKnown(name, x ? [x] : []);
    const { shape } = x.tensor;
    // Along the first axis, which is the last one read backwards.
    const own = SOFTENED[name];
    const catalogue = shape && own ? alongLast(shape.length - 1, shape.length, [activationStep(own)]) : undefined;
    return applied(name, [x.tensor], shape, call, { catalogue });
  });
}

/** glorot_uniform(3, 4), and glorot_uniform(gain = 2), which is a function. */
function initialized(args: readonly Value[]): Value {
  const sizes = args.filter(({ kind }) => kind === "number" || kind === "unknown");
  return sizes.length === 0 ? native("init", initialized) : tensor(sizes.map(wholeOf));
}

/** maxpool(x, (2, 2)) is what the layer of that name does, at this place. */
function functional(layer: string, x: Value | undefined, size: Value | undefined, named: ReadonlyMap<string, Value>, call: Call): Value {
  if (!x || !size) return notKnown(layer, []);
  return call.interpreter.call(construct(layer, call, [size], Object.fromEntries(named)), [x], call.place);
}

/** conv(x, w; stride, pad) */
function convolved([x, w]: readonly Value[], call: Call, named: ReadonlyMap<string, Value>): Value {
  if (!x || w?.kind !== "tensor") return notKnown("conv", []);
  const made = construct("Conv", call, [w], { ...Object.fromEntries(named), bias: { kind: "boolean", value: false } });
  return quietlyShaped("conv", x, made, call);
}

/** The shape that a layer makes, noted as a function without parameters. */
function quietlyShaped(name: string, x: Value, layer: Value, call: Call): Value {
  const result = quietly(() => call.interpreter.call(layer, [x], call.place), call);
  return x.kind === "tensor" && result.kind === "tensor" ? applied(name, [x.tensor], result.tensor.shape, call) : result;
}

function scaled(name: string, x: Value | undefined, scale: Value | undefined, call: Call): Value {
  if (x?.kind !== "tensor" || !scale) return notKnown(name, x ? [x] : []);
  return quietlyShaped(name, x, construct("Upsample", call, [scale]), call);
}

/** chunk(x, 3; dims = 1): equal parts along an axis. */
function chunked([x, count]: readonly Value[], call: Call, named: ReadonlyMap<string, Value>): Value {
  const shape = x?.kind === "tensor" ? x.tensor.shape : undefined;
  const parts = wholeOf(count);
  if (x?.kind !== "tensor" || !shape || !parts || parts > 1000) return notKnown("chunk", x ? [x] : []);
  const axis = (wholeOf(named.get("dims")) ?? shape.length) - 1;
  const size = shape[axis];
  const each = size === undefined ? undefined : Math.ceil(size / parts);
  return tuple(
    Array.from({ length: parts }, (_, part) => {
      const length = size === undefined || each === undefined ? undefined : Math.min(each, size - part * each);
      const result = shape.map((old, at) => (at === axis ? length : old));
      const start = part * (each ?? 0);
      const taking = { axis: backwardAxis(axis + 1, shape.length), start, end: start + (length ?? 0) };
      const catalogue = length === undefined ? undefined : takenFrom(backwards(shape), [taking], backwards(result));
      return applied("chunk", [x.tensor], result, call, { catalogue });
    }),
  );
}

/** @autosize (28, 28, 1, 1) Chain(Conv((3, 3), _ => 6), ...): one pass makes the layers that wait. */
function autosize([size, model]: readonly Value[], call: Call): Value {
  if (!size || !model) return notKnown("@autosize", []);
  const sizes = itemsOf(size);
  if (sizes.length > 0) outputSize([model, size], call, new Map());
  return model;
}
