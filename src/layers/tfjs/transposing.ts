import type { Padding } from "../../program/types.js";
import { conv2dTranspose, transposedWindow } from "../conv2dTranspose.js";
import type { ImageShape } from "../image.js";
import { placeTransposed, type TransposedWindow } from "../transposedWindow.js";
import { splitActivation } from "./activations.js";
import { describe, type Entry } from "./entry.js";
import { inflate, joinGroups } from "./kernels.js";
import { sides } from "./padding.js";
import { CHANNELS_LAST, plain, type TfjsLayer } from "./types.js";

export const TRANSPOSING: Entry = describe(conv2dTranspose, (args, { weight, inputs: [[height = 1, width = 1, channels = 1] = []] }) => {
  const activated = splitActivation(args.activation);
  if ("refused" in activated) return activated;
  const frame = frameOf([height, width, channels], transposedWindow(args));
  if (!frame || (frame.after && activated.after))
    return { refused: "pads its result in a way that TensorFlow.js layers does not have; use padding same or valid" };
  const kernel = inflate(joinGroups(weight("kernel"), args.groups), args.dilationRate);
  const config = {
    ...CHANNELS_LAST,
    filters: args.filters,
    kernel_size: kernel.shape.slice(0, 2),
    strides: args.strides,
    padding: frame.padding,
    use_bias: args.useBias,
    activation: activated.own,
  };
  const { after } = frame;
  return {
    main: plain("Conv2DTranspose", config, [kernel, ...(args.useBias ? [weight("bias")] : [])]),
    ...(after ? { after } : activated.after),
  };
});

/** The rule that comes to the same, or valid and what has to be cut off its result; undefined where that is too small. */
function frameOf(
  image: ImageShape,
  window: TransposedWindow,
): { readonly padding: "same" | "valid"; readonly after?: TfjsLayer } | undefined {
  const wanted = placeTransposed(image, window);
  const byRule = (padding: "same" | "valid") => placeTransposed(image, { ...window, padding, outputPadding: undefined });
  const rule = (["same", "valid"] as const).find((padding) => JSON.stringify(byRule(padding)) === JSON.stringify(wanted));
  if (rule) return { padding: rule };
  const [rows, columns] = byRule("valid").output;
  const [top, , left] = wanted.padding;
  const cropping: Padding = [top, rows - top - wanted.output[0], left, columns - left - wanted.output[1]];
  if (Math.min(...cropping) < 0) return undefined;
  return { padding: "valid", after: plain("Cropping2D", { ...CHANNELS_LAST, cropping: sides(cropping) }) };
}
