import type { Layer } from "../model/network.js";
import { parameterCount } from "../shape/infer.js";
import type { NetworkShapes } from "../shape/types.js";
import type { LayerRow } from "./trainer.js";

/** A network's layers as panels list them, as far as their shapes are known. */
export function layerRows(shapes: NetworkShapes): LayerRow[] {
  return shapes.layers.flatMap(({ layer, shape }) => {
    if (!shape) return [];
    const kernel = shape.parameters.find((parameter) => parameter.name === "kernel");
    return {
      name: layer.name,
      type: layer.kind.type,
      summary: argumentSummary(layer),
      output: shape.output,
      parameters: parameterCount(shape, false),
      multiplyAdds: shape.multiplyAdds,
      ...(kernel && { kernelShape: kernel.shape }),
    };
  });
}

/**
 * "6, 5x5, same, relu": what the file says of a layer, where it is not what would hold anyway; words stand without their names, and so
 * does the size of a pooling window, which is always said.
 */
export function argumentSummary(layer: Layer): string {
  const parts = Object.entries(layer.kind.arguments).flatMap(([name, argument]) => {
    const value = layer.args[name];
    const text = short(value);
    const isUsual = argument.fallback !== undefined && JSON.stringify(argument.fallback.value) === JSON.stringify(value);
    const isMain = argument.fallback === undefined || name === "poolSize";
    if (text === undefined || (isUsual && !isMain)) return [];
    return isMain || typeof value === "string" ? text : `${name} ${text}`;
  });
  return parts.join(", ");
}

function short(value: unknown): string | undefined {
  if (typeof value === "number" || typeof value === "string") return String(value);
  if (Array.isArray(value) && value.length === 2 && value.every((item) => typeof item === "number")) return value.join("x");
  return undefined;
}
