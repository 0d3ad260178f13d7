import type { Problem } from "../base/problem.js";
import type { TextRange } from "../base/text.js";
import { sizesText, thousands } from "../base/words.js";
import type { TensorShape } from "../interpret/tensor.js";
import { elementCount } from "../program/shapes.js";
import type { ModelReading, ReadLayer } from "../reading/types.js";
import { table } from "./table.js";

/** The line, from 1, where a range begins in the file that was read. */
export type LineOf = (range: TextRange) => number;

/** A reading as `cnn shapes --json` prints it: shapes whole, null for sizes that are not known. */
export function readingToJson(reading: ModelReading, lineOf: LineOf): unknown {
  const { framework, target, inputs, layers, outputs, totalParameters, tensors, problems } = reading;
  return {
    framework,
    target,
    input: one(inputs),
    layers: layers.map((layer) => ({
      ...(layer.file === undefined ? layer.range && { line: lineOf(layer.range) } : { file: layer.file }),
      name: layer.name,
      type: layer.type,
      input: one(layer.inputs),
      output: one(layer.outputs),
      params: layer.parameters ?? null,
    })),
    ...(tensors && { tensors }),
    output: one(outputs),
    totalParams: totalParameters ?? null,
    problems: problems.map(({ range, message, severity, code }) => ({ line: lineOf(range), message, severity, code })),
  };
}

/** A single shape by itself, several as a list. */
function one(shapes: readonly (TensorShape | undefined)[]): unknown {
  const written = shapes.map((shape) => shape?.map((size) => size ?? null) ?? null);
  return written.length === 1 ? written[0] : written;
}

/** A reading as a table for people. Without `lineOf` the file is no text, and its layers and problems have no lines. */
export function readingToText(whole: ModelReading, lineOf?: LineOf): string {
  const { tensors: _, ...graph } = whole;
  const reading: ModelReading = graph.layers.length > 0 ? graph : whole;
  const { target, inputs, inputOrigin, outputs, tensors, problems } = reading;
  const guessed = inputOrigin === "solved" || inputOrigin === "habit" ? " (a guess: --input says another)" : "";
  const told = problems.map((problem) => problemText(problem, lineOf));
  // What cannot be made has no shapes, but what keeps it from being made.
  if (reading.layers.length === 0 && !tensors && told.length > 0) return [target, "", ...told].join("\n");
  const head = tensors ? `${target}: weights without a graph` : `${target}, input ${inputs.map(written).join(", ")}${guessed}`;
  const body = tensors ? tensorTable(reading) : layerTable(reading, lineOf);
  const end = tensors ? [] : [`output ${outputs.map(written).join(", ")}`];
  return [head, "", body, "", ...end, totals(reading), ...told].join("\n");
}

function layerTable({ layers }: ModelReading, lineOf: LineOf | undefined): string {
  const row = (layer: ReadLayer) => [
    ...(lineOf ? [place(layer, lineOf)] : []),
    layer.name,
    layer.type,
    layer.outputs.map(written).join(", "),
    layer.parameters === undefined ? "?" : thousands(layer.parameters),
    ...[layer.application?.multiplyAdds].map((count) => (count === undefined ? "?" : thousands(count))),
  ];
  const columns = [
    ...(lineOf ? [{ title: "line", align: "right" } as const] : []),
    { title: "layer", align: "left" },
    { title: "type", align: "left" },
    { title: "output", align: "left" },
    { title: "parameters", align: "right" },
    { title: "multiply-adds", align: "right" },
  ] as const;
  return table(columns, layers.map(row));
}

function tensorTable({ tensors = [] }: ModelReading): string {
  const rows = tensors.map(({ name, shape, dtype }) => [name, dtype, shape.join("x"), thousands(elementCount(shape))]);
  return table(
    [
      { title: "tensor", align: "left" },
      { title: "type", align: "left" },
      { title: "shape", align: "left" },
      { title: "numbers", align: "right" },
    ],
    rows,
  );
}

function totals({ layers, tensors, totalParameters }: ModelReading): string {
  if (tensors)
    return `${thousands(tensors.length)} tensors, ${thousands(tensors.reduce((sum, { shape }) => sum + elementCount(shape), 0))} numbers`;
  const parameters = totalParameters === undefined ? "parameters unknown" : `${thousands(totalParameters)} parameters`;
  const costs = layers.map(({ application }) => application?.multiplyAdds);
  const known = costs.filter((cost) => cost !== undefined);
  const multiplyAdds = known.reduce((sum, cost) => sum + cost, 0);
  return `${parameters}, ${known.length < costs.length ? "at least " : ""}${thousands(multiplyAdds)} multiply-adds (one example)`;
}

function problemText({ range, severity, message }: Problem, lineOf: LineOf | undefined): string {
  return lineOf ? `line ${lineOf(range)}: ${severity}: ${message}` : `${severity}: ${message}`;
}

function place({ range, file }: ReadLayer, lineOf: LineOf): string {
  if (file !== undefined) return range ? `${file}:${lineOf(range)}` : file;
  return range ? String(lineOf(range)) : "";
}

function written(shape: TensorShape | undefined): string {
  return shape === undefined ? "?" : sizesText(shape, "scalar");
}
