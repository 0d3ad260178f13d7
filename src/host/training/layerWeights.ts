import { elementCount } from "../../program/shapes.js";
import type { LayerWeights } from "../../protocol/trainer.js";
import { readWeights } from "../../runs/readRun.js";
import type { LiveRun } from "./liveRun.js";

/** A layer's newest weights in a run, live or stored; undefined where the run has none by this name in this shape. */
export async function layerWeights(run: LiveRun, layer: string, kernelShape: readonly number[]): Promise<LayerWeights | undefined> {
  try {
    const weights = run.live ? await run.weights(layer) : await stored(run.runDirectory, layer, kernelShape);
    return String(weights?.kernelShape) === String(kernelShape) ? weights : undefined;
  } catch {
    return undefined; // no such layer, or nothing that can be read yet
  }
}

async function stored(runDirectory: string, layer: string, kernelShape: readonly number[]): Promise<LayerWeights | undefined> {
  const { step, variables } = await readWeights(runDirectory, "newest");
  const kernel = variables.get(`${layer}/kernel`);
  const size = elementCount(kernelShape);
  return kernel?.length === size ? { layer, step, kernelShape, kernel } : undefined;
}
