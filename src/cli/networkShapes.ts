import { bytes, thousands } from "../base/words.js";
import { argumentSummary } from "../protocol/layerRows.js";
import { parameterCount } from "../shape/infer.js";
import { parametersText } from "../shape/words.js";
import type { ReadShapes } from "./networkFile.js";
import { table } from "./table.js";

/** A network as `cnn shapes --json` prints it: shapes whole, with null for the batch. */
export function networkToJson({ network, shapes, problems, lineOf }: ReadShapes): unknown {
  const whole = (shape: readonly number[] | undefined) => (shape === undefined ? null : [null, ...shape]);
  return {
    framework: "cnn",
    target: network.name,
    input: whole(network.input?.shape),
    layers: shapes.layers.map(({ layer, inputs, shape }) => ({
      line: lineOf(layer.range.start),
      name: layer.name,
      type: layer.kind.type,
      input: inputs.length === 1 ? whole(inputs[0]) : inputs.map(whole),
      output: whole(shape?.output),
      params: shape === undefined ? null : parameterCount(shape, false),
    })),
    output: whole(shapes.output),
    totalParams: shapes.totalParameters,
    problems: problems.map(({ range, message, severity, code }) => ({ line: lineOf(range.start), message, severity, code })),
  };
}

/** A network as a table for people. */
export function networkToText({ network, shapes, problems, lineOf }: ReadShapes): string {
  const written = (shape: readonly number[] | undefined) => shape?.join("x") ?? "?";
  const rows = shapes.layers.map(({ layer, shape, receptiveField }) => [
    layer.name,
    layer.kind.type,
    argumentSummary(layer),
    written(shape?.output),
    shape ? thousands(parameterCount(shape, false)) : "?",
    shape ? thousands(shape.multiplyAdds) : "?",
    receptiveField?.size.join("x") ?? "",
  ]);
  const columns = table(
    [
      { title: "layer", align: "left" },
      { title: "type", align: "left" },
      { title: "arguments", align: "left" },
      { title: "output", align: "left" },
      { title: "parameters", align: "right" },
      { title: "multiply-adds", align: "right" },
      { title: "sees", align: "right" },
    ],
    rows,
  );
  const totals = [
    parametersText(shapes),
    `${thousands(shapes.totalMultiplyAdds)} multiply-adds`,
    `${bytes(shapes.totalActivationBytes)} of activations`,
  ];
  const found = problems.map(({ range, message, severity }) => `line ${lineOf(range.start)}: ${severity}: ${message}`);
  return [`${network.name}, input ${written(network.input?.shape)}`, "", columns, "", `${totals.join(", ")} (one example)`, ...found].join(
    "\n",
  );
}
