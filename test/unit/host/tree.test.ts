import { describe, expect, it } from "vitest";
import { bestAccuracy, isNetworkNode, isRunNode, networkNodes, runContext, runIcon } from "../../../src/host/tree/items.js";
import { sampleRun } from "./sampleRun.js";

const fileOf = (run: ReturnType<typeof sampleRun>) => `/ws/${run.record.network.file}`;

describe("networkNodes", () => {
  const older = sampleRun({ id: "000001", created: "2026-03-01T10:00:00Z", network: { file: "a.cnn.json", source: "", hash: "" } });
  const newer = sampleRun({ id: "000002", created: "2026-03-01T11:00:00Z", network: { file: "a.cnn.json", source: "", hash: "" } });
  const orphan = sampleRun({ id: "000003", network: { file: "0-gone.cnn.json", source: "", hash: "" } });

  it("puts runs under their network, the newest first, and networks without a file last", () => {
    const nodes = networkNodes(["/ws/b.cnn.json", "/ws/a.cnn.json"], [older, orphan, newer], fileOf);
    expect(nodes.map((node) => [node.file, node.exists, node.runs.map((run) => run.record.id)])).toEqual([
      ["/ws/a.cnn.json", true, ["000002", "000001"]],
      ["/ws/b.cnn.json", true, []],
      ["/ws/0-gone.cnn.json", false, ["000003"]],
    ]);
  });

  it("tells its nodes from what else commands are given", () => {
    const [node] = networkNodes(["/ws/a.cnn.json"], [older], fileOf);
    expect([node, { kind: "run", run: older }, undefined, "x", { path: "/ws" }].map(isNetworkNode)).toEqual([
      true,
      false,
      false,
      false,
      false,
    ]);
    expect(isRunNode({ kind: "run", run: older })).toBe(true);
  });
});

describe("bestAccuracy", () => {
  it("takes the test score of those that have one", () => {
    const finished = sampleRun({ test: { loss: 0.1, accuracy: 0.97 } });
    expect(bestAccuracy([finished])).toBe(0.97);
    expect(bestAccuracy([finished, sampleRun()])).toBe(0.989);
    expect(bestAccuracy([])).toBeUndefined();
  });
});

describe("a run in the tree", () => {
  it.each([
    ["starting", true, "runStarting"],
    ["running", true, "runRunning"],
    ["paused", true, "runPaused"],
    ["running", false, "runElsewhere"],
    ["stopped", false, "runResumable"],
    ["finished", false, "runEnded"],
  ] as const)("%s, live %s, offers the menu of %s", (state, live, context) => {
    expect(runContext(sampleRun({ state }, { live }))).toBe(context);
  });

  it("is told apart by its icon, not by colour alone", () => {
    const states = ["starting", "running", "paused", "finished", "stopped", "diverged", "failed", "killed"] as const;
    expect(new Set(states.map((state) => runIcon(state).icon)).size).toBe(states.length);
  });
});
