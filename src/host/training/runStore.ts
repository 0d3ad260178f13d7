import path from "node:path";
import { Owner } from "../../base/disposable.js";
import { Emitter, type Event } from "../../base/event.js";
import type { RunRecord } from "../../run/record.js";
import { listRuns } from "../../runs/readRun.js";
import { FolderWatch } from "../folderWatch.js";
import { LiveRun } from "./liveRun.js";
import { networkFile } from "./networkFile.js";
import type { ObservableRun } from "./observableRun.js";
import type { StartTrainer } from "./trainers.js";

/** After a change in a runs folder, in milliseconds: a run is made of several files. */
const SETTLE = 200;

/** All runs of this window's folders. Stored ones are listed when somebody asks first, and kept up to date from then on. */
export class RunStore extends Owner {
  readonly #didChange = this._register(new Emitter<void>());
  /** The list, or any run of it, changed. */
  readonly onDidChange: Event<void> = this.#didChange.event;
  readonly #runs = new Set<LiveRun>();
  readonly #watches = new Map<string, FolderWatch>();
  #listing: Promise<void> | undefined;
  #settling: NodeJS.Timeout | undefined;
  #lastEnded: LiveRun | undefined;

  constructor(
    private readonly runsDirectories: () => readonly string[],
    private readonly startTrainer: StartTrainer,
  ) {
    super();
    this._register({ dispose: () => clearTimeout(this.#settling) });
    this._register({ dispose: () => this.#each((run) => run.dispose()) });
    this._register({ dispose: () => this.#watches.forEach((watch) => void watch.dispose()) });
  }

  /** Stored and live. */
  async all(): Promise<readonly LiveRun[]> {
    this.#listing ??= this.#list();
    await this.#listing;
    return this.known;
  }

  /** Those that are known without looking into folders. */
  get known(): readonly LiveRun[] {
    return [...this.#runs].filter((run) => run.live || run.runDirectory !== "");
  }

  get live(): readonly LiveRun[] {
    return [...this.#runs].filter((run) => run.live);
  }

  /** The run whose trainer ended last in this window; one that never began does not count. */
  get lastEnded(): LiveRun | undefined {
    return this.#lastEnded;
  }

  /** Absolute path of a run's network. */
  networkFile(run: ObservableRun): string {
    const ours = [...this.#runs].find((known) => known === run);
    return ours?.networkFile ?? networkFile(path.dirname(run.runDirectory), run.record.network.file);
  }

  async find(runDirectory: string): Promise<LiveRun | undefined> {
    return (await this.all()).find((run) => run.runDirectory === runDirectory);
  }

  /** A new run, not begun yet; it is listed while it lives and once it has a folder. */
  create(record: RunRecord, runsDirectory: string): LiveRun {
    return this.#adopt(new LiveRun({ record, runsDirectory, runDirectory: "" }, this.startTrainer));
  }

  /** Takes a run off the list; its folder is the caller's business. */
  forget(run: LiveRun): void {
    this.#runs.delete(run);
    if (this.#lastEnded === run) this.#lastEnded = undefined;
    run.dispose();
    this.#didChange.fire();
  }

  /** Looks at the folders again; quick, as only records are read. */
  refresh(): void {
    if (!this.#listing || this.isDisposed) return;
    this.#settling ??= setTimeout(() => {
      this.#settling = undefined;
      this.#listing = this.#list();
      void this.#listing.then(() => this.#didChange.fire());
    }, SETTLE);
  }

  /** Ends all trainings with a checkpoint, within `grace` milliseconds. */
  async shutdown(grace: number): Promise<void> {
    await Promise.allSettled(this.live.map((run) => run.stop(grace)));
  }

  async #list(): Promise<void> {
    const directories = this.runsDirectories();
    this.#watch(directories);
    const found = (await Promise.all(directories.map((directory) => listRuns(directory)))).flat();
    if (this.isDisposed) return;
    const stored = new Map(
      found.map(({ folder, record }) => [folder, { runDirectory: folder, runsDirectory: path.dirname(folder), record }]),
    );
    for (const run of this.#runs) {
      const now = stored.get(run.runDirectory);
      stored.delete(run.runDirectory);
      if (now && !run.live && now.record.updated !== run.record.updated) void run.refresh();
      if (!now && !run.live && run.runDirectory !== "") this.forget(run);
    }
    // A folder that a run here is just making is that run's own, known as soon as its trainer is ready.
    if (this.live.some((run) => run.runDirectory === "")) return;
    for (const known of stored.values()) this.#adopt(new LiveRun(known, this.startTrainer));
  }

  #watch(directories: readonly string[]): void {
    for (const directory of directories) {
      if (this.#watches.has(directory)) continue;
      const watch = new FolderWatch(directory);
      this.#watches.set(directory, watch);
      watch.onDidChange(() => this.refresh());
    }
  }

  #adopt(run: LiveRun): LiveRun {
    let wasLive = run.live;
    let directory = run.runDirectory;
    run.onDidChange(() => {
      if (wasLive && !run.live && run.runDirectory !== "") this.#lastEnded = run;
      if (run.live && this.#lastEnded === run) this.#lastEnded = undefined;
      if (directory !== run.runDirectory || wasLive !== run.live) this.refresh();
      wasLive = run.live;
      directory = run.runDirectory;
      this.#didChange.fire();
    });
    run.onDidAddMetrics(() => this.#didChange.fire());
    this.#runs.add(run);
    return run;
  }

  #each(action: (run: LiveRun) => void): void {
    for (const run of this.#runs) action(run);
  }
}
