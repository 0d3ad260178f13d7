import { closeSync, fdatasyncSync, fstatSync, ftruncateSync, openSync, writeSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { type MetricsLine, readMetricsLines } from "../run/metrics.js";
import { runFiles } from "./runFolder.js";
import { storageError } from "./storageError.js";

/** The append-only `metrics.jsonl` of the run that is being trained. Writing is synchronous, some 20 us a line. Throws UserError. */
export class MetricsFile {
  readonly #path: string;
  readonly #handle: number;
  #bytes: number;

  /** Opens it, cut to the first `bytes` bytes: what a checkpoint knows of. */
  constructor(folder: string, bytes: number) {
    this.#path = runFiles(folder).metrics;
    this.#handle = this.#writing(() => openSync(this.#path, "a"));
    this.#bytes = Math.min(bytes, fstatSync(this.#handle).size);
    this.#writing(() => ftruncateSync(this.#handle, this.#bytes));
  }

  /** Its length. */
  get bytes(): number {
    return this.#bytes;
  }

  append(line: MetricsLine): void {
    this.#bytes += this.#writing(() => writeSync(this.#handle, `${JSON.stringify(line)}\n`));
  }

  /** Makes what was appended last through a power failure. */
  sync(): void {
    this.#writing(() => fdatasyncSync(this.#handle));
  }

  close(): void {
    closeSync(this.#handle);
  }

  #writing<T>(write: () => T): T {
    try {
      return write();
    } catch (error) {
      throw storageError(this.#path, error);
    }
  }
}

/** Everything a run has measured, in order; nothing for a run that has not begun. */
export async function readMetrics(folder: string): Promise<MetricsLine[]> {
  try {
    return readMetricsLines(await readFile(runFiles(folder).metrics, "utf8"));
  } catch {
    return [];
  }
}
