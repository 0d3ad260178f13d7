import path from "node:path";
import { UserError } from "../../base/userError.js";
import { readNetwork } from "../../model/read.js";
import { layerRows } from "../../protocol/layerRows.js";
import type { LayerRow, LayerWeights } from "../../protocol/trainer.js";
import type { MetricsLine } from "../../run/metrics.js";
import type { RunRecord } from "../../run/record.js";
import { readMetrics } from "../../runs/metricsFile.js";
import { readRun, readWeights } from "../../runs/readRun.js";
import { inferShapes } from "../../shape/infer.js";
import { networkName } from "./describeRun.js";

export interface StoredRun {
  readonly record: RunRecord;
  readonly layers: readonly LayerRow[];
  readonly metrics: readonly MetricsLine[];
}

/** All that views show of a run no trainer is at work on. Throws UserError. */
export async function readStored(runDirectory: string): Promise<StoredRun> {
  const [record, metrics] = await Promise.all([readRun(runDirectory), readMetrics(runDirectory)]);
  const { network } = readNetwork(record.network.source, networkName(record));
  return { record, metrics, layers: layerRows(inferShapes(network)) };
}

/** A layer's newest weights on disk. Throws UserError where there are none. */
export async function storedWeights(runDirectory: string, layers: readonly LayerRow[], layer: string): Promise<LayerWeights> {
  const kernelShape = layers.find((row) => row.name === layer)?.kernelShape;
  const { step, variables } = await readWeights(runDirectory, "newest");
  const kernel = variables.get(`${layer}/kernel`);
  const bias = variables.get(`${layer}/bias`);
  if (!kernel || !kernelShape) throw new UserError(`Run ${path.basename(runDirectory)} has no kernel of ${layer}.`);
  return { layer, step, kernelShape, kernel, ...(bias && { bias }) };
}
