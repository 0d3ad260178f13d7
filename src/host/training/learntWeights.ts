import { UserError } from "../../base/userError.js";
import { readNetwork } from "../../model/read.js";
import { readWeights } from "../../runs/readRun.js";
import { inferShapes } from "../../shape/infer.js";
import type { ObservableRun } from "./observableRun.js";

/** Shapes by the names of a program's variables: "conv1/kernel". */
export type VariableShapes = ReadonlyMap<string, readonly number[]>;

/** Variables that a run has learnt. */
export interface LearntWeights {
  readonly variables: ReadonlySet<string>;
  /** Throws UserError where the run has nothing that can be read yet. */
  read(variable: string): Promise<Float32Array>;
}

/** Runs that are looked into: older ones had other layers, most likely. */
const MOST_RUNS = 3;

/** What the newest of some runs has learnt that has any of these variables in their shape; undefined without such a run. */
export function learntWeights(runs: readonly ObservableRun[], wanted: VariableShapes): LearntWeights | undefined {
  for (const run of runs.slice(0, MOST_RUNS)) {
    const trained = variablesOf(run.record.network);
    const common = [...wanted].filter(([name, shape]) => String(trained.get(name)) === String(shape));
    if (common.length > 0) return { variables: new Set(common.map(([name]) => name)), read: (name) => variable(run, name) };
  }
  return undefined;
}

/** The variables of a network's text, as the trainer names them. */
export function variablesOf({ source, file }: { readonly source: string; readonly file: string }): VariableShapes {
  const { layers } = inferShapes(readNetwork(source, file).network);
  return new Map(
    layers.flatMap(({ layer, shape }) => (shape?.parameters ?? []).map((each) => [`${layer.name}/${each.name}`, each.shape] as const)),
  );
}

/** As it is now where a trainer answers, else as it was written last. */
async function variable(run: ObservableRun, name: string): Promise<Float32Array> {
  const [layer = "", parameter] = name.split("/");
  if (run.live && (parameter === "kernel" || parameter === "bias")) {
    const values = (await run.weights(layer))[parameter];
    if (values) return values;
  }
  const { step, variables } = await readWeights(run.runDirectory, "newest");
  const values = variables.get(name);
  if (!values) throw new UserError(`Run ${run.record.id} has no ${name} at step ${step}.`);
  return values;
}
