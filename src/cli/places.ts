import { existsSync } from "node:fs";
import path from "node:path";
import { UserError } from "../base/userError.js";
import type { EngineChoice } from "../engine/choose.js";
import { defaultEnginesDirectory } from "../engine/install/location.js";
import { defaultDataDirectory } from "../launch/dataDirectory.js";
import { listRuns, readRun, type StoredRun } from "../runs/readRun.js";

/** What many commands are told about engines. */
export interface EngineOptions {
  readonly engine: EngineChoice["engine"];
  readonly threads?: number;
}

export function engineChoice({ engine, threads }: EngineOptions): EngineChoice {
  return { engine, enginesDirectory: defaultEnginesDirectory(), ...(threads !== undefined && { threads }) };
}

/** Where data sets are kept and looked for: the given folders in order, then `--data-folder`. */
export function dataPlaces(folders: readonly string[], dataFolder: string | undefined) {
  return {
    cacheDirectory: defaultDataDirectory(),
    searchDirectories: [...new Set([...folders, ...(dataFolder === undefined ? [] : [dataFolder])].map((folder) => path.resolve(folder)))],
  };
}

/** `--runs`, else `.cnn/runs` of the nearest folder upwards that has one, else of this folder. */
export function runsDirectory(given: string | undefined, from: string = process.cwd()): string {
  if (given !== undefined) return path.resolve(given);
  for (let folder = path.resolve(from); ; folder = path.dirname(folder)) {
    const runs = path.join(folder, ".cnn", "runs");
    if (existsSync(runs)) return runs;
    if (folder === path.dirname(folder)) return path.resolve(from, ".cnn", "runs");
  }
}

/** Finds a run by id, the beginning of one, its folder, or "last". Throws UserError. */
export async function findRun(name: string, runs: string | undefined): Promise<StoredRun> {
  if (existsSync(path.join(name, "run.json"))) return { folder: path.resolve(name), record: await readRun(path.resolve(name)) };
  const directory = runsDirectory(runs);
  const all = await listRuns(directory);
  const found = name === "last" ? all.slice(0, 1) : all.filter(({ record }) => record.id.startsWith(name));
  const [run, ...others] = found.some(({ record }) => record.id === name) ? found.filter(({ record }) => record.id === name) : found;
  if (run === undefined) throw new UserError(`There is no run "${name}" in ${directory}; "cnn runs" lists them.`);
  if (others.length > 0)
    throw new UserError(`"${name}" may be any of ${found.map(({ record }) => record.id).join(", ")}; give more of the id.`);
  return run;
}
