import { UserError } from "../base/userError.js";
import type { CompiledNetwork } from "../compile/types.js";
import type { Executor } from "../engine/executor.js";
import type { TrainingProgress } from "../run/progress.js";
import { type Checkpoint, readNewestCheckpoint, writeCheckpoint } from "../runs/checkpoints.js";
import { breathe } from "./breathe.js";
import type { Controls } from "./controls.js";
import { type Divergence, divergenceMessage, divergingLayer, hasExploded, nonFiniteLayer } from "./divergence.js";
import { hasWaitedEnough } from "./earlyStopping.js";
import { endEpoch } from "./endEpoch.js";
import { GoodStates } from "./goodStates.js";
import type { Journal } from "./journal.js";
import { MetricsBatch } from "./metricsBatch.js";
import type { Plan } from "./plan.js";
import { Stepper, type StepResult } from "./stepper.js";
import { Stopwatch } from "./stopwatch.js";
import { testBest } from "./testBest.js";
import { readVariables } from "./variables.js";

/** A checkpoint at least this often, in milliseconds. */
const CHECKPOINT_MS = 60_000;

export interface LoopParts {
  /** Holds the variables of `start`. */
  readonly executor: Executor;
  readonly compiled: CompiledNetwork;
  readonly plan: Plan;
  readonly journal: Journal;
  readonly controls: Controls;
  readonly start: Checkpoint;
  /** Called after each step. */
  readonly onStep?: (step: number) => void;
}

/** The training loop: one step after another, with the ends of epochs between them, until it is done, stopped or has diverged. */
export class TrainingLoop {
  readonly #parts: LoopParts;
  readonly #stepper: Stepper;
  readonly #metrics = new MetricsBatch();
  readonly #good: GoodStates;
  readonly #stopwatch: Stopwatch;
  #progress: TrainingProgress;
  #paused = false;
  #nextCheckpoint = performance.now() + CHECKPOINT_MS;

  constructor(parts: LoopParts) {
    this.#parts = parts;
    this.#progress = parts.start.progress;
    this.#stepper = new Stepper(parts.executor, parts.plan);
    this.#stopwatch = new Stopwatch(parts.start.progress.seconds);
    this.#good = new GoodStates(parts.start);
  }

  /** Steps taken so far. */
  get step(): number {
    return this.#progress.step;
  }

  /** Trains to an end, which the journal then says. Throws what disk or engine throw. */
  async run(): Promise<void> {
    const { controls, plan } = this.#parts;
    this.#stopwatch.start();
    for (;;) {
      await breathe();
      const { step, epoch, earlyStopping } = this.#progress;
      if (controls.wish === "stop") return this.#stop();
      if (controls.wish === "pause") {
        await this.#pause();
        continue;
      }
      const enough = hasWaitedEnough(earlyStopping, plan.training.earlyStopping);
      if (epoch >= plan.training.epochs || enough) {
        if (await this.#finish(enough)) return;
        continue;
      }
      const divergence = step === (epoch + 1) * plan.stepsPerEpoch ? await this.#endEpoch() : this.#takeStep();
      if (divergence !== undefined) return this.#giveUp(divergence);
      if (performance.now() >= this.#nextCheckpoint) await this.#checkpoint();
    }
  }

  /**
   * Makes this the rate of the next step; what the schedule says of later steps is multiplied by the same factor from then on.
   * Throws UserError for what is no rate.
   */
  async setRate(learningRate: number): Promise<void> {
    if (!(learningRate > 0) || !Number.isFinite(learningRate)) {
      throw new UserError(`A learning rate is a positive number; ${learningRate} is not.`);
    }
    const scheduled = this.#stepper.scheduledRate(this.#progress.step + 1);
    if (!(scheduled > 0)) throw new UserError("The schedule has brought the learning rate to 0; it cannot be changed any more.");
    this.#progress = { ...this.#progress, rateFactor: learningRate / scheduled };
    this.#nextCheckpoint = 0;
    await this.#parts.journal.update({ step: this.step }, { event: "rate", learningRate });
    if (this.#paused) await this.#checkpoint();
  }

  #takeStep(): Divergence | undefined {
    const { onStep } = this.#parts;
    const step = this.step + 1;
    this.#good.offer(() => this.#capture());
    const rate = this.#progress.rateFactor * this.#stepper.scheduledRate(step);
    this.#good.rate(rate);
    const result = this.#stepper.take(step, rate);
    const firstLoss = this.#progress.firstLoss ?? result.loss;
    if (hasExploded(result.loss, firstLoss)) return { kind: "loss", step, loss: result.loss, firstLoss };
    this.#add(step, result, firstLoss);
    onStep?.(step);
    return undefined;
  }

  #add(step: number, { loss, metrics, rate, examples }: StepResult, firstLoss: number): void {
    const { seconds } = this.#stopwatch;
    const { sums } = this.#progress;
    this.#progress = {
      ...this.#progress,
      step,
      seconds,
      firstLoss,
      sums: {
        examples: sums.examples + examples,
        loss: sums.loss + examples * loss,
        metrics: sums.metrics.map((sum, i) => sum + examples * (metrics[i] ?? 0)),
      },
    };
    const accuracy = metrics[this.#parts.plan.training.metrics.indexOf("accuracy")];
    this.#metrics.add(step, { loss, accuracy, rate, time: seconds });
    if (this.#metrics.isDue(performance.now())) this.#flush();
  }

  /** Sends the numbers of all steps so far. */
  #flush(): void {
    const line = this.#metrics.take(performance.now());
    if (line !== undefined) this.#parts.journal.note(line);
  }

  async #endEpoch(): Promise<Divergence | undefined> {
    this.#flush();
    const end = await endEpoch(this.#parts, this.#progress, () => this.#stopwatch.seconds);
    if (end === "interrupted") return undefined;
    if ("kind" in end) return end;
    // A change of the rate may have come meanwhile.
    this.#progress = { ...end, rateFactor: this.#progress.rateFactor };
    await this.#checkpoint();
    return undefined;
  }

  /** All of the training as it is. */
  #capture(): Checkpoint {
    this.#flush();
    const { executor, compiled, journal } = this.#parts;
    const progress = { ...this.#progress, seconds: this.#stopwatch.seconds, metricsBytes: journal.metricsBytes };
    return { progress, variables: readVariables(executor, compiled) };
  }

  /** Weights that are not finite are never written: the next step tells of them. */
  async #checkpoint(): Promise<void> {
    const { journal } = this.#parts;
    const checkpoint = this.#capture();
    this.#nextCheckpoint = performance.now() + CHECKPOINT_MS;
    const { step, seconds, best } = checkpoint.progress;
    if (nonFiniteLayer(checkpoint.variables) !== undefined) return;
    journal.sync();
    await writeCheckpoint(journal.folder, checkpoint);
    await journal.update({ step, seconds, checkpoint: step, ...(best && { best }) });
  }

  async #pause(): Promise<void> {
    const { controls, journal } = this.#parts;
    this.#stopwatch.stop();
    await this.#checkpoint();
    await journal.update({ state: "paused" }, { event: "paused" });
    this.#paused = true;
    await controls.pauseEnds();
    this.#paused = false;
    if (controls.wish === "run") {
      this.#stopwatch.start();
      await journal.update({ state: "running" }, { event: "continued" });
      controls.reached();
    }
  }

  async #stop(): Promise<void> {
    this.#stopwatch.stop();
    await this.#checkpoint();
    await this.#parts.journal.update({ state: "stopped" }, { event: "stopped" });
  }

  /** False if it was interrupted. */
  async #finish(early: boolean): Promise<boolean> {
    const { journal } = this.#parts;
    const { epoch, step, best } = this.#progress;
    const tested = await testBest(this.#parts, this.#progress);
    if (tested === "interrupted") return false;
    const { seconds } = this.#stopwatch;
    const stopped = early ? [{ event: "earlyStop", epoch } as const] : [];
    const restored = best !== undefined && best.step !== step ? [{ event: "best", epoch: best.epoch } as const] : [];
    await journal.update({ state: "finished", step, seconds, ...tested }, ...stopped, ...restored);
    return true;
  }

  /** Ends a training that has diverged: finds where, and keeps the last good state. */
  async #giveUp(divergence: Divergence): Promise<void> {
    const { journal } = this.#parts;
    this.#flush();
    const layer = divergence.kind === "weights" ? divergence.layer : this.#findLayer(divergence.step);
    const good = this.#good.latest?.state;
    if (good !== undefined) await writeCheckpoint(journal.folder, good);
    const kept = good ?? (await readNewestCheckpoint(journal.folder));
    const lastGoodStep = kept?.progress.step ?? 0;
    await journal.update(
      {
        state: "diverged",
        step: divergence.step,
        seconds: this.#stopwatch.seconds,
        checkpoint: lastGoodStep,
        message: divergenceMessage(divergence, layer, lastGoodStep),
      },
      { event: "diverged", lastGoodStep, ...(layer !== undefined && { layer }) },
    );
  }

  /** Takes the steps since the last good state again, up to the one that failed, and looks at each layer's outputs there. */
  #findLayer(failed: number): string | undefined {
    const { executor, compiled } = this.#parts;
    const good = this.#good.latest;
    if (good === undefined) return undefined;
    executor.write(good.state.variables);
    const first = good.state.progress.step + 1;
    for (let step = first; step < failed; step++) this.#stepper.take(step, good.rates[step - first] ?? 0);
    return divergingLayer(executor, compiled, this.#stepper.batch(failed).images);
  }
}
