import type { ClassValue } from "../../../interpret/values.js";
import { adaptivePooling, fractionalPooling, pooling, unpooling } from "../operations/pool.js";
import { layerClass } from "./layer.js";

const MAX = "kernel_size, stride=None, padding=0, dilation=1, return_indices=False, ceil_mode=False";
const AVERAGE = "kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True, divisor_override=None";

function pools(count: number): ClassValue[] {
  return [
    layerClass(`MaxPool${count}d(${MAX})`, pooling("max", count)),
    layerClass(`AvgPool${count}d(${AVERAGE})`, pooling("avg", count)),
    layerClass(`LPPool${count}d(norm_type, kernel_size, stride=None, ceil_mode=False)`, pooling("lp", count)),
    layerClass(`AdaptiveMaxPool${count}d(output_size, return_indices=False)`, adaptivePooling("max", count)),
    layerClass(`AdaptiveAvgPool${count}d(output_size)`, adaptivePooling("avg", count)),
    layerClass(`MaxUnpool${count}d(kernel_size, stride=None, padding=0)`, unpooling(count), {
      inputs: "forward(input, indices, output_size=None)",
    }),
  ];
}

const fractional = (count: number) =>
  layerClass(
    `FractionalMaxPool${count}d(kernel_size, output_size=None, output_ratio=None, return_indices=False, _random_samples=None)`,
    fractionalPooling(count),
  );

export const POOLS: readonly ClassValue[] = [...[1, 2, 3].flatMap(pools), fractional(2), fractional(3)];
