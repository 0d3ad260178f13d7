import type { Padding, Pair } from "../../program/types.js";
import type { Shape } from "../kind.js";
import { placeWindow } from "../window.js";
import { plain, type TfjsDescription } from "./types.js";

interface PoolingArguments {
  readonly poolSize: Pair;
  readonly strides: Pair | undefined;
  readonly padding: "same" | "valid" | Padding;
}

/** TF.js pools with the rules same and valid only; explicit padding that comes to the same is said by them. */
export function describePooling(className: string, args: PoolingArguments, [input]: readonly Shape[]): TfjsDescription {
  const [height = 1, width = 1, channels = 1] = input ?? [];
  const window = { size: args.poolSize, strides: args.strides ?? args.poolSize, dilation: [1, 1] as const };
  const placed = (padding: PoolingArguments["padding"]) => JSON.stringify(placeWindow([height, width, channels], { ...window, padding }));
  const padding = (["valid", "same"] as const).find((rule) => rule === args.padding || placed(rule) === placed(args.padding));
  if (padding === undefined)
    return { refused: "pools with explicit padding, which TensorFlow.js layers does not have; use padding same or valid" };
  return { main: plain(className, { pool_size: window.size, strides: window.strides, padding, data_format: "channels_last" }) };
}
