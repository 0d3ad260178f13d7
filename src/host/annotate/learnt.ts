import type * as vscode from "vscode";
import { thousands } from "../../base/words.js";
import type { InferredLayer } from "../../shape/types.js";
import { COMMANDS } from "../ids.js";
import { layerWeights } from "../training/layerWeights.js";
import type { LiveRun } from "../training/liveRun.js";
import type { Learnt } from "./hoverText.js";
import { kernelImage } from "./kernelImage.js";

/** Runs that are looked into: older ones had other layers, most likely. */
const MOST_RUNS = 3;
/** How long a hover waits: a trainer answers between two steps. */
const PATIENCE_MS = 500;

/** What a layer has learnt: its kernels in the newest of the runs in which it had the shape it has now; undefined where that takes too long. */
export async function learntBy(runs: readonly LiveRun[], layer: InferredLayer): Promise<Learnt | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), PATIENCE_MS);
  });
  return Promise.race([lookFor(runs, layer), late]).finally(() => clearTimeout(timer));
}

async function lookFor(runs: readonly LiveRun[], { layer, shape }: InferredLayer): Promise<Learnt | undefined> {
  const kernelShape = shape?.parameters.find(({ name }) => name === "kernel")?.shape;
  if (!kernelShape) return undefined;
  for (const run of runs.slice(0, MOST_RUNS)) {
    const weights = await layerWeights(run, layer.name, kernelShape);
    if (!weights) continue;
    const { uri, text } = kernelImage(weights);
    const show = `command:${COMMANDS.openRun}?${encodeURIComponent(JSON.stringify([run.runDirectory]))}`;
    return { image: uri, title: text, where: `[run ${run.record.id}](${show}), step ${thousands(weights.step)}` };
  }
  return undefined;
}

/** Where the hover learns of runs: those of a network's file, the newest first. */
export type RunsOf = (network: vscode.Uri) => Promise<readonly LiveRun[]>;
