import { alongBoth } from "../../../interpret/steps.js";
import type { Size, TensorShape } from "../../../interpret/tensor.js";
import type { CatalogueStep } from "../../../interpret/trace.js";
import { alongLast, step } from "./catalogue.js";
import type { Image } from "./image.js";
import type { Window } from "./window.js";

type Steps = readonly CatalogueStep[] | undefined;

/**
 * Steps for images of height, width and channels, done to an image as its layer has it: one with its channels first is turned there and back,
 * a sequence is an image of one column. `output` is what comes out, whole; absent: as large as what goes in.
 */
export function onImage(image: Image, steps: Steps, output: TensorShape = wholeOf(image)): Steps {
  const { channelsFirst, spatial } = image;
  if (spatial.length === 1) return onColumn(image, steps, output);
  if (spatial.length !== 2) return undefined;
  return channelsFirst ? alongLast(1, spatial.length + 2, steps) : steps;
}

const wholeOf = (image: Image): TensorShape => image.shape(image.spatial, image.channels);

function onColumn(image: Image, steps: Steps, output: TensorShape): Steps {
  const [, first, second] = wholeOf(image);
  const order = image.channelsFirst ? { order: "channelsFirst" } : {};
  const there = step("reshape", { targetShape: image.channelsFirst ? [first, second, 1] : [first, 1, second], ...order });
  const back = step("reshape", { targetShape: output.slice(1), ...order });
  return there && steps && back && [...there, ...steps, ...back];
}

/** A window as layers of the catalogue say it. */
export function catalogueWindow({ size, strides, dilation, padding }: Window) {
  return {
    kernelSize: alongBoth(size, 1),
    strides: alongBoth(strides, 1),
    dilationRate: alongBoth(dilation, 1),
    padding: padding === "causal" ? causal(size, dilation) : padding,
  };
}

/** Nothing is seen of what comes later: all padding is before the first step. */
function causal([size]: readonly Size[], [dilation]: readonly Size[]): readonly (readonly number[])[] | undefined {
  if (size === undefined || dilation === undefined) return undefined;
  return [
    [(size - 1) * dilation, 0],
    [0, 0],
  ];
}
