import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach } from "vitest";
import { defaultEnginesDirectory } from "../../src/engine/install/location.js";
import { EngineStore } from "../../src/engine/install/store.js";
import type { TrainerExit } from "../../src/launch/exit.js";
import { TrainerProcess } from "../../src/launch/trainerProcess.js";
import type { EngineName } from "../../src/program/engine.js";
import type { TrainerReady, TrainerSettings, TrainerTask } from "../../src/protocol/trainer.js";
import type { MetricsLine } from "../../src/run/metrics.js";
import type { RunRecord } from "../../src/run/record.js";
import { readMetrics } from "../../src/runs/metricsFile.js";
import { toyNetwork, writeToySet } from "../fixtures/toySet.js";

export const TRAINER = path.resolve("dist/trainer.js");
if (!existsSync(TRAINER)) throw new Error("dist/trainer.js is missing: run `npm run build` first.");

/** Both engines where TensorFlow is installed, else wasm alone. */
export const ENGINES: readonly { readonly engine: EngineName; readonly absent: boolean }[] = [
  { engine: "wasm", absent: false },
  { engine: "tensorflow", absent: (await new EngineStore(defaultEnginesDirectory()).status()).state !== "installed" },
];

export interface Trained {
  readonly trainer: TrainerProcess;
  readonly pid: number;
  readonly ready: Promise<TrainerReady>;
  readonly lines: readonly MetricsLine[];
  readonly records: readonly RunRecord[];
  readonly exit: Promise<TrainerExit>;
  /** Resolves when this step's numbers have been heard. */
  reached(step: number): Promise<void>;
}

/** A workspace with the toy set, for the trainers of one test; at its end they are killed and it is removed. */
export class Workspace {
  readonly folder = mkdtempSync(path.join(tmpdir(), "cnn-trainer-"));
  readonly runs = path.join(this.folder, ".cnn", "runs");
  readonly #trainers: TrainerProcess[] = [];

  constructor() {
    writeToySet(path.join(this.folder, "toy"), { train: 600, test: 100 });
  }

  train(training: Readonly<Record<string, unknown>> = {}, settings: Partial<TrainerSettings> = {}, trainerFile = TRAINER): Trained {
    return this.trainText(toyNetwork({ epochs: 4, ...training }), settings, this.runs, trainerFile);
  }

  trainText(source: string, settings: Partial<TrainerSettings> = {}, runsDirectory = this.runs, trainerFile = TRAINER): Trained {
    const file = path.join(this.folder, "toy.cnn.json");
    return this.start({ task: "train", source, file, runsDirectory, overrides: {} }, settings, trainerFile);
  }

  resume(runDirectory: string, settings: Partial<TrainerSettings> = {}, learningRate?: number): Trained {
    return this.start(
      { task: "resume", runDirectory, ...(learningRate !== undefined && { learningRate }) },
      { engine: "auto", ...settings },
    );
  }

  start(task: TrainerTask, settings: Partial<TrainerSettings>, trainerFile = TRAINER): Trained {
    const trainer = new TrainerProcess(trainerFile, task, {
      engine: "wasm",
      enginesDirectory: defaultEnginesDirectory(),
      cacheDirectory: path.join(this.folder, "cache"),
      searchDirectories: [this.folder],
      allowDownload: false,
      ...settings,
    });
    this.#trainers.push(trainer);
    const lines: MetricsLine[] = [];
    const records: RunRecord[] = [];
    const waiting = new Set<() => void>();
    trainer.onDidAddMetrics((line) => {
      lines.push(line);
      for (const check of waiting) check();
    });
    trainer.onDidChangeRecord((record) => records.push(record));
    const exit = new Promise<TrainerExit>((resolve) => trainer.onDidExit(resolve));
    const reached = (step: number) =>
      new Promise<void>((resolve, reject) => {
        const check = () => {
          if (lastStep(lines) < step) return;
          waiting.delete(check);
          resolve();
        };
        waiting.add(check);
        check();
        void exit.then(({ message }) => reject(new Error(`Step ${step} was not reached: ${message}`)));
      });
    return { trainer, pid: trainer.pid ?? 0, ready: trainer.ready, lines, records, exit, reached };
  }

  async remove(): Promise<void> {
    for (const trainer of this.#trainers) {
      if (trainer.pid !== undefined && isAlive(trainer.pid)) process.kill(trainer.pid, "SIGKILL");
      trainer.dispose();
    }
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** A fresh workspace for each test of a file. */
export function useWorkspace(): { readonly current: Workspace } {
  let current: Workspace | undefined;
  beforeEach(() => {
    current = new Workspace();
  });
  afterEach(() => current?.remove());
  return {
    get current() {
      if (current === undefined) throw new Error("There is a workspace only inside a test.");
      return current;
    },
  };
}

export function lastStep(lines: readonly MetricsLine[]): number {
  const line = lines.filter((each) => each.kind === "steps").at(-1);
  return line?.kind === "steps" ? line.first + line.loss.length - 1 : 0;
}

/** Everything a run has measured but the times, in columns: equal for equal trainings, whatever interrupted them. */
export async function measured(runDirectory: string) {
  const lines = await readMetrics(runDirectory);
  const steps = lines.flatMap((line) => (line.kind === "steps" ? [line] : []));
  return {
    steps: steps.flatMap(({ first, loss }) => loss.map((_, i) => first + i)),
    loss: steps.flatMap(({ loss }) => loss),
    accuracy: steps.flatMap(({ accuracy }) => accuracy ?? []),
    rate: steps.flatMap(({ rate }) => rate),
    epochs: lines.flatMap((line) => (line.kind === "epoch" ? [{ ...line, time: 0 }] : [])),
  };
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
