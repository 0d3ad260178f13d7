import { thousands } from "../../../base/words.js";
import { onColumn } from "../../../interpret/channelsFirst.js";
import { product, withSizes } from "../../../interpret/sizes.js";
import { type Steps, step } from "../../../interpret/steps.js";
import type { Size, TensorShape } from "../../../interpret/tensor.js";
import type { WeightSource } from "../../../interpret/trace.js";
import type { Formula, LayerProblem } from "../../../layers/kind.js";
import { answer, problem, type Rule, setting } from "../core/answer.js";
import type { Args } from "../core/args.js";
import { crossed, printed } from "../core/sizes.js";
import { startingTransposed, startingWeights } from "./initializers.js";
import { type AxisWindow, axisFormulas, cataloguePadding, notPositive, ONE, possible, reachOf, slid } from "./windows.js";

/** Convolution over `count` axes with weights [out, in/groups, ...kernel]: torch.nn.functional.conv1d, conv2d, conv3d. */
export function convolution(count: number): Rule {
  return (args) => {
    const input = args.shape("input");
    const [filters, perGroup, ...kernel] = args.shape("weight") ?? [undefined, undefined, ...Array<Size>(count).fill(undefined)];
    const groups = args.number("groups");
    if (!input) return answer(undefined, { multiplyAdds: undefined, reach: "global" });
    const batch = input.slice(0, input.length - count - 1);
    const channels = input[input.length - count - 1];
    if (batch.length > 1 || input.length < count + 1) {
      const outputs = [input[0], filters, ...Array<Size>(count).fill(undefined)];
      return answer(outputs, { multiplyAdds: undefined, problem: wrongRank(`conv${count}d`, input, count) });
    }
    const asked = windowsOf(args, input.slice(-count), kernel);
    const windows = possible(asked);
    const slides = windows.map(slid);
    const misfit = slides.some((size) => size !== undefined && size < 1);
    const spatial = misfit ? slides.map((size) => withSizes([size], (known) => Math.max(1, known))) : slides;
    const area = product(kernel);
    const multiplyAdds = product([filters, perGroup, area, ...spatial]);
    const output = [...batch, filters, ...spatial];
    return answer(output, {
      multiplyAdds,
      reach: reachOf(windows),
      formulas: () => formulas(args, windows, spatial, { filters, perGroup, kernel, multiplyAdds }),
      catalogue: catalogue(args, input, output, windows, filters),
      problem:
        wrongChannels(args, input, channels, groups, perGroup) ??
        notPositive(asked, "non-positive stride is not supported") ??
        (misfit ? tooLarge(windows) : undefined),
    });
  };
}

/** The windows of a convolution: padding is numbers, "same" or "valid". */
function windowsOf(args: Args, sizes: readonly Size[], kernel: readonly Size[]): AxisWindow[] {
  const count = sizes.length;
  const strides = args.sizes("stride", count);
  const dilations = args.sizes("dilation", count);
  const padding = args.text("padding");
  const around = padding === "valid" ? Array<Size>(count).fill(0) : args.sizes("padding", count);
  return sizes.map((input, i) => {
    const added = withSizes([kernel[i], dilations[i]], (k, d) => d * (k - 1));
    const before = padding === "same" ? withSizes([added], (all) => Math.floor(all / 2)) : around[i];
    const after = padding === "same" ? withSizes([added, before], (all, first) => all - first) : around[i];
    return { input, kernel: kernel[i], stride: strides[i], before, after, dilation: dilations[i] };
  });
}

function wrongRank(what: string, input: TensorShape, count: number): LayerProblem {
  const message = `Expected ${count + 1}D (unbatched) or ${count + 2}D (batched) input to ${what}, but got input of size: ${printed(input)}`;
  return problem("wrong-rank", message);
}

function wrongChannels(args: Args, input: TensorShape, channels: Size, groups: Size, perGroup: Size): LayerProblem | undefined {
  const expected = withSizes([groups, perGroup], (parts, each) => parts * each);
  if (expected === undefined || channels === undefined || channels === expected) return undefined;
  const weight = printed(args.shape("weight") ?? []);
  const given = `Given groups=${groups}, weight of size ${weight}, expected input${printed(input)} to have ${expected} channels`;
  const argument = args.find("in_channels") ? { argument: "in_channels", fixes: [setting("in_channels", channels)] } : {};
  return problem("wrong-channels", `${given}, but got ${channels} channels instead`, argument);
}

function tooLarge(windows: readonly AxisWindow[]): LayerProblem {
  const padded = windows.map(({ input, before, after }) => withSizes([input, before, after], (i, b, a) => i + b + a));
  const kernels = windows.map(({ kernel, dilation }) => withSizes([kernel, dilation], (k, d) => d * (k - 1) + 1));
  const fit = kernels.map((kernel) => withSizes([kernel], (k) => Math.floor(k / 2)));
  const value = fit.every((size) => size === fit[0]) ? fit[0] : fit;
  const message =
    `Calculated padded input size per channel: (${crossed(padded, " x ")}). Kernel size: (${crossed(kernels, " x ")}). ` +
    "Kernel size can't be greater than actual input size";
  return problem("kernel-too-large", message, { argument: "kernel_size", fixes: [setting("padding", value)] });
}

interface Sizes {
  readonly filters: Size;
  readonly perGroup: Size;
  readonly kernel: readonly Size[];
  readonly multiplyAdds: Size;
}

function formulas(args: Args, windows: readonly AxisWindow[], outputs: readonly Size[], sizes: Sizes): Formula[] {
  const { filters, perGroup, kernel, multiplyAdds } = sizes;
  const weights = product([filters, perGroup, ...kernel]);
  const lines = axisFormulas(windows, outputs);
  if (weights === undefined) return lines;
  const bias = args.isNone("bias") ? 0 : (filters ?? 0);
  const each = [...kernel, perGroup].join("*");
  lines.push({ label: "parameters", expression: `${each}*${filters}${bias ? ` + ${bias}` : ""}`, value: thousands(weights + bias) });
  if (multiplyAdds !== undefined) {
    lines.push({ label: "multiply-adds", expression: `${outputs.join("*")}*${filters} * ${each}`, value: thousands(multiplyAdds) });
  }
  return lines;
}

function catalogue(args: Args, input: TensorShape, output: TensorShape, windows: readonly AxisWindow[], filters: Size): Steps | undefined {
  if (windows.length === 1 && input.length === 3) {
    const image = catalogue(args, [...input, 1], [...output, 1], [...windows, ONE], filters);
    return onColumn(input, output, image);
  }
  const mode = args.text("padding_mode") ?? "zeros";
  const around = cataloguePadding(windows);
  if (!around || filters === undefined || windows.length !== 2 || input.length !== 4 || !(mode in PADDING_MODES)) return undefined;
  const padding = mode === "zeros" ? around : "valid";
  const settings = {
    filters,
    kernelSize: windows.map(({ kernel }) => kernel),
    strides: windows.map(({ stride }) => stride),
    padding,
    dilationRate: windows.map(({ dilation }) => dilation),
    groups: args.number("groups") ?? 1,
    ...startingWeights(args),
  };
  const conv = step("conv2d", settings, weightsOf(args, [2, 3, 1, 0]));
  return mode === "zeros" ? [conv] : [step("padding2d", { padding: around, mode: PADDING_MODES[mode] }), conv];
}

const PADDING_MODES: Readonly<Record<string, string>> = { zeros: "constant", reflect: "reflect", replicate: "replicate" };

/** The catalogue's kernel is [height, width, in, out]; of sequences PyTorch's has no width. */
function weightsOf(args: Args, order: readonly number[]): Record<string, WeightSource> {
  const rank = args.shape("weight")?.length ?? order.length;
  const permutation = rank === order.length ? order : order.filter((axis) => axis !== order.length - 1);
  return { kernel: { parameter: "weight", permutation }, ...(!args.isNone("bias") && { bias: { parameter: "bias" } }) };
}

/** Transposed convolution with weights [in, out/groups, ...kernel]: (i - 1)*s - 2p + d*(k - 1) + op + 1 along each axis. */
export function transposedConvolution(count: number): Rule {
  return (args) => {
    const input = args.shape("input");
    const [inChannels, perGroup, ...kernel] = args.shape("weight") ?? [undefined, undefined, ...Array<Size>(count).fill(undefined)];
    const filters = withSizes([perGroup, args.number("groups")], (each, groups) => each * groups);
    if (!input) return answer(undefined, { multiplyAdds: undefined, reach: "global" });
    const batch = input.slice(0, input.length - count - 1);
    const channels = input[input.length - count - 1];
    if (batch.length > 1 || input.length < count + 1) {
      const outputs = [input[0], filters, ...Array<Size>(count).fill(undefined)];
      return answer(outputs, { multiplyAdds: undefined, problem: wrongRank(`conv_transpose${count}d`, input, count) });
    }
    const [strides, padding, extra, dilations] = ["stride", "padding", "output_padding", "dilation"].map((name) => args.sizes(name, count));
    const asked = args.isNone("output_size") ? undefined : args.numbers("output_size")?.slice(-count);
    const sizes = input.slice(-count);
    const spatial = sizes.map((size, i) =>
      asked
        ? asked[i]
        : withSizes(
            [size, strides?.[i], padding?.[i], dilations?.[i], kernel[i], extra?.[i]],
            (n, s, p, d, k, op) => (n - 1) * s - 2 * p + d * (k - 1) + op + 1,
          ),
    );
    const wrong = channels !== undefined && inChannels !== undefined && channels !== inChannels;
    const output = [...batch, filters, ...spatial];
    return answer(output, {
      multiplyAdds: product([inChannels, perGroup, ...kernel, ...sizes]),
      reach: "global",
      formulas: () =>
        spatial.slice(0, 1).flatMap((size, i) => {
          if (size === undefined || asked) return [];
          const sum = `(${sizes[i]} - 1)*${strides?.[i]} - 2*${padding?.[i]} + ${dilations?.[i]}*(${kernel[i]} - 1) + ${extra?.[i]} + 1`;
          return [{ label: "height", expression: sum, value: String(size) }];
        }),
      catalogue: transposedCatalogue(args, input, output, { filters, kernel }),
      problem: wrong
        ? problem(
            "wrong-channels",
            `Given transposed=1, weight of size ${printed(args.shape("weight") ?? [])}, expected input${printed(input)} to have ${inChannels} channels, but got ${channels} channels instead`,
            args.find("in_channels") ? { argument: "in_channels", fixes: [setting("in_channels", channels)] } : {},
          )
        : undefined,
    });
  };
}

function transposedCatalogue(
  args: Args,
  input: TensorShape,
  output: TensorShape,
  { filters, kernel }: { readonly filters: Size; readonly kernel: readonly Size[] },
): Steps | undefined {
  const count = kernel.length;
  const isPlain = (args.text("padding_mode") ?? "zeros") === "zeros" && input.length === count + 2 && (count === 1 || count === 2);
  if (!isPlain || filters === undefined) return undefined;
  const sizes = (name: string, column: number) => [...args.sizes(name, count), ...(count === 1 ? [column] : [])];
  const around = sizes("padding", 0);
  // What `output_size` asks for is had by padding the output that would come without it.
  const missing = output.slice(2).map((size, i) => {
    const axis = [input[i + 2], kernel[i], ...["stride", "padding", "dilation"].map((name) => args.sizes(name, count)[i])];
    return withSizes([size, ...axis], (all, n = 0, k = 0, s = 0, p = 0, d = 0) => all - ((n - 1) * s - 2 * p + d * (k - 1) + 1));
  });
  const settings = {
    filters,
    kernelSize: count === 1 ? [...kernel, 1] : kernel,
    strides: sizes("stride", 1),
    padding: around.map((side) => [side, side]),
    outputPadding: count === 1 ? [...missing, 0] : missing,
    dilationRate: sizes("dilation", 1),
    groups: args.number("groups") ?? 1,
    ...startingTransposed(args),
  };
  if ([...settings.kernelSize, ...settings.strides, ...around, ...settings.outputPadding].includes(undefined)) return undefined;
  const steps = [step("conv2dTranspose", settings, weightsOf(args, [2, 3, 1, 0]))];
  return count === 1 ? onColumn(input, output, steps) : steps;
}
