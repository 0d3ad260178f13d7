import { describe, expect, it } from "vitest";
import { endSentence, isResumable, progressLine, progressOf, runDescription } from "../../../src/host/training/describeRun.js";
import { sampleRecord, sampleRun, withoutCheckpoint } from "./sampleRun.js";

const NOW = new Date("2026-03-01T12:00:00Z");

describe("progressOf", () => {
  it("goes by the newest metrics, not by the record of the last epoch", () => {
    const progress = progressOf(sampleRun());
    expect(progress).toMatchObject({ step: 3012, totalSteps: 5160, epoch: 8, epochs: 12, seconds: 41 });
    // 41 s for 3,012 steps; 2,148 are left.
    expect(progress.secondsLeft).toBeCloseTo((41 / 3012) * 2148, 6);
    expect(progress.scores).toEqual({ loss: 0.0388, accuracy: 0.9884 });
  });

  it("foretells the end by the speed of the last seconds", () => {
    const at = (step: number, time: number) => ({ kind: "steps", first: step, loss: [1], rate: [0.1], time: [time] }) as const;
    // 100 s for the first 1,000 steps, then 5 s for 500 more.
    const metrics = [at(1000, 100), at(1250, 102.5), at(1500, 105)];
    const { secondsLeft } = progressOf(sampleRun({ step: 860, seconds: 90 }, { metrics }));
    expect(secondsLeft).toBeCloseTo((5160 - 1500) / 100, 6);
  });

  it("is at the beginning before anything was measured", () => {
    const progress = progressOf(sampleRun({ step: 0, stepsPerEpoch: 0, seconds: 0 }, { metrics: [] }));
    expect(progress).toMatchObject({ step: 0, epoch: 1, fraction: 0, secondsLeft: undefined, scores: undefined });
  });

  it("stays in the last epoch at the last step", () => {
    expect(progressOf(sampleRun({ step: 5160, seconds: 70 }))).toMatchObject({ epoch: 12, fraction: 1, secondsLeft: 0 });
  });
});

describe("what is said of a run", () => {
  it("while it trains", () => {
    expect(progressLine(sampleRun())).toBe("epoch 8 of 12, 98.84 %, 0:29 left");
    expect(runDescription(sampleRun(), NOW)).toBe("98.90 %, epoch 8 of 12");
  });

  it("while it starts", () => {
    const progress = { message: "Loading mnist (55,000 of 60,000 images)" };
    expect(progressLine(sampleRun({ state: "starting" }, { progress, metrics: [] }))).toBe(progress.message);
  });

  it("while it waits", () => {
    expect(progressLine(sampleRun({ state: "paused" }))).toBe("epoch 8 of 12, 98.84 %, paused");
  });

  it("when it has ended", () => {
    const finished = { state: "finished", test: { loss: 0.03, accuracy: 0.9912 } } as const;
    expect(runDescription(sampleRun(finished, { live: false }), NOW)).toBe("99.12 %, 5 min ago");
    expect(endSentence(sampleRecord(finished))).toBe("lenet5.cnn.json is trained, 99.12 % on the test images.");
    expect(runDescription(sampleRun({ state: "killed" }, { live: false }), NOW)).toBe("98.90 %, trainer ended, 5 min ago");
    expect(endSentence(sampleRecord({ state: "stopped" }))).toBe("Training of lenet5.cnn.json was stopped at step 3,010.");
    expect(endSentence(sampleRecord({ state: "killed", step: 3013 }))).toBe(
      "The trainer of lenet5.cnn.json ended at step 3,013. Nothing before step 3,010 is lost.",
    );
    expect(endSentence(sampleRecord({ state: "failed", message: "The disk is full." }))).toBe("The disk is full.");
  });

  it("names a loss where there is no accuracy", () => {
    const regression = { state: "finished", test: { loss: 0.012345 } } as const;
    expect(runDescription(sampleRun(regression, { live: false }), NOW)).toBe("loss 0.0123, 5 min ago");
  });
});

describe("isResumable", () => {
  it.each([
    ["paused", true, true],
    ["running", true, false],
    ["stopped", false, true],
    ["killed", false, true],
    ["diverged", false, true],
    ["finished", false, false],
    ["running", false, false],
  ] as const)("%s, live %s: %s", (state, live, expected) => {
    expect(isResumable(sampleRun({ state }, { live }))).toBe(expected);
  });

  it("needs a checkpoint", () => {
    expect(isResumable({ record: withoutCheckpoint(sampleRecord({ state: "killed" })), live: false })).toBe(false);
  });
});
