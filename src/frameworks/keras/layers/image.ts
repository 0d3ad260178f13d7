import type { Size, TensorShape } from "../../../interpret/tensor.js";
import type { LayerArguments } from "./arguments.js";
import { type InputShapes, Misfit } from "./layer.js";
import { shapeText } from "./sizes.js";

/** An input with spatial axes (steps; rows and columns; planes, rows and columns) and channels, wherever its layout puts them. */
export interface Image {
  readonly batch: Size;
  readonly spatial: readonly Size[];
  readonly channels: Size;
  readonly channelsFirst: boolean;
  /** The shape of a result in the same layout. */
  shape(spatial: readonly Size[], channels: Size): TensorShape;
}

const AXES = ["", "steps", "rows and columns", "planes, rows and columns"];

/** The first input as an image of `rank` spatial axes. All sizes are unknown where the input's shape is. */
export function imageInput(args: LayerArguments, [input]: InputShapes, rank: number): Image {
  if (input && input.length !== rank + 2) {
    const got = input.length === 1 ? "one number for each example" : shapeText(input);
    throw new Misfit({
      code: "wrong-rank",
      message: `needs ${AXES[rank]} and channels, but gets ${got}${remedy(input.length - 2, rank)}`,
      fixes: [],
    });
  }
  const whole = input ?? Array<Size>(rank + 2).fill(undefined);
  const channelsFirst = args.word("data_format") === "channels_first";
  const [batch, ...rest] = whole;
  const channels = channelsFirst ? rest[0] : rest.at(-1);
  const spatial = channelsFirst ? rest.slice(1) : rest.slice(0, -1);
  return {
    batch,
    spatial,
    channels,
    channelsFirst,
    shape: (sizes, depth) => (channelsFirst ? [batch, depth, ...sizes] : [batch, ...sizes, depth]),
  };
}

function remedy(spatial: number, rank: number): string {
  if (spatial === rank - 1 && rank > 1) return "; Reshape it to add the axis of channels";
  return spatial < rank ? "; put a Reshape before it, or take the layer out of what comes after Flatten" : "";
}

/** The axes of two spatial dimensions that reach and catalogue know: of one, the second is 1; of three, the last two. */
export function asPair(sizes: readonly Size[]): readonly [number, number] | undefined {
  const [first, second] = sizes.length === 1 ? [sizes[0], 1] : sizes.slice(-2);
  return first === undefined || second === undefined ? undefined : [first, second];
}
