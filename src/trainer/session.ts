import { describeError, UserError } from "../base/userError.js";
import type {
  LayerWeights,
  TrainerNotifications,
  TrainerReady,
  TrainerRequests,
  TrainerSettings,
  TrainerTask,
} from "../protocol/trainer.js";
import type { TrainerLock } from "../runs/trainerLock.js";
import { breathe } from "./breathe.js";
import { Controls } from "./controls.js";
import { Journal } from "./journal.js";
import { KernelStream } from "./kernelStream.js";
import { TrainingLoop } from "./loop.js";
import { openRun } from "./openRun.js";
import { prepare } from "./prepare.js";
import { readTask } from "./task.js";

type None = Readonly<Record<string, never>>;

/** Where a session's news go, and whether they pile up there. */
export type Listener = { readonly [N in keyof TrainerNotifications]: (news: TrainerNotifications[N]) => void } & {
  isBehind(): boolean;
};

/** One training in one process: what the channel's requests do. */
export class Session implements TrainerRequests {
  readonly #listener: Listener;
  readonly #controls = new Controls();
  readonly #abort = new AbortController();
  #asked = false;
  #begun: { readonly loop: TrainingLoop; readonly kernels: KernelStream } | undefined;
  #end: () => void = () => {};

  /** Resolves when there is nothing more to do: the training has ended, or could not begin. */
  readonly ended = new Promise<void>((resolve) => {
    this.#end = resolve;
  });

  constructor(listener: Listener) {
    this.#listener = listener;
  }

  async init({ task, settings }: { readonly task: TrainerTask; readonly settings: TrainerSettings }): Promise<TrainerReady> {
    this.#asked = true;
    try {
      return await this.#begin(task, settings);
    } catch (error) {
      setImmediate(this.#end); // After the answer.
      throw this.#abort.signal.aborted ? new UserError("The training was stopped before its first step.") : error;
    }
  }

  async pause(_: None): Promise<void> {
    this.#started();
    await this.#controls.ask("pause");
  }

  async continue(_: None): Promise<void> {
    this.#started();
    await this.#controls.ask("run");
  }

  /** Checkpoint, then end. */
  async stop(): Promise<void> {
    this.#abort.abort();
    if (!this.#asked) this.#end();
    void this.#controls.ask("stop");
    await this.ended;
  }

  async setRate({ learningRate }: { readonly learningRate: number }): Promise<void> {
    await this.#started().loop.setRate(learningRate);
  }

  async weights({ layer }: { readonly layer: string }): Promise<LayerWeights> {
    const { loop, kernels } = this.#started();
    return kernels.read(layer, loop.step);
  }

  async watch({ layers, perSecond }: { readonly layers: readonly string[]; readonly perSecond: number }): Promise<void> {
    this.#started().kernels.watch(layers, perSecond);
  }

  #started() {
    if (this.#begun === undefined) throw new UserError("The training has not begun yet.");
    return this.#begun;
  }

  async #begin(task: TrainerTask, settings: TrainerSettings): Promise<TrainerReady> {
    const { isBehind, weights, progress } = this.#listener;
    const work = await readTask(task);
    const prepared = await prepare(work, settings, progress, this.#abort.signal);
    const { executor, compiled, plan } = prepared;
    const run = await openRun(work, prepared);
    const journal = new Journal(run.folder, run.record, run.start.progress.metricsBytes, this.#listener);
    const kernels = new KernelStream(executor, compiled);
    const onStep = (step: number) => kernels.offer(step, weights, isBehind);
    const loop = new TrainingLoop({ executor, compiled, plan, journal, controls: this.#controls, start: run.start, onStep });
    this.#begun = { loop, kernels };
    await journal.update({}, ...run.events);
    if (work.work === "resume" && work.learningRate !== undefined) await loop.setRate(work.learningRate);
    void this.#train(loop, journal, run.lock);
    return { record: journal.record, runDirectory: run.folder, layers: prepared.layers, classes: plan.dataset.classes };
  }

  async #train(loop: TrainingLoop, journal: Journal, lock: TrainerLock): Promise<void> {
    await breathe(); // The answer to init goes first.
    try {
      await loop.run();
    } catch (error) {
      // A disk that is full takes no record either; whoever listens gets it all the same.
      await journal.update({ state: "failed", step: loop.step, message: describeError(error) }).catch(() => {});
    }
    await journal.close().catch(() => {});
    await lock.release();
    this.#end();
  }
}
