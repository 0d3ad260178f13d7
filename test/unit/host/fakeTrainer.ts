import { Emitter } from "../../../src/base/event.js";
import type { TrainerProcess } from "../../../src/host/training/trainerProcess.js";
import { Channel, type Port } from "../../../src/protocol/channel.js";
import type { StarterEnd, TrainerEnd, TrainerReady, TrainerTask } from "../../../src/protocol/trainer.js";

class TestPort implements Port {
  readonly messages = new Emitter<unknown>();
  readonly closes = new Emitter<string>();
  readonly onMessage = this.messages.event;
  readonly onClose = this.closes.event;
  other: TestPort | undefined;

  send(message: unknown): void {
    const copy: unknown = structuredClone(message);
    queueMicrotask(() => this.other?.messages.fire(copy));
  }
}

/** A trainer without a process: the test says what it answers and when. */
export class FakeTrainer implements TrainerProcess {
  readonly #near = new TestPort();
  readonly #far = new TestPort();
  readonly channel: Channel<StarterEnd, TrainerEnd>;
  /** The trainer's side. */
  readonly far: Channel<TrainerEnd, StarterEnd>;
  readonly asked: string[] = [];
  disposed = false;
  readonly #init: (task: TrainerTask) => Promise<TrainerReady>;

  constructor(init: (task: TrainerTask) => Promise<TrainerReady>) {
    this.#init = init;
    this.#near.other = this.#far;
    this.#far.other = this.#near;
    this.channel = new Channel<StarterEnd, TrainerEnd>(this.#near, {});
    const note = (name: string) => async () => void this.asked.push(name);
    this.far = new Channel<TrainerEnd, StarterEnd>(this.#far, {
      init: ({ task }) => this.#init(task),
      pause: note("pause"),
      continue: note("continue"),
      stop: note("stop"),
      setRate: async ({ learningRate }) => void this.asked.push(`rate ${learningRate}`),
      weights: async ({ layer }) => ({ layer, step: 1, kernelShape: [1], kernel: Float32Array.of(0.5) }),
      watch: async ({ layers, perSecond }) => void this.asked.push(`watch ${layers.join(" ")} ${perSecond}`),
    });
  }

  init(task: TrainerTask, allowDownload: boolean): Promise<TrainerReady> {
    const settings = { engine: "auto", enginesDirectory: "", cacheDirectory: "", searchDirectories: [], allowDownload } as const;
    return this.channel.request("init", { task, settings });
  }

  async stop(): Promise<void> {
    await this.channel.request("stop", {});
    this.exit("The trainer ended.");
  }

  exit(reason: string): void {
    this.#near.closes.fire(reason);
  }

  dispose(): void {
    this.disposed = true;
    this.channel.dispose();
  }
}
