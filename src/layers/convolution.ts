import { err, ok, type Result } from "../base/result.js";
import { thousands } from "../base/words.js";
import { elementCount } from "../program/shapes.js";
import type { Pair } from "../program/types.js";
import { type ArgumentsOf, count, optional, withExamples } from "./arguments.js";
import type { ImageShape } from "./image.js";
import type { Formula, LayerProblem, LayerShape, Parameter, Reach } from "./kind.js";
import { placeWindow, type WindowArguments, windowFormulas, windowProblem } from "./window.js";
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

type KernelArguments = ArgumentsOf<typeof kernelArguments>;

/** The window of a convolution's kernels. */
export function kernelWindow(args: KernelArguments): WindowArguments {
  return { size: args.kernelSize, strides: args.strides, dilation: args.dilationRate, padding: args.padding };
}

/** Kernels laid over an image. */
interface PlacedKernels {
  /** Height and width of the result. */
  readonly output: Pair;
  readonly reach: Reach;
  /** How the output sizes come about. */
  readonly sizeFormulas: () => readonly Formula[];
}

/** Lays the kernels over an image, or says why they do not fit. */
export function placeKernels(args: KernelArguments, image: ImageShape): Result<PlacedKernels, LayerProblem> {
  const window = kernelWindow(args);
  const placed = placeWindow(image, window);
  const misfit = windowProblem("kernelSize", image, window, placed);
  if (misfit) return err(misfit);
  const reach = { kernel: window.size, strides: window.strides, dilation: window.dilation, padding: placed.padding };
  return ok({ output: placed.output, reach, sizeFormulas: () => windowFormulas(image, window, placed) });
}

/** How numbers of a convolution come about, as products: the sizes of its kernels ("5*5*6*16"), and all multiply-adds. */
interface Arithmetic {
  readonly kernels: readonly string[];
  readonly multiplyAdds: string;
}

/** What a convolution makes of an image that its kernels fit. */
export function convolved(
  { output, reach, sizeFormulas }: PlacedKernels,
  { filters, parameters, multiplyAdds }: Pick<LayerShape, "parameters" | "multiplyAdds"> & { readonly filters: number },
  arithmetic: () => Arithmetic,
): LayerShape {
  const formulas = () => {
    const said = arithmetic();
    const total = { label: "multiply-adds", expression: said.multiplyAdds, value: thousands(multiplyAdds) };
    return [...sizeFormulas(), parametersFormula(said.kernels, parameters), total];
  };
  return { output: [...output, filters], parameters, multiplyAdds, reach, formulas, warnings: [] };
}

/** Parameters as arithmetic: the size of each kernel, written as a product, and the bias, where there is one. */
export function parametersFormula(kernels: readonly string[], parameters: readonly Parameter[]): Formula {
  const bias = parameters.find(({ name }) => name === "bias")?.shape ?? [];
  const total = parameters.reduce((sum, { shape }) => sum + elementCount(shape), 0);
  return { label: "parameters", expression: [...kernels, ...bias].join(" + "), value: thousands(total) };
}
