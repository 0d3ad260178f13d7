import { programError } from "../../../interpret/errors.js";
import { withSizes } from "../../../interpret/sizes.js";
import type { Size } from "../../../interpret/tensor.js";
import { NONE, tuple, type Value } from "../../../interpret/values.js";
import type { Args } from "../core/args.js";
import { integerOr } from "../core/signature.js";
import { parameter, parameterIf } from "../core/tensor.js";
import { convolution, transposedConvolution } from "../operations/conv.js";
import { type LayerEntry, layerClass } from "./layer.js";

const OPTIONS = "stride=1, padding=0, dilation=1, groups=1, bias=True, padding_mode='zeros', device=None, dtype=None";
const TRANSPOSED = "stride=1, padding=0, output_padding=0, groups=1, bias=True, dilation=1, padding_mode='zeros', device=None, dtype=None";

const pairs = (sizes: readonly Size[]): Value => tuple(sizes.map((size) => integerOr(size)));

/** Sizes as PyTorch keeps them: one for each axis. */
function spread(args: Args, count: number, names: readonly string[]): Record<string, Value> {
  return Object.fromEntries(names.flatMap((name) => (args.text(name) === undefined ? [[name, pairs(args.sizes(name, count))]] : [])));
}

function weights(args: Args, count: number, channels: Size): Record<string, Value> {
  const [filters, groups] = [args.number("out_channels"), args.number("groups")];
  checkGroups(args, channels, filters, groups);
  return {
    weight: parameter(
      filters,
      withSizes([channels, groups], (all, parts) => Math.floor(all / parts)),
      ...args.sizes("kernel_size", count),
    ),
    bias: parameterIf(args.flag("bias", true), filters),
  };
}

function checkGroups(args: Args, channels: Size, filters: Size, groups: Size): void {
  if (groups === undefined) return;
  const refuse = (what: string) => programError("ValueError", `${what} must be divisible by groups`, args.call.place);
  if (channels !== undefined && channels % groups !== 0) throw refuse("in_channels");
  if (filters !== undefined && filters % groups !== 0) throw refuse("out_channels");
}

function conv(count: number) {
  const sizes = ["kernel_size", "stride", "padding", "dilation"];
  const fields: LayerEntry["fields"] = (args) => ({ ...spread(args, count, sizes), ...weights(args, count, args.number("in_channels")) });
  return layerClass(`Conv${count}d(in_channels, out_channels, kernel_size, ${OPTIONS})`, convolution(count), { fields });
}

/** in_channels come with the first input. */
function lazyConv(count: number) {
  const channelsOf = (args: Args) => args.shape("input")?.at(-count - 1);
  return layerClass(`LazyConv${count}d(out_channels, kernel_size, ${OPTIONS})`, convolution(count), {
    fields: (args) => ({
      ...spread(args, count, ["kernel_size", "stride", "padding", "dilation"]),
      wants_bias: args.value("bias"),
      bias: NONE,
    }),
    lazy: {
      becomes: `Conv${count}d`,
      fields: (args) => ({
        in_channels: integerOr(channelsOf(args)),
        ...weights(args, count, channelsOf(args)),
        bias: parameterIf(args.flag("wants_bias", true), args.number("out_channels")),
      }),
    },
  });
}

function transposed(count: number) {
  const sizes = ["kernel_size", "stride", "padding", "output_padding", "dilation"];
  return layerClass(`ConvTranspose${count}d(in_channels, out_channels, kernel_size, ${TRANSPOSED})`, transposedConvolution(count), {
    inputs: "forward(input, output_size=None)",
    fields: (args) => {
      const [channels, filters, groups] = [args.number("in_channels"), args.number("out_channels"), args.number("groups")];
      checkGroups(args, channels, filters, groups);
      const each = withSizes([filters, groups], (all, parts) => all / parts);
      return {
        ...spread(args, count, sizes),
        weight: parameter(channels, each, ...args.sizes("kernel_size", count)),
        bias: parameterIf(args.flag("bias", true), filters),
      };
    },
  });
}

export const CONVOLUTIONS = [1, 2, 3].flatMap((count) => [conv(count), lazyConv(count), transposed(count)]);
