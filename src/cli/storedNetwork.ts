import path from "node:path";
import { UserError } from "../base/userError.js";
import { compileNetwork } from "../compile/compile.js";
import type { CompiledNetwork } from "../compile/types.js";
import type { Network } from "../model/network.js";
import type { RunRecord } from "../run/record.js";
import { readWeights } from "../runs/readRun.js";
import type { Tensors } from "../runs/tensorFile.js";
import type { NetworkShapes } from "../shape/types.js";
import { readSound } from "./networkFile.js";
import { findRun } from "./places.js";

/** A network with all that it takes to answer. */
export interface AnsweringNetwork {
  /** [height, width, channels] */
  readonly inputShape: readonly [number, number, number];
  /** As the data set names them, else by number. */
  readonly classes: readonly string[];
  readonly compiled: CompiledNetwork;
  /** Weights and statistics, without the optimizer's. */
  readonly variables: Tensors;
}

/** A trained network as a run keeps it. */
export interface StoredNetwork extends AnsweringNetwork {
  readonly folder: string;
  readonly record: RunRecord;
  readonly network: Network;
  readonly shapes: NetworkShapes;
  readonly step: number;
}

/** Reads a run's network and weights. Throws UserError. */
export async function readStoredNetwork(name: string, weights: "best" | "newest", runs: string | undefined): Promise<StoredNetwork> {
  const { folder, record } = await findRun(name, runs);
  const { network: read, shapes } = readSound(record.network.source, path.basename(record.network.file));
  const network = { ...read, training: record.training };
  const [height, width, channels] = network.input?.shape ?? [];
  if (height === undefined || width === undefined || channels === undefined)
    throw new UserError(`Run ${record.id} is of a network that takes no pictures.`);
  const inputShape = [height, width, channels] as const;
  const classes = record.data.classes ?? Array.from({ length: shapes.output?.[0] ?? 0 }, (_, i) => String(i));
  const compiled = compileNetwork(network, shapes, { inputShape, classes: classes.length });
  const stored = await readWeights(folder, weights);
  const names = new Set(compiled.program.variables.filter(({ role }) => role !== "slot").map(({ name }) => name));
  const variables = new Map([...stored.variables].filter(([variable]) => names.has(variable)));
  const lacking = [...names].find((variable) => !variables.has(variable));
  if (lacking !== undefined)
    throw new UserError(`The weights of run ${record.id} lack ${lacking}: they are of another version of CNN Lab. Train anew.`);
  return { folder, record, network, shapes, inputShape, classes, compiled, variables, step: stored.step };
}
