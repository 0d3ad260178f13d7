import path from "node:path";
import type * as vscode from "vscode";
import { LineIndex, type TextRange } from "../../base/text.js";
import { UserError } from "../../base/userError.js";
import { inFrameworkOrder } from "../../inspect/axes.js";
import { formatName } from "../../inspect/formats.js";
import { ModelTensors } from "../../inspect/modelTensors.js";
import { readingDetails } from "../../inspect/readingDetails.js";
import { readingGraph } from "../../inspect/readingGraph.js";
import { tensorName } from "../../inspect/tensorTable.js";
import { toCnnJson } from "../../reading/toCnnJson.js";
import type { ModelReading, ReadLayer } from "../../reading/types.js";
import type { PlacedCode, ShownCode } from "../annotate/code/codeAnalyses.js";
import { type LearntWeights, learntWeights, variablesOf } from "../training/learntWeights.js";
import type { ObservableRun } from "../training/observableRun.js";
import { breathe } from "./breathe.js";
import { placesOf } from "./nodePlaces.js";
import type { TextReading } from "./textModel.js";

/** Reads one model of source code, by its expression. Throws UserError where the code makes it no more. */
export function readCode(
  document: vscode.TextDocument,
  shown: ShownCode | undefined,
  expression: string,
  runs: readonly ObservableRun[],
): TextReading {
  const title = path.basename(document.fileName);
  const makes = ({ analysis }: PlacedCode) => analysis.targets.some((target) => target.expression === expression);
  const code = shown && [...shown.lost, shown].find(makes);
  if (!code) throw new UserError(`${title} does not make ${expression} any more.`);
  const { source, targets, readings } = code.analysis;
  const reading = readings[targets.findIndex((target) => target.expression === expression)] ?? source.read(expression);
  const weights = learntOf(reading, runs);
  const graph = readingGraph(reading, {
    title: source.targets.length > 1 ? `${expression} in ${title}` : title,
    format: formatName(reading.framework, "source"),
    canTrain: reading.layers.length > 0 && !reading.problems.some(({ severity }) => severity === "error"),
    lines: new LineIndex(source.text),
    learnt: new Set(weights.keys()),
  });
  return {
    graph,
    details: readingDetails(reading, source.text),
    tensors: new ModelTensors(
      graph,
      reading.framework,
      async (tensor, use) => {
        const data = await weights.get(tensor.name)?.();
        if (!data) throw new UserError(`No run of ${title} has learnt ${tensor.name}.`);
        const shape = tensor.shape.map((size) => size ?? 1);
        return use({ shape, read: (offset, count) => data.subarray(offset, offset + count) });
      },
      breathe,
    ),
    places: placesOf(reading.layers.map((layer) => rangesOf(layer).map((range) => code.locate(range)))),
  };
}

/** Where a layer is made, and where it is applied. */
function rangesOf({ range, application }: ReadLayer): TextRange[] {
  if (!range) return [];
  const isSameFile = application && application.calledAt.file === application.madeAt.file;
  return isSameFile ? [range, application.calledAt.range] : [range];
}

type ReadWeight = () => Promise<Float32Array>;

/** The weights that a run of this model has learnt, in the framework's own order, by their tensors' names. */
function learntOf(reading: ModelReading, runs: readonly ObservableRun[]): ReadonlyMap<string, ReadWeight> {
  const none = new Map<string, ReadWeight>();
  const translated = runs.length > 0 ? toCnnJson(reading) : undefined;
  if (!translated?.ok) return none;
  const { text, weights } = translated.value;
  const learnt: LearntWeights | undefined = learntWeights(runs, variablesOf({ source: text, file: "model.cnn.json" }));
  if (!learnt) return none;
  return new Map(
    [...weights].flatMap(([variable, { layer, parameter, ...source }]): [string, ReadWeight][] => {
      const shape = layer.application?.parameters.find(({ name }) => name === parameter)?.shape.map((size) => size ?? 1);
      if (!shape || !learnt.variables.has(variable)) return [];
      return [[tensorName(layer, parameter), async () => inFrameworkOrder(await learnt.read(variable), shape, source)]];
    }),
  );
}
