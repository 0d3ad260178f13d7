import type { Disposable } from "../../base/disposable.js";
import type { Channel } from "../../protocol/channel.js";
import type { StarterEnd, TrainerEnd, TrainerReady, TrainerTask } from "../../protocol/trainer.js";

/** A trainer as a run needs it. */
export interface TrainerProcess extends Disposable {
  readonly channel: Pick<Channel<StarterEnd, TrainerEnd>, "request" | "on" | "onDidClose">;
  /** The first request, with the settings of this moment. */
  init(task: TrainerTask, allowDownload: boolean): Promise<TrainerReady>;
  /** Asks for a checkpoint and the end, kills after a grace period; fulfilled when the process is gone. */
  stop(): Promise<void>;
}

export type StartTrainer = () => TrainerProcess;
