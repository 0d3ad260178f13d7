import { sizesText } from "../../../base/words.js";
import { wholeOf } from "../../../interpret/julia/natives.js";
import { product, withSizes } from "../../../interpret/sizes.js";
import { type Steps, step } from "../../../interpret/steps.js";
import type { Size, TensorShape } from "../../../interpret/tensor.js";
import type { TracedParameter } from "../../../interpret/trace.js";
import type { LayerProblem } from "../../../layers/kind.js";
import { type LayerArguments, tupleSizes } from "../arguments.js";
import { type Inference, type Leaf, PAIR, weight } from "../layer.js";
import { expectsRank, expectsSize, tupleText } from "../words.js";
import { withActivation } from "./activation.js";
import { startingWeights } from "./initializers.js";
import { catalogueWindow, inRows, onImage, reachOf, slid, type Window, windowFormulas, windowOf } from "./window.js";

interface Convolution {
  readonly type: string;
  readonly window: Window;
  readonly from: Size;
  readonly to: Size;
  readonly groups: Size;
  readonly parameters: readonly TracedParameter[];
  /** As Flux shows it: Conv((3, 3), 3 => 16). */
  readonly shown: (from: Size) => string;
}

/** Conv(k, in => out, σ; stride, pad, dilation, groups, bias); DepthwiseConv has as many groups as input channels. */
export function conv(type: "Conv" | "CrossCor" | "DepthwiseConv", args: LayerArguments): Leaf {
  const kernel = kernelOf(args);
  const { stride, dilation } = steps(args, kernel.size.length);
  const groups = type === "DepthwiseConv" ? kernel.from : groupsOf(args);
  const window = windowOf(args, kernel.size, stride, dilation);
  const filters = [...kernel.size, withSizes([kernel.from, groups], (from, parts) => from / parts), kernel.to];
  const parameters = weights(filters, kernel.to, args);
  const convolution: Convolution = { type, window, ...kernel, groups, parameters, shown: shownBy(type, kernel) };
  const activation = args.at(kernel.activationAt);
  return {
    kind: "leaf",
    type,
    parameters,
    positions: ["filter", PAIR],
    infer([input]) {
      const wrong = input && checked(convolution, input);
      const spatial = kernel.size.map((_, at) => slid(input?.[at], window, at));
      const output = [...spatial, kernel.to, input?.at(-1)];
      const tooSmall = wrong ?? (input && tooLarge(convolution, input, spatial));
      const known = kernel.size.length > 0 && (!input || input.length === output.length);
      return {
        output: known && !tooSmall ? output : fallbackShape(known, output),
        multiplyAdds: product([...spatial, ...filters]),
        reach: reachOf(window),
        formulas: () => (input ? windowFormulas(input.slice(0, -2), spatial, window) : []),
        catalogue: withActivation(input && onImage(input, output, conv2dStep(convolution, args)), activation),
        problem: tooSmall,
      };
    },
  };
}

/** Sizes that cannot be are not told on. */
function fallbackShape(known: boolean, output: TensorShape): TensorShape | undefined {
  return known ? output.map((size) => (size !== undefined && size < 1 ? undefined : size)) : undefined;
}

/** ConvTranspose(k, in => out, σ; stride, pad, outpad, dilation, groups, bias) */
export function convTranspose(args: LayerArguments): Leaf {
  const kernel = kernelOf(args);
  const { stride, dilation } = steps(args, kernel.size.length);
  const groups = groupsOf(args);
  const outpad = args.sizes("outpad", kernel.size.length, 0);
  const window = windowOf(args, kernel.size, stride, dilation, true);
  const filters = [...kernel.size, withSizes([kernel.to, groups], (to, parts) => to / parts), kernel.from];
  const parameters = weights(filters, kernel.to, args);
  const convolution: Convolution = {
    type: "ConvTranspose",
    window,
    ...kernel,
    groups,
    parameters,
    shown: shownBy("ConvTranspose", kernel),
  };
  return {
    kind: "leaf",
    type: "ConvTranspose",
    parameters,
    positions: ["filter", PAIR],
    infer([input]): Inference {
      const problem = input && checked(convolution, input);
      const spatial = kernel.size.map((size, at) => {
        const [before, after] = window.pad[at] ?? [undefined, undefined];
        return withSizes(
          [input?.[at], size, stride[at], dilation[at], before, after, outpad[at]],
          (length, width, step, gap, left, right, extra) => (length - 1) * step + (width - 1) * gap + 1 - left - right + extra,
        );
      });
      const known = kernel.size.length > 0 && (!input || input.length === kernel.size.length + 2);
      const output = [...spatial, kernel.to, input?.at(-1)];
      const steps = input && onImage(input, output, transposedStep(convolution, outpad, args));
      return {
        output: known ? output : undefined,
        multiplyAdds: product([...(input?.slice(0, -2) ?? [undefined]), ...filters]),
        reach: "pointwise",
        catalogue: withActivation(steps, args.at(kernel.activationAt)),
        problem,
      };
    },
  };
}

interface Kernel {
  readonly size: readonly Size[];
  readonly from: Size;
  readonly to: Size;
  readonly activationAt: number;
}

/** (3, 3), in => out; or the weights themselves. */
function kernelOf(args: LayerArguments): Kernel {
  const first = args.at(0);
  if (first?.kind === "tensor") {
    const shape = first.tensor.shape ?? [];
    return { size: shape.slice(0, -2), from: shape.at(-2), to: shape.at(-1), activationAt: 2 };
  }
  const { from, to, taken } = args.pair(1);
  return { size: tupleSizes(first) ?? [], from: wholeOf(from), to: wholeOf(to), activationAt: 1 + taken };
}

function steps(args: LayerArguments, rank: number) {
  return { stride: args.sizes("stride", rank, 1), dilation: args.sizes("dilation", rank, 1) };
}

function groupsOf(args: LayerArguments): Size {
  return args.named("groups") ? wholeOf(args.named("groups")) : 1;
}

function weights(filters: readonly Size[], outputs: Size, args: LayerArguments): TracedParameter[] {
  const bias = args.flag("bias", true);
  return [weight("weight", filters), ...(bias === false ? [] : [weight("bias", [bias === undefined ? undefined : outputs])])];
}

function shownBy(type: string, { size, to }: Kernel): (from: Size) => string {
  return (from) => `${type}(${tupleText(size)}, ${from ?? "?"} => ${to ?? "?"})`;
}

function checked({ window, from, shown }: Convolution, input: TensorShape): LayerProblem | undefined {
  const rank = window.size.length + 2;
  if (rank > 2 && input.length !== rank) {
    const remedy = input.length === rank - 1 ? "add the axis of channels or of the batch by reshape" : "reshape it before this layer";
    return expectsRank(shown(from), rank, input, remedy);
  }
  const channels = input[rank - 2];
  if (from === undefined || channels === undefined || channels === from) return undefined;
  return expectsSize(shown(from), rank - 1, from, input, `use ${shown(channels)}`, { set: { in: channels } });
}

function tooLarge({ window, from, shown }: Convolution, input: TensorShape, output: readonly Size[]): LayerProblem | undefined {
  if (output.every((size) => size === undefined || size >= 1)) return undefined;
  const message = `DimensionMismatch: the kernel of ${shown(from)} does not fit an input of ${sizesText(input)}; use pad=SamePad() or a smaller kernel`;
  const pad = Math.floor(((window.size[0] ?? 3) - 1) / 2) || 1;
  return {
    code: "DimensionMismatch",
    message,
    fixes: [{ title: `Use pad = ${pad}`, set: { pad } }],
  };
}

function conv2dStep({ window, to, groups }: Convolution, args: LayerArguments): Steps | undefined {
  const { kernel, ...rest } = catalogueWindow(window) ?? {};
  const starts = startingWeights(args);
  if (!kernel || to === undefined || groups === undefined || !starts) return undefined;
  return [step("conv2d", { filters: to, kernelSize: kernel, ...rest, groups, ...starts })];
}

function transposedStep({ window, to, groups }: Convolution, outpad: readonly Size[], args: LayerArguments): Steps | undefined {
  const { kernel, ...rest } = catalogueWindow(window) ?? {};
  const starts = startingWeights(args);
  if (!kernel || to === undefined || groups === undefined || outpad.includes(undefined) || !starts) return undefined;
  const outputPadding = inRows(outpad, 0);
  return [step("conv2dTranspose", { filters: to, kernelSize: kernel, ...rest, outputPadding, groups, ...starts })];
}
