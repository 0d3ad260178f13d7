import { createHash } from "node:crypto";
import { compileNetwork } from "../compile/compile.js";
import type { CompiledNetwork } from "../compile/types.js";
import { splitTraining } from "../data/batches.js";
import { loadDataset } from "../data/load.js";
import type { Executor } from "../engine/executor.js";
import { layerRows } from "../protocol/layerRows.js";
import type { LayerRow, TrainerNotifications, TrainerSettings } from "../protocol/trainer.js";
import { engineOf } from "./engineOf.js";
import { type Plan, planTraining } from "./plan.js";
import { located } from "./source.js";
import type { Work } from "./task.js";

/** Everything in memory that a training needs, but for the values of its variables. */
export interface Prepared {
  readonly plan: Plan;
  readonly compiled: CompiledNetwork;
  /** Of the program, as the record keeps it. */
  readonly programHash: string;
  readonly executor: Executor;
  readonly layers: readonly LayerRow[];
}

/** Loads data and engine, and the network into the engine. Throws UserError for what is missing or does not fit. */
export async function prepare(
  work: Work,
  settings: TrainerSettings,
  onProgress: (progress: TrainerNotifications["progress"]) => void,
  signal: AbortSignal,
): Promise<Prepared> {
  const { network, shapes, dataFromUser: fromUser } = work;
  const { training } = network;
  const [dataset, createExecutor] = await loadBoth(
    (onBackground) => loadDataset(training.data, { ...settings, fromUser, onProgress, onBackground, signal }),
    () => engineOf(work, settings),
  );
  if (createExecutor.note !== undefined) onProgress({ message: createExecutor.note });
  const { source, file } = work.work === "begin" ? work : work.record.network;
  const data = { inputShape: dataset.shape, classes: dataset.classes.length };
  const compiled = located(source, file, () => compileNetwork(network, shapes, data));
  const plan = planTraining(training, dataset, splitTraining(dataset, training.validationSplit, training.seed));
  const executor = await createExecutor(compiled.program);
  signal.throwIfAborted();
  return { plan, compiled, programHash: hashOf(compiled), executor, layers: layerRows(shapes) };
}

/** Loading an engine holds the JavaScript thread up for long: it begins when data go on beside it, or are there. */
async function loadBoth<Data, Engine>(
  loadData: (onBackground: () => void) => Promise<Data>,
  loadEngine: () => Promise<Engine>,
): Promise<[Data, Engine]> {
  let toBackground = () => {};
  const background = new Promise<void>((resolve) => {
    toBackground = resolve;
  });
  const data = loadData(toBackground);
  return Promise.all([data, Promise.race([background, data]).then(loadEngine)]);
}

function hashOf({ program }: CompiledNetwork): string {
  return createHash("sha256").update(JSON.stringify(program)).digest("hex");
}
