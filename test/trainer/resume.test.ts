import { readdirSync, truncateSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { readRun } from "../../src/runs/readRun.js";
import { runFiles } from "../../src/runs/runFolder.js";
import { toyNetwork, writeToySet } from "../fixtures/toySet.js";
import { ENGINES, measured, useWorkspace } from "./harness.js";

const workspace = useWorkspace();
/** Long enough that the trainer cannot have finished before it is killed or stopped. */
const TRAINING = { optimizer: { type: "adam", learningRate: 0.005 }, schedule: { type: "oneCycle" }, epochs: 10 };

/** With random numbers in each step, and statistics beside the weights. */
const RANDOM_NETWORK = toyNetwork(TRAINING).replace(
  '"type": "flatten"',
  '"type": "batchNormalization" }, { "type": "dropout", "rate": 0.3 }, { "type": "flatten"',
);

describe.each(ENGINES)("a run killed with $engine", ({ engine, absent }) => {
  it.skipIf(absent)("goes on as if it had never been", async () => {
    const { current } = workspace;
    const whole = current.trainText(RANDOM_NETWORK, { engine });
    const wanted = await whole.exit;
    const expected = await measured((await whole.ready).runDirectory);

    let run = current.trainText(RANDOM_NETWORK, { engine });
    const { runDirectory } = await run.ready;
    const moments = Array.from({ length: 3 }, (_, i) => 8 + 22 * i + Math.floor(Math.random() * 20));
    for (const step of moments) {
      await run.reached(step);
      process.kill(run.pid, "SIGKILL");
      const exit = await run.exit;
      expect(exit.message).toMatch(/^The trainer ended at step \d+ \(signal 9\)\./);
      expect(exit.record?.state).toBe("killed");
      expect((await readRun(runDirectory)).state).toBe("killed");
      run = current.resume(runDirectory);
      expect((await run.ready).record.events.at(-1)).toMatchObject({ event: "resumed", bitEqual: true });
    }
    const { record } = await run.exit;
    expect(record?.state).toBe("finished");
    expect(record?.test).toEqual(wanted.record?.test);
    expect(record?.best).toEqual(wanted.record?.best);
    expect(await measured(runDirectory), `killed at ${moments.join(", ")}`).toEqual(expected);
  });

  it.skipIf(absent)("loses no step it was paused or stopped at", async () => {
    const { current } = workspace;
    const whole = current.train(TRAINING, { engine });
    await whole.exit;
    const run = current.train(TRAINING, { engine });
    const { runDirectory } = await run.ready;
    await run.reached(5);
    await run.trainer.pause();
    const paused = run.records.at(-1)?.step ?? 0;
    process.kill(run.pid, "SIGKILL");
    await run.exit;
    const second = current.resume(runDirectory);
    expect((await second.ready).record.step).toBe(paused);
    await second.reached(paused + 5);
    await second.trainer.stop();
    const stopped = (await second.exit).record?.step;
    const third = current.resume(runDirectory);
    expect((await third.ready).record.step).toBe(stopped);
    await third.exit;
    expect(await measured(runDirectory)).toEqual(await measured((await whole.ready).runDirectory));
  });
});

describe("resuming", () => {
  it("falls back to the older checkpoint when the newest is torn", async () => {
    const { current } = workspace;
    const whole = current.train(TRAINING);
    await whole.exit;
    const run = current.train(TRAINING);
    const { runDirectory } = await run.ready;
    await run.reached(40);
    process.kill(run.pid, "SIGKILL");
    await run.exit;
    const { checkpoints } = runFiles(runDirectory);
    const names = readdirSync(checkpoints).sort();
    expect(names.length).toBe(2);
    truncateSync(path.join(checkpoints, names[1] ?? ""), 1000);
    const again = current.resume(runDirectory);
    expect((await again.ready).record.step).toBe(Number.parseInt(names[0] ?? "", 10));
    await again.exit;
    expect(await measured(runDirectory)).toEqual(await measured((await whole.ready).runDirectory));
  });

  it("with another engine says that the numbers differ, and why", async () => {
    const tensorflow = ENGINES.find(({ engine }) => engine === "tensorflow");
    if (tensorflow === undefined || tensorflow.absent) return;
    const { current } = workspace;
    const run = current.train(TRAINING, { engine: "wasm" });
    const { runDirectory } = await run.ready;
    await run.reached(20);
    await run.trainer.stop();
    const again = current.resume(runDirectory, { engine: "tensorflow" });
    const event = (await again.ready).record.events.at(-1);
    expect(event).toMatchObject({ event: "resumed", bitEqual: false });
    expect(event).toHaveProperty("reason", expect.stringMatching(/^it was begun on wasm .*, and goes on with tensorflow /));
    expect((await again.exit).record?.state).toBe("finished");
  });

  it("refuses data that have changed, a run that is being trained, and one that has finished", async () => {
    const { current } = workspace;
    const run = current.train({ epochs: 1000 });
    const { runDirectory } = await run.ready;
    await run.reached(3);
    await expect(current.resume(runDirectory).ready).rejects.toThrow(`is being trained already, by process ${run.pid}`);
    await run.trainer.stop();
    writeToySet(path.join(current.folder, "toy"), { train: 601, test: 100 });
    await expect(current.resume(runDirectory).ready).rejects.toThrow('The data set "idx:toy" has changed since run');
    const finished = current.train({ epochs: 1 });
    await finished.exit;
    await expect(current.resume((await finished.ready).runDirectory).ready).rejects.toThrow("has finished");
  });
});
