import { describe, expect, it } from "vitest";
import { statusText } from "../../../src/host/training/statusText.js";
import { sampleRun } from "./sampleRun.js";

describe("statusText", () => {
  it("is nothing before the first training", () => {
    expect(statusText([], undefined)).toBeUndefined();
  });

  it("follows the one training", () => {
    expect(statusText([sampleRun()], undefined)?.text).toBe("$(pulse) lenet5: epoch 8 of 12, 98.84 %, 0:29 left");
    expect(statusText([sampleRun({ state: "paused" })], undefined)?.text).toBe("$(debug-pause) lenet5: epoch 8 of 12, 98.84 %, paused");
  });

  it("counts several and lists them in its tooltip", () => {
    const status = statusText([sampleRun(), sampleRun({ network: { file: "b.cnn.json", source: "", hash: "" } })], undefined);
    expect(status?.text).toBe("$(pulse) 2 trainings");
    expect(status?.tooltip).toContain("b.cnn.json: epoch 8 of 12");
  });

  it("keeps the last result, and makes trouble seen", () => {
    const ended = (record: Parameters<typeof sampleRun>[0]) => statusText([], sampleRun(record, { live: false }));
    expect(ended({ state: "finished", test: { loss: 0.03, accuracy: 0.9912 } })).toMatchObject({
      text: "$(pass) lenet5: 99.12 %",
      severity: "none",
    });
    expect(ended({ state: "diverged" })).toMatchObject({ text: "$(warning) lenet5: diverged", severity: "warning" });
    expect(ended({ state: "failed" })).toMatchObject({ text: "$(error) lenet5: failed", severity: "error" });
    expect(ended({ state: "stopped" })).toMatchObject({ text: "$(circle-slash) lenet5: stopped", severity: "none" });
  });
});
