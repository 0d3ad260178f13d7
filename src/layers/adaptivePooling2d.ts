import type { Pair, Value } from "../program/types.js";
import { withExamples } from "./arguments.js";
import { asImage, imageOf, isProblem } from "./image.js";
import type { Inferred, Reach, Shape } from "./kind.js";
import { pair } from "./windowArguments.js";

/** Arguments of the layers that pool to a size whatever the image's. */
export const adaptiveArguments = {
  outputSize: withExamples(pair("Height and width of the result: a number for both, or [height, width]."), 1, 7),
};

export interface Stretch {
  readonly start: number;
  readonly size: number;
}

/** Which of `inputs` rows each of `outputs` rows takes together: from floor(i*inputs/outputs) to ceil((i + 1)*inputs/outputs), as in PyTorch. */
export function stretches(inputs: number, outputs: number): Stretch[] {
  return Array.from({ length: outputs }, (_, i) => {
    const start = Math.floor((i * inputs) / outputs);
    return { start, size: Math.ceil(((i + 1) * inputs) / outputs) - start };
  });
}

/** The window that pools every size alike, where the image is a multiple of the result. */
export function evenWindow(x: Value, [rows, columns]: Pair): { readonly size: Pair; readonly strides: Pair } | undefined {
  const [height, width] = imageOf(x);
  const size: Pair = [height / rows, width / columns];
  return size.every(Number.isInteger) ? { size, strides: size } : undefined;
}

export function inferAdaptive({ outputSize }: { readonly outputSize: Pair }, input: Shape): Inferred {
  const image = asImage(input);
  if (isProblem(image)) return { ok: false, error: image };
  const [height, width, channels] = image;
  const [rows, columns] = outputSize;
  return {
    ok: true,
    value: {
      output: [rows, columns, channels],
      parameters: [],
      multiplyAdds: 0,
      reach: reachOf([height, width], outputSize),
      formulas: () => [
        { label: "height", expression: `from floor(i*${height}/${rows}) to ceil((i + 1)*${height}/${rows})`, value: String(rows) },
        { label: "width", expression: `from floor(i*${width}/${columns}) to ceil((i + 1)*${width}/${columns})`, value: String(columns) },
      ],
      warnings: [],
    },
  };
}

/** The largest of its windows, from one to the next the distance that they have on average. */
function reachOf(image: Pair, outputs: Pair): Reach {
  if (Math.max(...outputs) === 1) return "global";
  const most = (axis: 0 | 1) => Math.ceil(image[axis] / outputs[axis]) + (image[axis] % outputs[axis] === 0 ? 0 : 1);
  return {
    kernel: [Math.min(image[0], most(0)), Math.min(image[1], most(1))],
    strides: [image[0] / outputs[0], image[1] / outputs[1]],
    dilation: [1, 1],
    padding: [0, 0, 0, 0],
  };
}
