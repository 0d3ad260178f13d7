import { adaptiveArguments, evenWindow, inferAdaptive, type Stretch, stretches } from "./adaptivePooling2d.js";
import { type AxisWeights, mapAxis } from "./axisMap.js";
import { defineLayer } from "./defineLayer.js";
import { imageOf } from "./image.js";

export const adaptiveAveragePooling2d = defineLayer({
  type: "adaptiveAveragePooling2d",
  summary: "Averages, channel by channel, to an image of a given size, whatever the size of the input: PyTorch's AdaptiveAvgPool2d.",
  arguments: adaptiveArguments,
  infer: inferAdaptive,

  lower({ outputSize }, x, _shape, { builder }) {
    const even = evenWindow(x, outputSize);
    if (even) return builder.averagePool2d(x, { ...even, padding: [0, 0, 0, 0], countPadding: false });
    const [height, width] = imageOf(x);
    const rows = mapAxis(builder, x, 1, means(stretches(height, outputSize[0]), height));
    return mapAxis(builder, rows, 2, means(stretches(width, outputSize[1]), width));
  },
});

function means(parts: readonly Stretch[], inputs: number): AxisWeights {
  return parts.map(({ start, size }) => Array.from({ length: inputs }, (_, i) => (i >= start && i < start + size ? 1 / size : 0)));
}
