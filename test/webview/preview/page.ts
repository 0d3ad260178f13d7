// Stands in for VS Code in a plain browser: feeds the panel from a fixture by the host's own feed. See render.mjs.
import { TrainingFeed } from "../../../src/host/panels/trainingFeed.js";
import type { FromTrainingPanel, ToTrainingPanel } from "../../../src/protocol/trainingPanel.js";
import type { RunRecord } from "../../../src/run/record.js";
import { FixtureRun } from "../../fixtures/lenetRun.js";
import { standIn } from "./standIn.js";

const query = new URLSearchParams(location.search);
const posted: FromTrainingPanel[] = [];
const post = (message: ToTrainingPanel) => window.postMessage(structuredClone(message), "*");

const STATES: Record<string, { step: number; changes: Partial<RunRecord> }> = {
  running: { step: 3012, changes: {} },
  paused: { step: 3012, changes: { state: "paused" } },
  starting: { step: 0, changes: { state: "starting" } },
  diverged: {
    step: 3013,
    changes: {
      state: "diverged",
      events: [{ step: 3013, time: "2026-01-01T00:01:00.000Z", event: "diverged", layer: "dense_1", lastGoodStep: 3010 }],
    },
  },
  killed: {
    step: 3013,
    changes: { state: "killed", message: "The trainer ended at step 3,013 (signal 9). Nothing before step 3,010 is lost." },
  },
  finished: { step: 5160, changes: { state: "finished", test: { loss: 0.0301, accuracy: 0.9921 } } },
  offer: { step: 3012, changes: { engine: { name: "wasm", version: "4.22.0", threads: 1, features: [] } } },
};
const state = query.get("state") ?? "running";
const given = STATES[state] ?? { step: 3012, changes: {} };
const run = new FixtureRun(given.step, given.changes);
if (state === "starting") {
  run.layers = [];
  run.progress = { message: "Loading mnist (55,000 of 60,000 images)", fraction: 0.8 };
}
let feed: TrainingFeed | undefined;
const surroundings = () => ({
  edited: state === "edited",
  inputShape: [28, 28, 1],
  ...(state === "offer" ? { offer: { engine: "tensorflow", size: "about 0.7 GB", times: 8 } } : {}),
});

function receive(message: FromTrainingPanel): void {
  posted.push(message);
  if (message.type === "ready") {
    if (state === "empty") post({ type: "clear", network: "lenet5.cnn.json" });
    else feed = new TrainingFeed(run, surroundings, post, console.error);
  }
  if (message.type === "ack") feed?.acknowledge(message.frame);
  if (message.type === "watch") feed?.watch(message);
}

standIn(receive, {
  run,
  posted,
  weigh: (step: number) =>
    import("../../fixtures/lenetRun.js").then(({ LENET_LAYERS, lenetWeights }) => {
      for (const { name, kernelShape } of LENET_LAYERS) if (kernelShape !== undefined) run.weighed.fire(lenetWeights(name, step));
    }),
});
