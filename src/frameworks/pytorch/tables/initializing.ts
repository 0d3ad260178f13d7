import type { Call, NativeFunction, Value } from "../../../interpret/values.js";
import { NONE } from "../../../interpret/values.js";
import { Args } from "../core/args.js";
import { native } from "../core/native.js";
import { bind, signature } from "../core/signature.js";
import { type Start, TorchTensor } from "../core/tensor.js";
import { fanIn, fanOut, within } from "../operations/initializers.js";

/** How numbers start by the arguments of a function of torch.nn.init, or of a method that fills a tensor. */
type Starting = (args: Args, tensor: TorchTensor) => Start | undefined;

const constant = (value: number | undefined): Start | undefined => (value === undefined ? undefined : { type: "constant", value });

function normal(stddev: number | undefined, mean: number | undefined = 0): Start | undefined {
  return stddev === undefined || mean === undefined ? undefined : { type: "randomNormal", mean, stddev };
}

function uniform(minval: number | undefined, maxval: number | undefined): Start | undefined {
  return minval === undefined || maxval === undefined ? undefined : { type: "randomUniform", minval, maxval };
}

/** torch.nn.init.calculate_gain. */
function gainOf(nonlinearity: string | undefined, slope: number | undefined): number {
  if (nonlinearity === "relu") return Math.SQRT2;
  if (nonlinearity === "leaky_relu") return Math.sqrt(2 / (1 + (slope ?? 0.01) ** 2));
  if (nonlinearity === "tanh") return 5 / 3;
  return nonlinearity === "selu" ? 3 / 4 : 1;
}

/** Standard deviation by He et al.: gain/sqrt(fan). */
function kaiming(args: Args, { shape = [] }: TorchTensor): number | undefined {
  const fan = args.text("mode") === "fan_out" ? fanOut(shape) : fanIn(shape);
  return fan && gainOf(args.text("nonlinearity"), args.number("a")) / Math.sqrt(fan);
}

/** Standard deviation by Glorot and Bengio: gain*sqrt(2/(fan in + fan out)). */
function xavier(args: Args, { shape = [] }: TorchTensor): number | undefined {
  const [inputs, outputs, gain] = [fanIn(shape), fanOut(shape), args.number("gain")];
  return inputs && outputs && gain !== undefined ? gain * Math.sqrt(2 / (inputs + outputs)) : undefined;
}

const evenly = (deviation: number | undefined): Start | undefined =>
  deviation === undefined ? undefined : within(Math.sqrt(3) * deviation);

/** Signatures as PyTorch documents them, the tensor first. */
const FUNCTIONS: Readonly<Record<string, Starting>> = {
  "zeros_(tensor)": () => ({ type: "zeros" }),
  "ones_(tensor)": () => ({ type: "ones" }),
  "constant_(tensor, val)": (args) => constant(args.number("val")),
  "normal_(tensor, mean=0.0, std=1.0)": (args) => normal(args.number("std"), args.number("mean")),
  "uniform_(tensor, a=0.0, b=1.0)": (args) => uniform(args.number("a"), args.number("b")),
  "trunc_normal_(tensor, mean=0.0, std=1.0, a=-2.0, b=2.0)": truncated,
  "kaiming_normal_(tensor, a=0, mode='fan_in', nonlinearity='leaky_relu')": (args, tensor) => normal(kaiming(args, tensor)),
  "kaiming_uniform_(tensor, a=0, mode='fan_in', nonlinearity='leaky_relu')": (args, tensor) => evenly(kaiming(args, tensor)),
  "xavier_normal_(tensor, gain=1.0)": (args, tensor) => normal(xavier(args, tensor)),
  "xavier_uniform_(tensor, gain=1.0)": (args, tensor) => evenly(xavier(args, tensor)),
};

/** Where the ends are many deviations away, as they usually are, nothing is cut off that anybody would draw. */
function truncated(args: Args): Start | undefined {
  const [mean, stddev, low, high] = ["mean", "std", "a", "b"].map((name) => args.number(name));
  if (mean === undefined || stddev === undefined || low === undefined || high === undefined) return undefined;
  const isOpen = Math.min(mean - low, high - mean) >= 5 * stddev;
  const isAtTwo = low === mean - 2 * stddev && high === mean + 2 * stddev;
  return isAtTwo ? { type: "truncatedNormal", mean, stddev } : isOpen ? { type: "randomNormal", mean, stddev } : undefined;
}

/** Methods of tensors that fill them in place: weight.data.normal_(0, 0.01). */
const METHODS: Readonly<Record<string, Starting>> = {
  "zero_(tensor)": () => ({ type: "zeros" }),
  "fill_(tensor, value)": (args) => constant(args.number("value")),
  "normal_(tensor, mean=0.0, std=1.0)": (args) => normal(args.number("std"), args.number("mean")),
  "uniform_(tensor, a=0.0, b=1.0)": (args) => uniform(args.number("a"), args.number("b")),
};

/** Functions that give a tensor the numbers it starts with, and the tensor back. */
function filling(table: Readonly<Record<string, Starting>>): ReadonlyMap<string, NativeFunction> {
  return new Map(
    Object.entries(table).map(([written, starting]) => {
      const parameters = signature(written);
      const run = native(parameters.name, (given, call): Value => {
        const bound = bind(parameters, given, call, true);
        const value = bound.get("tensor") ?? NONE;
        if (value.kind === "tensor" && value.tensor instanceof TorchTensor) {
          start(value.tensor, starting(new Args((name) => bound.get(name), call), value.tensor), call);
        }
        return value;
      });
      return [parameters.name, run];
    }),
  );
}

/** What cannot be said is as if nobody had said it. */
function start({ starts }: TorchTensor, value: Start | undefined, call: Call): void {
  call.interpreter.willChange(starts);
  if (value) starts.set("start", value);
  else starts.delete("start");
}

/** torch.nn.init; names without "_" at the end are those of old versions. */
export const INITIALIZERS = filling(FUNCTIONS);
export const FILLING_METHODS = filling(METHODS);
