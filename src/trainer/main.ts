// The trainer process. It talks by its channel alone: nothing is printed to stdout.
import os from "node:os";
import { Channel } from "../protocol/channel.js";
import type { StarterEnd, TrainerEnd } from "../protocol/trainer.js";
import { breathe } from "./breathe.js";
import { ProcessPort } from "./processPort.js";
import { Session } from "./session.js";

/** How long the last checkpoint may take once nobody listens any more, in milliseconds. */
const GRACE_MS = 5_000;

function main(): void {
  lowerPriority();
  const port = new ProcessPort();
  const session = new Session({
    progress: (progress) => channel.notify("progress", progress),
    metrics: (line) => channel.notify("metrics", line),
    record: (record) => channel.notify("record", record),
    weights: (weights) => channel.notify("weights", weights),
    isBehind: () => port.isBehind,
  });
  const channel: Channel<TrainerEnd, StarterEnd> = new Channel(port, session);

  const leave = () => {
    setTimeout(() => process.exit(1), GRACE_MS).unref();
    void session.stop();
  };
  channel.onDidClose(leave);
  process.on("SIGTERM", leave);
  process.on("SIGHUP", leave);
  process.on("SIGINT", () => {}); // Ctrl-C reaches the whole terminal group; the process in front of it decides.
  void session.ended
    .then(breathe) // The answer to a stop goes first.
    .then(() => port.drained())
    .then(() => process.exit(0));
}

/** So that the editor and everything else stays quick. Threads made later inherit it. */
function lowerPriority(): void {
  try {
    os.setPriority(os.constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // Some containers do not allow it; the training is none the worse.
  }
}

main();
