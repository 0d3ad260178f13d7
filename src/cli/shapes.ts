import { UserError } from "../base/userError.js";
import { bytes, thousands } from "../base/words.js";
import { argumentSummary } from "../protocol/layerRows.js";
import { readSaved } from "../saved/readSaved.js";
import { parameterCount } from "../shape/infer.js";
import { type ReadShapes, readShapes, readText } from "./networkFile.js";
import { readingToJson, readingToText } from "./savedShapes.js";
import { table } from "./table.js";

export interface ShapesOptions {
  readonly target?: string;
  readonly input?: string;
  readonly json?: true;
}

/** `cnn shapes FILE`: prints what is known, problems included; fails only where the file cannot be read. */
export async function shapes(file: string, options: ShapesOptions): Promise<undefined> {
  const saved = await readSaved(file);
  if (saved !== undefined) {
    const line = () => 1;
    console.log(options.json ? JSON.stringify(readingToJson(saved, line)) : readingToText(saved, line));
    return;
  }
  if (options.target !== undefined) throw new UserError(`${file} holds one network: --target is for source code that holds several.`);
  const read = readShapes(await readText(file), file, options.input === undefined ? undefined : parseShape(options.input));
  console.log(options.json ? JSON.stringify(toJson(read)) : toText(read));
}

function parseShape(text: string): number[] {
  const sizes = text.split("x").map(Number);
  if (sizes.some((size) => !Number.isInteger(size) || size < 1))
    throw new UserError(`--input ${text} is no shape; write sizes with x between, such as 28x28x1.`);
  return sizes;
}

/** Shapes are whole, with null for the batch. */
function toJson({ network, shapes, problems, lineOf }: ReadShapes): unknown {
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

function toText({ network, shapes, problems, lineOf }: ReadShapes): string {
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
    `${thousands(shapes.totalParameters)} parameters`,
    `${thousands(shapes.totalMultiplyAdds)} multiply-adds`,
    `${bytes(shapes.totalActivationBytes)} of activations`,
  ];
  const found = problems.map(({ range, message, severity }) => `line ${lineOf(range.start)}: ${severity}: ${message}`);
  return [`${network.name}, input ${written(network.input?.shape)}`, "", columns, "", `${totals.join(", ")} (one example)`, ...found].join(
    "\n",
  );
}
