import type { Size, TensorShape } from "../../../interpret/tensor.js";
import type { CatalogueStep } from "../../../interpret/trace.js";
import type { LayerProblem } from "../../../layers/kind.js";
import { type Answer, answer, answers, problem, type Rule, setting } from "../core/answer.js";
import type { Args } from "../core/args.js";
import { crossed, printed, sized } from "../core/sizes.js";
import { type AxisWindow, axisFormulas, cataloguePadding, reachOf, slid } from "./windows.js";

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
    const windows = windowsOf(args, parts.sizes, kind);
    const slides = windows.map(slid);
    const misfit = slides.some((size) => size !== undefined && size < 1);
    const spatial = misfit ? slides.map((size) => sized([size], (known) => Math.max(1, known))) : slides;
    const output = [...parts.front, ...spatial];
    const more: Partial<Answer> = {
      reach: reachOf(windows),
      formulas: () => axisFormulas(windows, spatial),
      catalogue: count === 2 && input.length === 4 && kind !== "lp" ? catalogue(args, windows, kind) : undefined,
      problem: tooMuchPadding(windows) ?? (misfit ? tooSmall(parts.front, parts.sizes, slides) : undefined),
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

function catalogue(args: Args, windows: readonly AxisWindow[], kind: "max" | "avg"): CatalogueStep[] | undefined {
  const padding = cataloguePadding(windows.map(withOverhang));
  const dilated = windows.some(({ dilation }) => dilation !== 1);
  const padded = windows.some(({ before }) => before !== 0);
  // Average pooling of the catalogue counts pixels only, PyTorch by default the padding too.
  const countsPadding = kind === "avg" && padded && args.flag("count_include_pad", true);
  const isPlain = !dilated && !countsPadding && args.isNone("divisor_override") && !args.flag("return_indices");
  if (!padding || !isPlain || windows.some(({ kernel, stride }) => kernel === undefined || stride === undefined)) return undefined;
  const poolSize = windows.map(({ kernel }) => kernel);
  const strides = windows.map(({ stride }) => stride);
  return [{ type: kind === "max" ? "maxPooling2d" : "averagePooling2d", args: { poolSize, strides, padding } }];
}

/** What ceil mode lets hang over the end, as padding there. */
function withOverhang(window: AxisWindow): AxisWindow {
  const { input, kernel, stride, before, after } = window;
  const needed = sized([slid(window), input, kernel, stride, before], (n, i, k, s, b) => (n - 1) * s + k - i - b);
  return { ...window, after: sized([needed, after], (all, given) => (window.ceil ? Math.max(all, 0) : given)) };
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
      catalogue: unchanged ? [] : count === 2 && input.length === 4 ? adaptiveStep(kind, parts.sizes, spatial) : undefined,
    };
    return args.flag("return_indices") ? answers([output, output], more) : answer(output, more);
  };
}

/** Windows that divide an axis evenly; those of unequal sizes have no single one. */
function adapted(sizes: readonly Size[], spatial: readonly Size[]): AxisWindow[] {
  return sizes.map((input, i) => {
    const even = sized([input, spatial[i]], (all, parts) => (parts > 0 && all % parts === 0 ? all / parts : Number.NaN));
    const kernel = even !== undefined && Number.isNaN(even) ? undefined : even;
    return { input, kernel, stride: kernel, before: 0, after: 0, dilation: 1 };
  });
}

function adaptiveStep(kind: "max" | "avg", sizes: readonly Size[], spatial: readonly Size[]): CatalogueStep[] | undefined {
  const poolSize = adapted(sizes, spatial).map(({ kernel }) => kernel);
  if (poolSize.includes(undefined)) return undefined;
  return [{ type: kind === "max" ? "maxPooling2d" : "averagePooling2d", args: { poolSize, strides: poolSize } }];
}

/** Fractional max pooling: to a size, or to a part of the input. */
export function fractionalPooling(count: number): Rule {
  return (args) => {
    const input = args.shape("input");
    const ratios = args.sizes("output_ratio", count);
    const asked = args.sizes("output_size", count);
    const spatial = input
      ?.slice(-count)
      .map((size, i) => (args.isNone("output_size") ? sized([size, ratios[i]], (n, r) => Math.floor(n * r)) : asked[i]));
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
      .map((size, i) => (asked ? asked[i] : sized([size, strides[i], padding[i], kernels[i]], (n, s, p, k) => (n - 1) * s - 2 * p + k)));
    return answer(input && spatial && [...input.slice(0, -count), ...spatial], { reach: "global" });
  };
}
