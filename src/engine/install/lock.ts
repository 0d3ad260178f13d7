import { open, readFile, rm } from "node:fs/promises";
import path from "node:path";
import { UserError } from "../../base/userError.js";

/** Runs a task while holding a lock file, which names its process: one that ended without taking it away does not count. */
export async function withLock<T>(file: string, task: () => Promise<T>): Promise<T> {
  await acquire(file);
  try {
    return await task();
  } finally {
    await rm(file, { force: true });
  }
}

async function acquire(file: string): Promise<void> {
  for (const last of [false, true]) {
    try {
      const handle = await open(file, "wx");
      await handle.writeFile(String(process.pid));
      await handle.close();
      return;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code !== "EEXIST") {
        throw new UserError(
          `The folder ${path.dirname(file)} cannot be written (${code}); choose another with CNN_LAB_ENGINES.`,
          "storage",
        );
      }
      const owner = Number(await readFile(file, "utf8").catch(() => ""));
      if (last || isRunning(owner)) {
        throw new UserError(`Another installation of the engine is running (process ${owner}); wait for it to end or end it.`);
      }
      await rm(file, { force: true });
    }
  }
}

function isRunning(processId: number): boolean {
  if (!Number.isInteger(processId) || processId <= 0) return false;
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
