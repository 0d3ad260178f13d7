import { thousands } from "../base/words.js";
import { type ArgumentsOf, count, optional, withExamples } from "./arguments.js";
import type { Formula, Parameter } from "./kind.js";
import type { WindowArguments } from "./window.js";
import { pair, windowPadding } from "./windowArguments.js";

export const filtersArgument = {
  filters: withExamples(count("Number of kernels, which is the number of output channels."), 16, 32, 64),
};

/** Arguments that say where the kernels of a convolution stand. */
export const kernelArguments = {
  kernelSize: withExamples(pair("Height and width of the kernels: a number for both, or [height, width]."), 3, 5, 7),
  strides: optional(pair("Rows and columns from one window to the next."), 1),
  padding: optional(
    windowPadding("Zeros around the image: same, valid (none), a number, [height, width] or [[top, bottom], [left, right]]."),
    "valid",
  ),
  dilationRate: optional(pair("Distance between the kernel's entries; 2 leaves every second row and column out."), 1),
};

/** The window of a convolution's kernels. */
export function kernelWindow(args: ArgumentsOf<typeof kernelArguments>): WindowArguments {
  return { size: args.kernelSize, strides: args.strides, dilation: args.dilationRate, padding: args.padding };
}

/** Parameters as arithmetic: the size of each kernel, written as a product, and the bias, where there is one. */
export function parametersFormula(kernels: readonly string[], parameters: readonly Parameter[]): Formula {
  const bias = parameters.find(({ name }) => name === "bias")?.shape ?? [];
  const total = parameters.reduce((sum, { shape }) => sum + shape.reduce((product, size) => product * size, 1), 0);
  return { label: "parameters", expression: [...kernels, ...bias].join(" + "), value: thousands(total) };
}
