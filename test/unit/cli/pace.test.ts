import { describe, expect, it } from "vitest";
import { Pace } from "../../../src/cli/views/pace.js";
import { DEFAULT_TRAINING } from "../../../src/model/training.js";
import type { RunRecord } from "../../../src/run/record.js";

const record = { step: 0, seconds: 0, stepsPerEpoch: 10, training: { ...DEFAULT_TRAINING, epochs: 2, batchSize: 64 } } as RunRecord;
const steps = (first: number, count: number, secondsPerStep: number) => ({
  kind: "steps" as const,
  first,
  loss: new Array<number>(count).fill(2),
  accuracy: new Array<number>(count).fill(0.5),
  rate: new Array<number>(count).fill(0.1),
  time: Array.from({ length: count }, (_, i) => (first + i) * secondsPerStep),
});

describe("Pace", () => {
  it("averages the epoch under way, and says speed and time left", () => {
    const pace = new Pace(record);
    pace.add(steps(1, 4, 2));
    expect(pace.now()).toEqual({
      epoch: 1,
      stepOfEpoch: 4,
      stepsPerEpoch: 10,
      text: "loss 2.00, accuracy 50.00 %  32 images/s  0:32 left",
    });
  });

  it("begins anew with each epoch", () => {
    const pace = new Pace(record);
    pace.add({ ...steps(1, 10, 1), loss: new Array<number>(10).fill(9) });
    pace.add(steps(11, 1, 1));
    expect(pace.now()).toMatchObject({ epoch: 2, stepOfEpoch: 1 });
    expect(pace.now().text).toContain("loss 2.00");
  });

  it("counts a resumed run from where it stood", () => {
    const pace = new Pace({ ...record, step: 12, seconds: 12 });
    pace.add(steps(13, 2, 1));
    expect(pace.now()).toMatchObject({ epoch: 2, stepOfEpoch: 4 });
    expect(pace.now().text).toContain("64 images/s  0:06 left");
  });
});
