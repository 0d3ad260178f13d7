import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { writing } from "./storageError.js";

/** Where things are in a run's folder. */
export const runFiles = (folder: string) => ({
  record: path.join(folder, "run.json"),
  metrics: path.join(folder, "metrics.jsonl"),
  checkpoints: path.join(folder, "checkpoints"),
  snapshots: path.join(folder, "snapshots"),
  start: path.join(folder, "start.weights"),
});

/**
 * Makes the folder of a new run, named by its id of six hexadecimal digits, and keeps a `.cnn` folder around it out of version control.
 * Throws UserError where it cannot be written.
 */
export function createRunFolder(runsDirectory: string): Promise<{ readonly id: string; readonly folder: string }> {
  return writing(runsDirectory, async () => {
    await mkdir(runsDirectory, { recursive: true });
    await ignoreByGit(path.dirname(runsDirectory));
    for (;;) {
      const id = randomBytes(3).toString("hex");
      const folder = path.join(runsDirectory, id);
      if (!(await makeNew(folder))) continue;
      await mkdir(runFiles(folder).checkpoints);
      await mkdir(runFiles(folder).snapshots);
      return { id, folder };
    }
  });
}

/** The folders of all runs, in no order. A directory that is not there holds none. */
export async function runFolders(runsDirectory: string): Promise<string[]> {
  try {
    const entries = await readdir(runsDirectory);
    return entries.map((name) => path.join(runsDirectory, name)).filter((folder) => existsSync(runFiles(folder).record));
  } catch {
    return [];
  }
}

async function ignoreByGit(folder: string): Promise<void> {
  const file = path.join(folder, ".gitignore");
  if (path.basename(folder) === ".cnn" && !existsSync(file)) await writeFile(file, "*\n");
}

/** False if there was one by this name. */
async function makeNew(folder: string): Promise<boolean> {
  try {
    await mkdir(folder);
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  }
}
