import { onColumn } from "../../../interpret/channelsFirst.js";
import { withSizes } from "../../../interpret/sizes.js";
import { type Steps, step } from "../../../interpret/steps.js";
import type { Size, TensorShape } from "../../../interpret/tensor.js";
import type { LayerProblem } from "../../../layers/kind.js";
import { type Answer, answer, answers, problem, type Rule, setting } from "../core/answer.js";
import type { Args } from "../core/args.js";
import { crossed, printed } from "../core/sizes.js";
import { type AxisWindow, axisFormulas, cataloguePadding, notPositive, ONE, possible, reachOf, slid } from "./windows.js";

/** What stays in front of the pooled axes; a problem where there are too few or too many. */
function split(input: TensorShape, count: number, what: string): { front: TensorShape; sizes: TensorShape } | LayerProblem {
  const front = input.slice(0, Math.max(0, input.length - count));
  if (front.length === 1 || front.length === 2) return { front, sizes: input.slice(-count) };
  return problem("wrong-rank", `Expected ${count + 1}D or ${count + 2}D input to ${what}, but got input of size: ${printed(input)}`);
}

/** Max, average and power-average pooling over `count` axes. */
export function pooling(kind: "max" | "avg" | "lp", count: number): Rule {
  return (args) => {
    const input = args.shape("input");
    if (!input) return answer(undefined);
    const parts = split(input, count, `${kind}_pool${count}d`);
    if ("message" in parts) return answer([...input.slice(0, 2), ...Array<Size>(count).fill(undefined)], { problem: parts });
    const asked = windowsOf(args, parts.sizes, kind);
    const windows = possible(asked);
    const slides = windows.map(slid);
    const misfit = slides.some((size) => size !== undefined && size < 1);
    const spatial = misfit ? slides.map((size) => withSizes([size], (known) => Math.max(1, known))) : slides;
    const output = [...parts.front, ...spatial];
    const more: Partial<Answer> = {
      reach: reachOf(windows),
      formulas: () => axisFormulas(windows, spatial),
      catalogue: kind === "lp" ? undefined : catalogue(args, input, output, windows, kind),
      problem:
        notPositive(asked, "stride should not be zero") ??
        tooMuchPadding(windows) ??
        (misfit ? tooSmall(parts.front, parts.sizes, slides) : undefined),
    };
    return args.flag("return_indices") ? answers([output, output], more) : answer(output, more);
  };
}

function windowsOf(args: Args, sizes: TensorShape, kind: "max" | "avg" | "lp"): AxisWindow[] {
  const count = sizes.length;
  const kernels = args.sizes("kernel_size", count);
  const strides = args.isNone("stride") || args.items("stride")?.length === 0 ? kernels : args.sizes("stride", count);
  const padding = kind === "lp" ? Array<Size>(count).fill(0) : args.sizes("padding", count);
  const dilations = kind === "max" ? args.sizes("dilation", count) : Array<Size>(count).fill(1);
  const ceil = args.flag("ceil_mode");
  return sizes.map((input, i) => {
    return { input, kernel: kernels[i], stride: strides[i], before: padding[i], after: padding[i], dilation: dilations[i], ceil };
  });
}

function tooMuchPadding(windows: readonly AxisWindow[]): LayerProblem | undefined {
  const wrong = windows.find(({ kernel, before }) => kernel !== undefined && before !== undefined && before > kernel / 2);
  if (!wrong) return undefined;
  const fit = Math.floor((wrong.kernel ?? 0) / 2);
  const message = `pad should be at most half of effective kernel size, but got pad=${wrong.before}, kernel_size=${wrong.kernel} and dilation=${wrong.dilation}`;
  return problem("padding-too-large", message, { argument: "padding", fixes: [setting("padding", fit)] });
}

function tooSmall(front: TensorShape, sizes: TensorShape, output: readonly Size[]): LayerProblem {
  const channels = front.at(-1);
  const shapes = `(${crossed([channels, ...sizes])}). Calculated output size: (${crossed([channels, ...output])})`;
  const [first] = sizes;
  const fits = first !== undefined && first > 0 && sizes.every((size) => size === first);
  return problem("kernel-too-large", `Given input size: ${shapes}. Output size is too small`, {
    argument: "kernel_size",
    fixes: fits ? [setting("kernel_size", first)] : [],
  });
}

function catalogue(
  args: Args,
  input: TensorShape,
  output: TensorShape,
  windows: readonly AxisWindow[],
  kind: "max" | "avg",
): Steps | undefined {
  if (windows.length === 1 && input.length === 3) {
    return onColumn(input, output, catalogue(args, [...input, 1], [...output, 1], [...windows, ONE], kind));
  }
  const padding = cataloguePadding(windows);
  const isKnown = windows.every(({ kernel, stride, dilation }) => ![kernel, stride, dilation].includes(undefined));
  if (!padding || !isKnown || windows.length !== 2 || input.length !== 4 || !args.isNone("divisor_override")) return undefined;
  const isDilated = windows.some(({ dilation }) => dilation !== 1);
  const isPadded = padding.flat().some((side) => side > 0);
  const settings = {
    poolSize: windows.map(({ kernel }) => kernel),
    strides: windows.map(({ stride }) => stride),
    padding,
    ...(args.flag("ceil_mode") && { ceilMode: true }),
    ...(isDilated && { dilationRate: windows.map(({ dilation }) => dilation) }),
    ...(kind === "avg" && isPadded && args.flag("count_include_pad", true) && { countPadding: true }),
  };
  return [step(kind === "max" ? "maxPooling2d" : "averagePooling2d", settings)];
}

/** Pools to a size that is asked for; None keeps an axis as it is. */
export function adaptivePooling(kind: "max" | "avg", count: number): Rule {
  return (args) => {
    const input = args.shape("input");
    if (!input) return answer(undefined);
    const parts = split(input, count, `adaptive_${kind}_pool${count}d`);
    if ("message" in parts) return answer(input, { problem: parts });
    const asked = args.items("output_size");
    const sizes = args.sizes("output_size", count);
    const spatial = parts.sizes.map((size, i) => ((asked ? asked[i] : args.value("output_size"))?.kind === "none" ? size : sizes[i]));
    const isGlobal = spatial.every((size) => size === 1);
    const unchanged = spatial.every((size, i) => size !== undefined && size === parts.sizes[i]);
    const output = [...parts.front, ...spatial];
    const more: Partial<Answer> = {
      reach: unchanged ? "pointwise" : isGlobal ? "global" : reachOf(adapted(parts.sizes, spatial)),
      catalogue: unchanged ? [] : adaptiveSteps(kind, input, output),
    };
    return args.flag("return_indices") ? answers([output, output], more) : answer(output, more);
  };
}

/** Windows that divide an axis evenly; those of unequal sizes have no single one. */
function adapted(sizes: readonly Size[], spatial: readonly Size[]): AxisWindow[] {
  return sizes.map((input, i) => {
    const even = withSizes([input, spatial[i]], (all, parts) => (parts > 0 && all % parts === 0 ? all / parts : Number.NaN));
    const kernel = even !== undefined && Number.isNaN(even) ? undefined : even;
    return { input, kernel, stride: kernel, before: 0, after: 0, dilation: 1 };
  });
}

function adaptiveSteps(kind: "max" | "avg", input: TensorShape, output: TensorShape): Steps | undefined {
  if (input.length === 3 && output.length === 3) return onColumn(input, output, adaptiveSteps(kind, [...input, 1], [...output, 1]));
  const outputSize = output.slice(2);
  if (input.length !== 4 || outputSize.length !== 2 || outputSize.includes(undefined)) return undefined;
  const [whole, parts] =
    kind === "max" ? ["globalMaxPooling2d", "adaptiveMaxPooling2d"] : ["globalAveragePooling2d", "adaptiveAveragePooling2d"];
  return outputSize.every((size) => size === 1) ? [step(whole, { keepDims: true })] : [step(parts, { outputSize })];
}

/** Fractional max pooling: to a size, or to a part of the input. */
export function fractionalPooling(count: number): Rule {
  return (args) => {
    const input = args.shape("input");
    const ratios = args.sizes("output_ratio", count);
    const asked = args.sizes("output_size", count);
    const spatial = input
      ?.slice(-count)
      .map((size, i) => (args.isNone("output_size") ? withSizes([size, ratios[i]], (n, r) => Math.floor(n * r)) : asked[i]));
    const output = input && spatial && [...input.slice(0, -count), ...spatial];
    return args.flag("return_indices") ? answers([output, output], { reach: "global" }) : answer(output, { reach: "global" });
  };
}

/** The reverse of max pooling: (i - 1)*s - 2p + k, or the size that is asked for. */
export function unpooling(count: number): Rule {
  return (args) => {
    const input = args.shape("input");
    const asked = args.isNone("output_size") ? undefined : args.numbers("output_size")?.slice(-count);
    const kernels = args.sizes("kernel_size", count);
    const strides = args.isNone("stride") ? kernels : args.sizes("stride", count);
    const padding = args.sizes("padding", count);
    const spatial = input
      ?.slice(-count)
      .map((size, i) =>
        asked ? asked[i] : withSizes([size, strides[i], padding[i], kernels[i]], (n, s, p, k) => (n - 1) * s - 2 * p + k),
      );
    return answer(input && spatial && [...input.slice(0, -count), ...spatial], { reach: "global" });
  };
}
