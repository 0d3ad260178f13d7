import type { SourceFramework } from "../frameworks/framework.js";
import type { TensorShape } from "../interpret/tensor.js";
import type { Application, Trace } from "../interpret/trace.js";

/** Sides of the images that networks are made for. */
const SIDES = [32, 28, 224, 64, 96, 128, 227, 256, 299, 48, 16];

/** Lengths of sequences, and what volumes and clips are that networks are made for. */
const OTHERS: Readonly<Record<number, readonly (readonly number[])[]>> = {
  1: [[128], [224], [256], [784], [1000]],
  3: [
    [16, 112, 112],
    [32, 32, 32],
    [16, 224, 224],
    [64, 64, 64],
    [8, 128, 128],
  ],
};

/**
 * Inputs worth trying with a model that says none, likely ones first, given what the framework's habit led to: the first layer with
 * weights says the channels or the units.
 */
export function likelyInputs({ layout, habit }: SourceFramework, trial: Trace): TensorShape[] {
  const first = trial.applications.find(({ parameters }) => parameters.length > 0);
  const weights = first && inputWidth(first, layout);
  if (weights === undefined) return [habit];
  // One channel: digits.
  const usual = weights.size === 1 ? 28 : usualSide(habit);
  const { size, axes } = weights;
  if (axes === 2) return [usual, ...SIDES].map((side) => image(side, size, layout));
  if (axes > 0) return (OTHERS[axes] ?? []).map((extent) => withChannels(extent, size, layout));
  const images = [1, 3].flatMap((channels) => {
    const side = Math.sqrt(size / channels);
    return Number.isInteger(side) && side > 3 ? [image(side, channels, layout)] : [];
  });
  return [...images, [size]];
}

/** Channels of a convolution or units of a dense layer, from the shape of its kernel. */
function inputWidth({ parameters, catalogue }: Application, layout: SourceFramework["layout"]) {
  const shape = parameters.reduce<TensorShape>(
    (longest, parameter) => (parameter.shape.length > longest.length ? parameter.shape : longest),
    [],
  );
  const axes = Math.max(0, shape.length - 2);
  const spatial = axes > 0;
  const groups = catalogue?.[0]?.args["groups"];
  const size = layout === "NHWC" ? shape.at(-2) : layout === "NCHW" ? shape[1] : spatial ? shape.at(-2) : shape[1];
  if (size === undefined || shape.length < 2 || axes > 3) return undefined;
  return { axes, size: size * (typeof groups === "number" ? groups : 1) };
}

function usualSide(habit: TensorShape): number {
  return Math.max(...habit.map((size) => size ?? 0));
}

function image(side: number, channels: number, layout: SourceFramework["layout"]): TensorShape {
  return withChannels([side, side], channels, layout);
}

function withChannels(extent: readonly number[], channels: number, layout: SourceFramework["layout"]): TensorShape {
  return layout === "NCHW" ? [channels, ...extent] : [...extent, channels];
}
