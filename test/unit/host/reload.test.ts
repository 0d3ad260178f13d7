import { describe, expect, it } from "vitest";
import { afterReload } from "../../../src/host/training/reload.js";
import { sampleRecord } from "./sampleRun.js";

const ended = Date.parse("2026-03-01T11:55:00Z");
const after = (seconds: number) => new Date(ended + 1000 * seconds);

describe("afterReload", () => {
  it("waits while the trainer of the window before is still there", () => {
    expect(afterReload(sampleRecord({ state: "running" }), after(1))).toBe("wait");
    expect(afterReload(sampleRecord({ state: "paused" }), after(1))).toBe("wait");
  });

  it("goes on with what was cut off just now", () => {
    expect(afterReload(sampleRecord({ state: "stopped" }), after(59))).toBe("resume");
    expect(afterReload(sampleRecord({ state: "killed" }), after(5))).toBe("resume");
  });

  it("asks when the cut is a minute old", () => {
    expect(afterReload(sampleRecord({ state: "stopped" }), after(60))).toBe("offer");
  });

  it("leaves what ended by itself, and what has no checkpoint", () => {
    for (const state of ["finished", "diverged", "failed"] as const) expect(afterReload(sampleRecord({ state }), after(1))).toBe("leave");
    expect(afterReload(sampleRecord({ state: "killed", step: 0 }), after(1))).toBe("leave");
  });
});
