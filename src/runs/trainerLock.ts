import { readFileSync } from "node:fs";
import { open, rm, stat, utimes } from "node:fs/promises";
import { hostname } from "node:os";
import path from "node:path";
import { UserError } from "../base/userError.js";
import { writing } from "./storageError.js";

const FILE = "trainer.lock";
const HEARTBEAT_MS = 5_000;
/** A lock not touched for this long is of a trainer that is gone, whoever has its process number now. */
const STALE_MS = 60_000;

interface Holder {
  readonly pid: number;
  readonly host: string;
}

/** A trainer's claim on a run's folder, kept fresh by a heartbeat: how others tell a running run from a killed one. */
export class TrainerLock {
  readonly #file: string;
  readonly #heartbeat: NodeJS.Timeout;

  private constructor(file: string) {
    this.#file = file;
    this.#heartbeat = setInterval(() => {
      const now = new Date();
      utimes(file, now, now).catch(() => {}); // A folder deleted under the trainer is told by the next write.
    }, HEARTBEAT_MS);
    this.#heartbeat.unref();
  }

  /** Claims the folder. Throws UserError where another living trainer has it. */
  static async take(folder: string): Promise<TrainerLock> {
    const file = path.join(folder, FILE);
    const holder = await trainerOf(folder);
    if (holder !== undefined) {
      throw new UserError(`Run ${path.basename(folder)} is being trained already, by process ${holder.pid}. Stop it first.`);
    }
    await writing(folder, async () => {
      await rm(file, { force: true });
      const handle = await open(file, "wx");
      await handle.writeFile(JSON.stringify({ pid: process.pid, host: hostname() } satisfies Holder));
      await handle.close();
    });
    return new TrainerLock(file);
  }

  async release(): Promise<void> {
    clearInterval(this.#heartbeat);
    await rm(this.#file, { force: true });
  }
}

/** The living trainer of a run, if there is one. */
export async function trainerOf(folder: string): Promise<{ readonly pid: number } | undefined> {
  const file = path.join(folder, FILE);
  try {
    const { mtimeMs } = await stat(file);
    const holder = JSON.parse(readFileSync(file, "utf8")) as Holder;
    const fresh = Date.now() - mtimeMs < STALE_MS;
    return fresh && (holder.host !== hostname() || exists(holder.pid)) ? { pid: holder.pid } : undefined;
  } catch {
    return undefined; // No lock, or one torn in the moment of its making.
  }
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
