import type * as vscode from "vscode";
import type { RunStore } from "./runStore.js";

const KEY = "liveRuns";

/** Remembers across the end of the extension host which runs it was training (those that waited go on waiting): `afterReload` decides what becomes of them. */
export class LiveRunsMemory {
  #remembered: readonly string[];
  #closing = false;

  constructor(
    private readonly memento: vscode.Memento,
    store: RunStore,
  ) {
    this.#remembered = memento.get<readonly string[]>(KEY, []);
    store.onDidChange(() => this.#remember(store));
  }

  /** Run directories; each is handed out once, so that a run that makes the host fail is not resumed for ever. */
  take(): readonly string[] {
    const taken = this.#remembered;
    this.#store([]);
    return taken;
  }

  /** From now on trainings end because the window does, and are to be remembered. */
  close(): void {
    this.#closing = true;
  }

  #remember(store: RunStore): void {
    if (this.#closing) return;
    const live = store.live.filter((run) => run.runDirectory !== "" && run.record.state !== "paused").map((run) => run.runDirectory);
    if (live.join("\n") !== this.#remembered.join("\n")) this.#store(live);
  }

  #store(directories: readonly string[]): void {
    this.#remembered = directories;
    void this.memento.update(KEY, directories);
  }
}
