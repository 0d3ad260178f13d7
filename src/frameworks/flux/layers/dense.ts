import { alongLast, atPositions } from "../../../interpret/channelsFirst.js";
import { broadcastShape } from "../../../interpret/julia/arrays/elementwise.js";
import { isPair, wholeOf } from "../../../interpret/julia/natives.js";
import { product, withSizes } from "../../../interpret/sizes.js";
import { type Steps, step } from "../../../interpret/steps.js";
import type { Size, TensorShape } from "../../../interpret/tensor.js";
import type { Value } from "../../../interpret/values.js";
import type { LayerProblem } from "../../../layers/kind.js";
import { type LayerArguments, tupleSizes } from "../arguments.js";
import { type Leaf, PAIR, weight } from "../layer.js";
import { expectsSize } from "../words.js";
import { withActivation } from "./activation.js";
import { startingWeights } from "./initializers.js";

/** Dense(in => out, σ; bias = true), Dense(in, out, σ), Dense(weights, bias, σ) */
export function dense(args: LayerArguments): Leaf {
  const { from, to, bias, activation } = denseArguments(args);
  const parameters = [weight("weight", [to, from]), ...(bias === false ? [] : [weight("bias", [bias === undefined ? undefined : to])])];
  return {
    kind: "leaf",
    type: "Dense",
    parameters,
    positions: [PAIR],
    infer([input]) {
      const features = input?.[0];
      const shown = (size: Size) => `Dense(${size ?? "?"} => ${to ?? "?"})`;
      const wrong = input && from !== undefined && features !== undefined && features !== from;
      return {
        output: input && [to, ...input.slice(1)],
        multiplyAdds: product([from, to, ...(input?.slice(1, -1) ?? [])]),
        formulas: () => [
          {
            label: "parameters",
            expression: `${from ?? "?"}*${to ?? "?"}${bias === false ? "" : ` + ${to ?? "?"}`}`,
            value: `${product([from, to]) ?? "?"}`,
          },
        ],
        catalogue: withActivation(input && lowered(input, to, startingWeights(args)), activation),
        problem: wrong ? misfit(shown, from, features, input) : undefined,
      };
    },
  };
}

/** Of a batch of vectors; of images the first axis, the width, is what a convolution of single pixels works on once it is the last. */
function lowered(input: TensorShape, units: Size, starts: ReturnType<typeof startingWeights>): Steps | undefined {
  if (units === undefined || !starts) return undefined;
  if (input.length === 2) return [step("dense", { units, ...starts })];
  const convolved = [step("conv2d", { filters: units, kernelSize: 1, ...starts })];
  if (input.length === 4) return alongLast(3, 4, convolved);
  const [, positions] = input;
  return input.length === 3 && positions !== undefined ? atPositions(positions, units, convolved) : undefined;
}

/** An image lacks a flatten first. */
function misfit(shown: (from: Size) => string, from: number, features: number, input: TensorShape): LayerProblem {
  const flat = product(input.slice(0, -1));
  const told = (remedy: string, change: Parameters<typeof expectsSize>[5]) => expectsSize(shown(from), 1, from, input, remedy, change);
  if (input.length < 4 || flat === undefined) return told(`use ${shown(features)}`, { set: { in: features } });
  const insertBefore = { type: "Flux.flatten" };
  if (flat === from) return told("put Flux.flatten before it", { insertBefore });
  return told(`put Flux.flatten before it and use ${shown(flat)}`, { insertBefore, set: { in: flat } });
}

function denseArguments(args: LayerArguments): { from: Size; to: Size; bias: boolean | undefined; activation: Value | undefined } {
  const first = args.at(0);
  if (first?.kind === "tensor") {
    const given = args.at(1) ?? args.named("bias");
    return {
      from: first.tensor.shape?.[1],
      to: first.tensor.shape?.[0],
      bias: !(given?.kind === "boolean" && !given.value),
      activation: args.at(2),
    };
  }
  const { from, to, taken } = args.pair(0);
  return { from: wholeOf(from), to: wholeOf(to), bias: args.flag("bias", true), activation: args.at(taken) };
}

/** Scale(size..., σ; bias = true): element by element. */
export function scale(args: LayerArguments): Leaf {
  const given = args.args.positional.filter(({ kind }) => kind === "number" || kind === "unknown");
  const size = args.at(0)?.kind === "tensor" ? sizeOfTensor(args.at(0)) : given.map(wholeOf);
  const hasBias = args.flag("bias", true) !== false;
  return {
    kind: "leaf",
    type: "Scale",
    parameters: [weight("scale", size), ...(hasBias ? [weight("bias", size)] : [])],
    infer: ([input]) => ({
      output: input && (broadcastShape(size, input) ?? undefined),
      catalogue: withActivation(
        input && scaled(size, input, hasBias),
        args.args.positional.find(({ kind }) => kind === "native"),
      ),
    }),
  };
}

/** A factor and a summand for each of the first axes, repeated along the others. */
function scaled(size: readonly Size[], input: TensorShape, hasBias: boolean): Steps | undefined {
  const whole = [...size, ...Array<Size>(Math.max(0, input.length - 1 - size.length)).fill(1)];
  const shape = channelsLast(whole, input.length);
  if (!shape || whole.length >= input.length) return undefined;
  return [step("scaling", { shape }), ...(hasBias ? [step("bias", { shape })] : [])];
}

/** Sizes without the batch as the catalogue has them. */
function channelsLast(sizes: readonly Size[], rank: number): Size[] | undefined {
  const [channels, height, width] = [...sizes].reverse();
  if (sizes.includes(undefined)) return undefined;
  return rank === 4 ? [height, width, channels] : [...sizes].reverse();
}

function sizeOfTensor(value: Value | undefined): readonly Size[] {
  return value?.kind === "tensor" ? (value.tensor.shape ?? [undefined]) : [undefined];
}

/** Bilinear((in1, in2) => out, σ): of two inputs, or of one with itself. */
export function bilinear(args: LayerArguments): Leaf {
  const { from, to } = args.pair(0);
  const [first, second] = tupleSizes(from) ?? [wholeOf(from), wholeOf(from)];
  const out = wholeOf(to);
  const inner = isPair(args.at(0)) || args.count > 1 ? [out, first, second] : [undefined];
  return {
    kind: "leaf",
    type: "Bilinear",
    parameters: [weight("weight", inner), ...(args.flag("bias", true) === false ? [] : [weight("bias", [out])])],
    infer: ([input]) => ({
      output: input && [out, ...input.slice(1)],
      multiplyAdds: product(inner),
      problem:
        input && first !== undefined && input[0] !== undefined && input[0] !== first
          ? expectsSize(`Bilinear((${first}, ${second}) => ${out})`, 1, first, input, `use Bilinear((${input[0]}, ${second}) => ${out})`)
          : undefined,
    }),
  };
}

/** Embedding(in => out): a column of `out` numbers for each index. */
export function embedding(type: "Embedding" | "EmbeddingBag", args: LayerArguments): Leaf {
  const { from, to } = args.pair(0);
  const out = wholeOf(to);
  return {
    kind: "leaf",
    type,
    parameters: [weight("weight", [out, wholeOf(from)])],
    infer: ([input]) => ({ output: input && (type === "Embedding" ? [out, ...input] : [out, ...input.slice(1)]) }),
  };
}

/** RNN, LSTM, GRU(in => out): features of every step and example; `gates` matrices of each kind. */
export function recurrent(type: string, gates: number, args: LayerArguments): Leaf {
  const { from, to } = args.pair(0);
  const units = wholeOf(to);
  const features = wholeOf(from);
  const rows = withSizes([units], (size) => size * gates);
  const bias = args.flag("bias", true) === false ? [] : [weight("bias", [rows])];
  return {
    kind: "leaf",
    type,
    parameters: [weight("Wi", [rows, features]), weight("Wh", [rows, units]), ...bias],
    positions: [PAIR],
    infer([input]) {
      const got = input?.[0];
      const wrong = input && features !== undefined && got !== undefined && got !== features;
      const shown = (size: Size) => `${type}(${size ?? "?"} => ${units ?? "?"})`;
      return {
        output: input && [units, ...input.slice(1)],
        problem: wrong ? expectsSize(shown(features), 1, features, input, `use ${shown(got)}`, { set: { in: got } }) : undefined,
      };
    },
  };
}
