import { thousands } from "../base/words.js";
import type { ReceptiveField } from "../shape/types.js";
import { type Fact, fieldText, HINT_PARTS, type HintPart, memoryText } from "../shape/words.js";
import { channelsLast, countOf, shapeText, withoutBatch } from "./layout.js";
import type { InputOrigin, ModelReading, ReadLayer } from "./types.js";

/** "64x32x32, 1,728 parameters"; undefined where nothing is known or wanted. Zeros are left out. */
export function layerHint(
  layer: ReadLayer,
  { layout }: ModelReading,
  field: ReceptiveField | undefined,
  show: readonly HintPart[],
): string | undefined {
  const shapes = layer.outputs.flatMap((output) => (output ? shapeText(output, layout) : []));
  if (shapes.length === 0) return undefined;
  const multiplyAdds = layer.application?.multiplyAdds ?? 0;
  const texts: Readonly<Record<HintPart, string | undefined>> = {
    shape: shapes.join(", "),
    parameters: layer.parameters ? `${thousands(layer.parameters)} parameters` : undefined,
    multiplyAdds: multiplyAdds > 0 ? `${thousands(multiplyAdds)} multiply-adds` : undefined,
    receptiveField: field && `sees ${field.size[0]}x${field.size[1]}`,
  };
  const parts = HINT_PARTS.flatMap((part) => (show.includes(part) ? (texts[part] ?? []) : []));
  return parts.length > 0 ? parts.join(", ") : undefined;
}

/** A line that makes several layers, or one several times: "x4: 64x32x32 to 512x4x4"; the shape alone where all are alike. */
export function lineHint(hints: readonly string[]): string | undefined {
  const [first, ...others] = hints;
  if (first === undefined || others.length === 0) return first;
  const last = others.at(-1);
  return others.every((hint) => hint === first) ? `x${hints.length}: ${first}` : `x${hints.length}: ${first} to ${last}`;
}

/** "1x64x32x32 -> 1x64x16x16" without the batch; undefined where one is unknown. */
export function layerShapes({ inputs, outputs }: ReadLayer, { layout }: ModelReading): string | undefined {
  const text = (shapes: ReadLayer["inputs"]) => shapes.map((shape) => (shape ? shapeText(shape, layout) : "?")).join(", ");
  return outputs.some((output) => output !== undefined) ? `${text(inputs)} -> ${text(outputs)}` : undefined;
}

/** All that is known of a layer, as arithmetic with its numbers. */
export function readLayerFacts(layer: ReadLayer, reading: ModelReading, field: ReceptiveField | undefined): Fact[] {
  const facts = (layer.application?.formulas() ?? []).map(({ label, expression, value }) => ({ label, text: `${expression} = ${value}` }));
  const [output] = layer.outputs;
  const count = output && countOf(output, reading.layout);
  if (output && count !== undefined) {
    const sizes = withoutBatch(output, reading.layout);
    facts.push({ label: "memory", text: `${sizes.join("*") || "1"} * 4 B = ${memoryText(4 * count)} for one image` });
  }
  const image = reading.inputs[0] && channelsLast(reading.inputs[0], reading.layout);
  const made = output && channelsLast(output, reading.layout);
  if (field && image && made) facts.push({ label: "receptive field", text: fieldText(field, image, made) });
  return facts;
}

const ORIGINS: Readonly<Record<InputOrigin, string>> = {
  asked: "It was asked for.",
  comment: "A comment of the file says it.",
  setting: "It is the usual one of this workspace (cnnLab.input).",
  file: "The file shows it.",
  solved: "The file does not say it: it is one that the first weights and the dense layer allow.",
  habit: "The file does not say it: it is what models of this framework usually get.",
};

/** Whether nobody has said a model's input. */
export function isGuessed({ inputOrigin }: Pick<ModelReading, "inputOrigin">): boolean {
  return inputOrigin === "solved" || inputOrigin === "habit";
}

/** "3x32x32", "1x28x28 (guessed)"; undefined where there is none. */
export function inputText(reading: ModelReading): string | undefined {
  const { inputs, layout } = reading;
  if (inputs.length === 0) return undefined;
  return `${inputs.map((input) => shapeText(input, layout)).join(", ")}${isGuessed(reading) ? " (guessed)" : ""}`;
}

/** "x 1x28x28", where a model's function names its inputs. */
export function namedInputs(reading: ModelReading): string {
  const { inputs, layout, signature } = reading;
  const texts = inputs.map((input, i) => [signature?.names[i], shapeText(input, layout)].filter(Boolean).join(" "));
  return `${texts.join(", ")}${isGuessed(reading) ? " (guessed)" : ""}`;
}

/** How a model's input is known. */
export function inputReason({ inputOrigin }: Pick<ModelReading, "inputOrigin">): string {
  return ORIGINS[inputOrigin];
}

/** "11,173,962 parameters", "556,651,520 multiply-adds", "at least 24.4 MiB an image" where some of it is not known. */
export function readingFacts({ layers, totalParameters, layout }: ModelReading): string[] {
  const total = (counts: readonly (number | undefined)[], text: (sum: number) => string) => {
    const known = counts.filter((count) => count !== undefined);
    const sum = known.reduce((all, count) => all + count, 0);
    return sum === 0 ? [] : [`${known.length < counts.length ? "at least " : ""}${text(sum)}`];
  };
  const multiplyAdds = layers.map(({ application }) => application?.multiplyAdds);
  const numbers = layers.map(({ outputs: [output] }) => output && countOf(output, layout));
  return [
    ...(totalParameters === undefined ? [] : [`${thousands(totalParameters)} parameters`]),
    ...total(multiplyAdds, (sum) => `${thousands(sum)} multiply-adds`),
    ...total(numbers, (sum) => `${memoryText(4 * sum)} an image`),
  ];
}

/** "1000, 11,689,512 parameters": what a model answers and what it learns, for the line that makes it; undefined where nothing is known. */
export function modelHint({ outputs, layout, totalParameters }: ModelReading, show: readonly HintPart[]): string | undefined {
  const shapes = outputs.flatMap((output) => (output ? shapeText(output, layout) : []));
  const parts = [
    ...(show.includes("shape") && shapes.length > 0 ? [shapes.join(", ")] : []),
    ...(totalParameters ? [`${thousands(totalParameters)} parameters`] : []),
  ];
  return parts.length > 0 ? parts.join(", ") : undefined;
}
