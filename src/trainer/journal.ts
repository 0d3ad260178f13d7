import type { MetricsLine } from "../run/metrics.js";
import { isUnderWay, type RunEvent, type RunRecord } from "../run/record.js";
import { writeAtomically } from "../runs/atomicFile.js";
import { MetricsFile } from "../runs/metricsFile.js";
import { runFiles } from "../runs/runFolder.js";

/** Who is told what is written down. */
export interface Audience {
  record(record: RunRecord): void;
  metrics(line: MetricsLine): void;
}

type Unplaced<E> = E extends RunEvent ? Omit<E, "step" | "time"> : never;
/** An event without its step and time, which the journal adds. */
export type NewEvent = Unplaced<RunEvent>;

/** Writes a run down, on disk and to its audience. All writing throws UserError where the disk does not take it. */
export class Journal {
  readonly #metrics: MetricsFile;
  #record: RunRecord;
  #writing: Promise<void> = Promise.resolve();

  constructor(
    readonly folder: string,
    record: RunRecord,
    metricsBytes: number,
    private readonly audience: Audience,
  ) {
    this.#record = record;
    this.#metrics = new MetricsFile(folder, metricsBytes);
  }

  get record(): RunRecord {
    return this.#record;
  }

  get metricsBytes(): number {
    return this.#metrics.bytes;
  }

  /** Adds to the metrics. */
  note(line: MetricsLine): void {
    this.#metrics.append(line);
    this.audience.metrics(line);
  }

  /** Changes the record, perhaps with an event; resolves when it is on disk. Changes are written in their order. */
  update(change: Partial<RunRecord>, ...events: readonly NewEvent[]): Promise<void> {
    const updated = new Date().toISOString();
    const step = change.step ?? this.#record.step;
    const { pid, ...before } = this.#record;
    const record: RunRecord = {
      ...before,
      ...(pid !== undefined && isUnderWay(change.state ?? before.state) && { pid }),
      ...change,
      updated,
      events: [...(change.events ?? this.#record.events), ...events.map((event) => ({ step, time: updated, ...event }) as RunEvent)],
    };
    this.#record = record;
    this.audience.record(record);
    const write = () => writeAtomically(runFiles(this.folder).record, `${JSON.stringify(record, null, 2)}\n`);
    this.#writing = this.#writing.then(write, write);
    return this.#writing;
  }

  /** Makes the metrics so far last through a power failure, as a checkpoint counts on them. */
  sync(): void {
    this.#metrics.sync();
  }

  async close(): Promise<void> {
    this.#metrics.close();
    await this.#writing;
  }
}
