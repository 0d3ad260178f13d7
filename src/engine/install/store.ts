import { mkdir, mkdtemp, readdir, rename, rm, statfs } from "node:fs/promises";
import path from "node:path";
import { UserError } from "../../base/userError.js";
import { loadedVersion } from "./check.js";
import { CommandError } from "./command.js";
import { withLock } from "./lock.js";
import { findDamage, readManifest, writeManifest } from "./manifest.js";
import type { EngineSource, InstallProgress } from "./source.js";
import { upstreamSource } from "./upstreamSource.js";
import { wheelSource } from "./wheelSource.js";

export type EngineStatus =
  | { readonly state: "installed"; readonly directory: string; readonly version: string; readonly source: string; readonly bytes: number }
  | { readonly state: "broken"; readonly directory: string; readonly reason: string }
  | { readonly state: "absent" }
  /** There is no TensorFlow for this platform. */
  | { readonly state: "unsupported"; readonly platform: string };

export interface InstallOptions {
  readonly onProgress?: (progress: InstallProgress) => void;
  readonly signal?: AbortSignal;
}

/** The ways to get the engine on a platform, the faster engine first. */
export function sourcesFor(platform: string): EngineSource[] {
  return [wheelSource(platform), upstreamSource(platform)].flatMap((source) => source ?? []);
}

/** What a store is made of; tests put their own in. */
export interface StoreParts {
  /** As "linux-x64". */
  readonly platform?: string;
  readonly sources?: readonly EngineSource[];
  /** Loads the engine of a folder and answers its version. */
  readonly load?: typeof loadedVersion;
}

/** Folders of installations that were interrupted begin with this. */
const STAGING = ".staging-";

/** The TensorFlow engine as installed for a user: one folder for each version, complete or not there. */
export class EngineStore {
  readonly #platform: string;
  readonly #sources: readonly EngineSource[];
  readonly #load: typeof loadedVersion;

  constructor(
    private readonly enginesDirectory: string,
    parts: StoreParts = {},
  ) {
    this.#platform = parts.platform ?? `${process.platform}-${process.arch}`;
    this.#sources = parts.sources ?? sourcesFor(this.#platform);
    this.#load = parts.load ?? loadedVersion;
  }

  /** What is installed. Sizes of files are compared; with `full` their contents, which takes seconds. */
  async status(options: { readonly full?: boolean; readonly signal?: AbortSignal } = {}): Promise<EngineStatus> {
    if (this.#sources.length === 0) return { state: "unsupported", platform: this.#platform };
    let broken: EngineStatus | undefined;
    for (const { key } of this.#sources) {
      const directory = path.join(this.enginesDirectory, key);
      const manifest = await readManifest(directory);
      if (!manifest) continue;
      const reason = await findDamage(directory, manifest, options.full ?? false, options.signal);
      if (reason) broken ??= { state: "broken", directory, reason };
      else {
        const bytes = manifest.files.reduce((sum, file) => sum + file.bytes, 0);
        return { state: "installed", directory, version: manifest.version, source: manifest.source, bytes };
      }
    }
    return broken ?? { state: "absent" };
  }

  /** Checks every byte, and that the engine loads. */
  async verify(options: { readonly signal?: AbortSignal } = {}): Promise<EngineStatus> {
    const status = await this.status({ ...options, full: true });
    if (status.state !== "installed") return status;
    try {
      await this.#load(status.directory, options.signal);
      return status;
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      return { state: "broken", directory: status.directory, reason: `it does not load (${error.reason})` };
    }
  }

  /**
   * Installs the engine, or repairs it, and answers what is installed then. An intact one stays as it is. Everything is prepared in a
   * folder beside and moved at the end, so an interruption leaves no half engine. Rejects with a UserError, or the signal's reason.
   */
  async install(options: InstallOptions = {}): Promise<EngineStatus> {
    if (this.#sources.length === 0) {
      throw new UserError(`TensorFlow is not published for ${this.#platform}; choose the engine "wasm".`, "engineMissing");
    }
    await mkdir(this.enginesDirectory, { recursive: true }).catch((error: unknown) => {
      throw new UserError(
        `The folder ${this.enginesDirectory} cannot be written (${messageOf(error)}); choose another with CNN_LAB_ENGINES.`,
        "storage",
      );
    });
    return withLock(path.join(this.enginesDirectory, ".lock"), async () => {
      await this.#removeStaging();
      const before = await this.verify(options);
      return before.state === "installed" ? before : this.#installFromAny(options);
    });
  }

  /** Removes every version of the engine. */
  async remove(): Promise<void> {
    await mkdir(this.enginesDirectory, { recursive: true });
    await withLock(path.join(this.enginesDirectory, ".lock"), async () => {
      await this.#removeStaging();
      for (const { key } of this.#sources) await rm(path.join(this.enginesDirectory, key), { recursive: true, force: true });
    });
  }

  async #installFromAny(options: InstallOptions): Promise<EngineStatus> {
    const failures: string[] = [];
    for (const source of this.#sources) {
      const missing = await source.missing();
      if (missing.length > 0) {
        failures.push(`from the ${source.name} it needs ${missing.join(" and ")}`);
        continue;
      }
      try {
        await this.#installFrom(source, options);
        return await this.status();
      } catch (error) {
        if (options.signal?.aborted) throw options.signal.reason;
        if (error instanceof UserError && error.code === "storage") throw error;
        failures.push(`from the ${source.name}: ${messageOf(error)}`);
      }
    }
    const remedy = "check the network, or pip's and npm's settings, and install again, or choose the engine \"wasm\"";
    throw new UserError(`TensorFlow could not be installed (${failures.join("; ")}); ${remedy}.`, "engineMissing");
  }

  async #installFrom(source: EngineSource, { onProgress = () => undefined, signal }: InstallOptions): Promise<void> {
    await this.#requireSpace(source.spaceNeeded);
    const staging = await mkdtemp(path.join(this.enginesDirectory, STAGING));
    try {
      await source.stage(staging, { onProgress, signal });
      onProgress({ text: "Checking that TensorFlow loads", fraction: 0.92 });
      const version = await this.#load(staging, signal);
      onProgress({ text: "Noting what was installed", fraction: 0.96 });
      await writeManifest(staging, { version, source: source.name }, signal);
      const target = path.join(this.enginesDirectory, source.key);
      await rm(target, { recursive: true, force: true });
      await rename(staging, target);
      onProgress({ text: `TensorFlow ${version} is installed`, fraction: 1 });
    } catch (error) {
      await rm(staging, { recursive: true, force: true });
      if ((error as NodeJS.ErrnoException).code === "ENOSPC") throw await this.#noSpace(source.spaceNeeded);
      throw error;
    }
  }

  async #requireSpace(bytes: number): Promise<void> {
    const { bavail, bsize } = await statfs(this.enginesDirectory);
    if (bavail * bsize < bytes) throw await this.#noSpace(bytes);
  }

  async #noSpace(bytes: number): Promise<UserError> {
    const needed = (bytes / 1e9).toFixed(1);
    return new UserError(
      `Installing TensorFlow needs ${needed} GB free in ${this.enginesDirectory}; free some space, or choose another folder with CNN_LAB_ENGINES.`,
      "storage",
    );
  }

  async #removeStaging(): Promise<void> {
    const names = await readdir(this.enginesDirectory);
    for (const name of names)
      if (name.startsWith(STAGING)) await rm(path.join(this.enginesDirectory, name), { recursive: true, force: true });
  }
}

function messageOf(error: unknown): string {
  if (error instanceof CommandError) return `${error.command} says: ${error.reason}`;
  return error instanceof Error ? error.message.replace(/\.$/, "") : String(error);
}
