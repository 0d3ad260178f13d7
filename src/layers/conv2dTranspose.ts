import { ok } from "../base/result.js";
import { activationArgument } from "./activationArgument.js";
import { type ArgumentsOf, count, maybe, optional } from "./arguments.js";
import { convolved, filtersArgument, kernelArguments } from "./convolution.js";
import { defineLayer } from "./defineLayer.js";
import { groupsProblem } from "./groups.js";
import { asImage, imageOf, isProblem } from "./image.js";
import { withFans } from "./initializer.js";
import type { LayerProblem, Reach } from "./kind.js";
import { type PlacedTransposed, placeTransposed, type TransposedWindow, transposedFormulas } from "./transposedWindow.js";
import { biases, weight, weightArguments } from "./weights.js";
import { span } from "./window.js";
import { addedPair, windowPadding } from "./windowArguments.js";
import { paddingText, shapeText } from "./words.js";

const windowArguments = {
  ...kernelArguments,
  padding: optional(
    windowPadding(
      "What is taken off the full result: same (as many rows as input rows times strides), valid (nothing), a number, [height, width] or [[top, bottom], [left, right]].",
    ),
    "valid",
  ),
  outputPadding: maybe(addedPair("Rows and columns added below and right; where left out, what padding same or valid need, else none.")),
};

/** 2-D transposed convolution: the way back of a convolution with these arguments, also called deconvolution. */
export const conv2dTranspose = defineLayer({
  type: "conv2dTranspose",
  summary: "2-D transposed convolution: each pixel writes a weighted kernel into a larger image, where they add up; learned upsampling.",
  arguments: {
    ...filtersArgument,
    ...windowArguments,
    groups: optional(count("Splits the channels into this many parts that are convolved apart."), 1),
    activation: activationArgument,
    ...weightArguments,
  },

  infer(args, input) {
    const image = asImage(input);
    if (isProblem(image)) return { ok: false, error: image };
    const [rows, columns, channels] = image;
    const undivided = groupsProblem(args.groups, channels, args.filters);
    if (undivided) return { ok: false, error: undivided };
    const window = transposedWindow(args);
    const placed = placeTransposed(image, window);
    const { output } = placed;
    if (Math.min(output[0] - placed.added[0], output[1] - placed.added[1]) < 1)
      return { ok: false, error: nothingLeft(input, window, placed) };

    const [kernelHeight, kernelWidth] = args.kernelSize;
    const area = kernelHeight * kernelWidth;
    const perGroup = args.filters / args.groups;
    const kernel = [kernelHeight, kernelWidth, perGroup, channels];
    const start = withFans(args.kernelInitializer, area * perGroup, area * channels);
    const parameters = [weight("kernel", kernel, start, args, args.kernelRegularizer), ...biases(args, args.filters)];
    const multiplyAdds = rows * columns * area * perGroup * channels;
    const product = `${kernelHeight}*${kernelWidth}*${args.groups === 1 ? perGroup : `(${args.filters}/${args.groups})`}*${channels}`;
    const kernels = { output, reach: reachOf(window, placed), sizeFormulas: () => transposedFormulas(image, window, placed) };
    const arithmetic = () => ({ kernels: [product], multiplyAdds: `${rows}*${columns} * ${product}` });
    return ok(convolved(kernels, { filters: args.filters, parameters, multiplyAdds }, arithmetic));
  },

  lower(args, x, _shape, { builder, parameter, activate }) {
    const { output, padding, added } = placeTransposed(imageOf(x), transposedWindow(args));
    const convolution = { strides: args.strides, dilation: args.dilationRate, padding, groups: args.groups };
    const read = builder.conv2dTranspose(x, parameter("kernel"), convolution, [output[0] - added[0], output[1] - added[1]]);
    const y = Math.max(...added) > 0 ? builder.pad2d(read, [0, added[0], 0, added[1]]) : read;
    return activate(args.useBias ? builder.biasAdd(y, parameter("bias")) : y, args.activation);
  },
});

/** The window of a transposed convolution. */
export function transposedWindow(args: ArgumentsOf<typeof windowArguments>): TransposedWindow {
  const { kernelSize: size, strides, dilationRate: dilation, padding, outputPadding } = args;
  return { size, strides, dilation, padding, outputPadding };
}

/** An output sees span/strides inputs, rounded up, and the next one begins 1/strides of an input later. */
function reachOf({ size, strides, dilation }: TransposedWindow, { padding }: PlacedTransposed): Reach {
  const reach = (axis: 0 | 1) => span(size[axis], dilation[axis]);
  const before = (axis: 0 | 1, taken: number) => Math.max(0, Math.floor((reach(axis) - 1 - taken) / strides[axis]));
  return {
    kernel: [Math.ceil(reach(0) / strides[0]), Math.ceil(reach(1) / strides[1])],
    strides: [1 / strides[0], 1 / strides[1]],
    dilation: [1, 1],
    padding: [before(0, padding[0]), 0, before(1, padding[2]), 0],
  };
}

function nothingLeft(input: readonly number[], { padding }: TransposedWindow, { output }: PlacedTransposed): LayerProblem {
  return {
    code: "window-too-large",
    argument: "padding",
    message: `padding ${paddingText(padding)} leaves ${shapeText(output)} of a ${shapeText(input.slice(0, 2))} input; use padding same or less of it`,
    fixes: [{ title: "Use padding same", set: { padding: "same" } }],
  };
}
