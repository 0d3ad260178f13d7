import path from "node:path";
import * as vscode from "vscode";
import { LineIndex } from "../../base/text.js";
import { UserError } from "../../base/userError.js";
import { ModelTensors } from "../../inspect/modelTensors.js";
import { networkDetails, networkGraph } from "../../inspect/networkGraph.js";
import type { Shown } from "../annotate/analyses.js";
import { learntWeights, variablesOf } from "../training/learntWeights.js";
import type { ObservableRun } from "../training/observableRun.js";
import { breathe } from "./breathe.js";
import { placesOf } from "./nodePlaces.js";
import type { TextReading } from "./textModel.js";

/** Reads a network of our own. */
export function readNetworkFile(document: vscode.TextDocument, { analysis, range }: Shown, runs: readonly ObservableRun[]): TextReading {
  const title = path.basename(document.fileName);
  const { network, shapes, problems, text } = analysis;
  const learnt = learntWeights(runs, variablesOf({ source: text, file: title }));
  const known = { network, shapes, problems };
  const graph = networkGraph(known, {
    title,
    lines: new LineIndex(text),
    canTrain: !problems.some(({ severity }) => severity === "error"),
    learnt: learnt?.variables ?? new Set(),
  });
  return {
    graph,
    details: (node) => networkDetails(known, node),
    tensors: new ModelTensors(
      graph,
      "cnn",
      async ({ name, shape }, use) => {
        if (!learnt?.variables.has(name)) throw new UserError(`No run of ${title} has learnt ${name}.`);
        const data = await learnt.read(name);
        return use({ shape: shape.map((size) => size ?? 1), read: (offset, count) => data.subarray(offset, offset + count) });
      },
      breathe,
    ),
    places: placesOf(network.layers.map((layer) => [new vscode.Location(document.uri, range(layer.range))])),
  };
}
