import { thousands } from "../base/words.js";
import type { Shape } from "../layers/kind.js";
import { shapeText } from "../layers/words.js";
import { parameterCount } from "./infer.js";
import type { InferredLayer, NetworkShapes, ReceptiveField } from "./types.js";

/** One line about a layer: "parameters", "5*5*6*16 + 16 = 2,416". Plain ASCII. */
export interface Fact {
  readonly label: string;
  readonly text: string;
}

/** Three significant digits, as "6.25 KiB" or "33.2 KiB". */
export function memoryText(bytes: number): string {
  const units = ["B", "KiB", "MiB", "GiB", "TiB"];
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${value < 1000 ? Number(value.toPrecision(3)) : thousands(value)} ${units[unit]}`;
}

/** "14x14x6 -> 10x10x16"; several inputs have commas between. Undefined where a shape is unknown. */
export function shapesText({ inputs, shape }: InferredLayer): string | undefined {
  const known = inputs.filter((input) => input !== undefined);
  if (!shape || known.length < inputs.length) return undefined;
  return `${known.map(shapeText).join(", ")} -> ${shapeText(shape.output)}`;
}

/** All that is known of a layer, as arithmetic with its numbers. */
export function layerFacts(layer: InferredLayer, input: Shape | undefined): Fact[] {
  if (!layer.shape) return [];
  const facts = layer.shape.formulas().map(({ label, expression, value }) => ({ label, text: `${expression} = ${value}` }));
  const memory = `${layer.shape.output.join("*") || 1} * 4 B = ${memoryText(layer.activationBytes)} for one image`;
  facts.push({ label: "memory", text: memory });
  if (layer.receptiveField && input)
    facts.push({ label: "receptive field", text: fieldText(layer.receptiveField, input, layer.shape.output) });
  return facts;
}

/** "14x14 of 28x28, strides 2x2"; a field that reaches beyond the image is told as what it sees of it. Shapes are channels-last, without batch. */
export function fieldText({ size, stride }: ReceptiveField, input: readonly number[], output: readonly number[]): string {
  const [height = 1, width = 1] = input;
  const seen = `${Math.min(size[0], height)}x${Math.min(size[1], width)} of ${height}x${width}`;
  return output.length === 3 ? `${seen}, strides ${stride.map((pixels) => Number(pixels.toPrecision(3))).join("x")}` : seen;
}

/** What may stand beside a layer's line. */
export const HINT_PARTS = ["shape", "parameters", "multiplyAdds", "receptiveField"] as const;
export type HintPart = (typeof HINT_PARTS)[number];

/** "10x10x16, 2,416 parameters"; undefined where nothing is known or wanted. Zeros are left out. */
export function hintText(layer: InferredLayer, show: readonly HintPart[]): string | undefined {
  const { shape, receptiveField } = layer;
  if (!shape) return undefined;
  const parameters = parameterCount(shape, false);
  const texts: Readonly<Record<HintPart, string | undefined>> = {
    shape: shapeText(shape.output),
    parameters: parameters > 0 ? `${thousands(parameters)} parameters` : undefined,
    multiplyAdds: shape.multiplyAdds > 0 ? `${thousands(shape.multiplyAdds)} multiply-adds` : undefined,
    receptiveField: receptiveField && `sees ${receptiveField.size[0]}x${receptiveField.size[1]}`,
  };
  const parts = HINT_PARTS.flatMap((part) => (show.includes(part) ? (texts[part] ?? []) : []));
  return parts.length > 0 ? parts.join(", ") : undefined;
}

/** "61,706 parameters", or "61,706 parameters (61,000 trainable)" where some are frozen or statistics. */
export function parametersText({ totalParameters, trainableParameters }: NetworkShapes): string {
  const trainable = trainableParameters < totalParameters ? ` (${thousands(trainableParameters)} trainable)` : "";
  return `${thousands(totalParameters)} parameters${trainable}`;
}

/** "61,706 parameters", "416,520 multiply-adds", "33.2 KiB an image". */
export function networkFacts(shapes: NetworkShapes): string[] {
  return [
    parametersText(shapes),
    `${thousands(shapes.totalMultiplyAdds)} multiply-adds`,
    `${memoryText(shapes.totalActivationBytes)} an image`,
  ];
}
