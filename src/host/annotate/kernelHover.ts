import * as vscode from "vscode";
import { thousands } from "../../base/words.js";
import type { InferredLayer } from "../../shape/types.js";
import { COMMANDS } from "../ids.js";
import { layerWeights } from "../training/layerWeights.js";
import type { LiveRun } from "../training/liveRun.js";
import type { Analyses } from "./analyses.js";

/** Runs that are looked into: older ones had other layers, most likely. */
const MOST_RUNS = 3;

/** What a layer has learnt: its kernels in the newest run of this file in which it had the shape it has now. */
export class KernelHover implements vscode.HoverProvider {
  /** `runsOf` answers the runs of a network's file, the newest first. */
  constructor(
    private readonly analyses: Analyses,
    private readonly runsOf: (network: vscode.Uri) => Promise<readonly LiveRun[]>,
  ) {}

  async provideHover(
    document: vscode.TextDocument,
    position: vscode.Position,
    token: vscode.CancellationToken,
  ): Promise<vscode.Hover | undefined> {
    const { analysis, range } = this.analyses.of(document);
    const found = analysis.shapes.layers.find(({ layer }) => range(layer.range).contains(position));
    const shape = found && kernelShape(found);
    if (!found || !shape) return undefined;
    for (const run of (await this.runsOf(document.uri)).slice(0, MOST_RUNS)) {
      const weights = await layerWeights(run, found.layer.name, shape);
      if (token.isCancellationRequested) return undefined;
      if (!weights) continue;
      const { kernelImage } = await import("./kernelImage.js"); // With the library that writes PNG: hovers alone need it.
      const { uri, text } = kernelImage(weights);
      const show = `command:${COMMANDS.openRun}?${encodeURIComponent(JSON.stringify([run.runDirectory]))}`;
      const markdown = new vscode.MarkdownString(
        `![Kernels of ${found.layer.name}](${uri})\n\n${text}; [run ${run.record.id}](${show}), step ${thousands(weights.step)}`,
      );
      markdown.isTrusted = { enabledCommands: [COMMANDS.openRun] };
      return new vscode.Hover(markdown, range(found.layer.range));
    }
    return undefined;
  }
}

function kernelShape({ shape }: InferredLayer): readonly number[] | undefined {
  return shape?.parameters.find(({ name }) => name === "kernel")?.shape;
}
