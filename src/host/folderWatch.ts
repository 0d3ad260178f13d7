import { existsSync, type FSWatcher, watch } from "node:fs";
import path from "node:path";
import { Owner } from "../base/disposable.js";
import { Emitter, type Event } from "../base/event.js";

/**
 * Tells of changes directly in a folder that may not exist yet: until it does, the nearest folder above it is watched. One watch of the
 * operating system at a time, nothing recursive; VS Code's own watchers leave `.cnn` out.
 */
export class FolderWatch extends Owner {
  readonly #didChange = this._register(new Emitter<string | undefined>());
  /** The name of what changed, where the system says it. */
  readonly onDidChange: Event<string | undefined> = this.#didChange.event;
  #watcher: FSWatcher | undefined;

  constructor(private readonly folder: string) {
    super();
    this._register({ dispose: () => this.#watcher?.close() });
    this.#attach();
  }

  #attach(): void {
    this.#watcher?.close();
    this.#watcher = undefined;
    if (this.isDisposed) return;
    const existing = nearest(this.folder);
    if (existing === undefined) return;
    const awaited = existing === this.folder ? undefined : path.relative(existing, this.folder).split(path.sep)[0];
    try {
      this.#watcher = watch(existing, { persistent: false }, (_event, name) => this.#changed(awaited, name ?? undefined));
      this.#watcher.on("error", () => this.#attach());
    } catch {
      // No watches left, or gone in this moment: the list is renewed when the window gets the focus, too.
    }
  }

  #changed(awaited: string | undefined, name: string | undefined): void {
    if (awaited !== undefined) {
      if (name !== undefined && name !== awaited) return;
      this.#attach();
      if (!existsSync(this.folder)) return;
    } else if (!existsSync(this.folder)) this.#attach();
    this.#didChange.fire(awaited === undefined ? name : undefined);
  }
}

function nearest(folder: string): string | undefined {
  if (existsSync(folder)) return folder;
  const parent = path.dirname(folder);
  return parent === folder ? undefined : nearest(parent);
}
