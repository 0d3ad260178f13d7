import { describe, expect, it } from "vitest";
import { afterReload } from "../../../src/host/training/reload.js";
import { sampleRecord, withoutCheckpoint } from "./sampleRun.js";

const ended = Date.parse("2026-03-01T11:55:00Z");
const later = (seconds: number) => new Date(ended + 1000 * seconds);

describe("afterReload", () => {
  it("waits while the trainer of the window before is still there", () => {
    expect(afterReload(sampleRecord({ state: "running" }), later(1))).toBe("wait");
    expect(afterReload(sampleRecord({ state: "paused" }), later(1))).toBe("wait");
  });

  it("goes on with what was cut off just now", () => {
    expect(afterReload(sampleRecord({ state: "stopped" }), later(59))).toBe("resume");
    expect(afterReload(sampleRecord({ state: "killed" }), later(5))).toBe("resume");
  });

  it("asks when the cut is a minute old", () => {
    expect(afterReload(sampleRecord({ state: "stopped" }), later(60))).toBe("offer");
  });

  it("leaves what ended by itself, and what has no checkpoint", () => {
    for (const state of ["finished", "diverged", "failed"] as const) expect(afterReload(sampleRecord({ state }), later(1))).toBe("leave");
    expect(afterReload(withoutCheckpoint(sampleRecord({ state: "killed" })), later(1))).toBe("leave");
  });
});
