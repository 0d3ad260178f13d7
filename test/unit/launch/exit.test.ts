import { describe, expect, it } from "vitest";
import { describeExit } from "../../../src/launch/exit.js";
import type { RunRecord } from "../../../src/run/record.js";

const record = (change: Partial<RunRecord>) => ({ id: "4f2a91", state: "running", step: 2954, pid: 7, ...change }) as RunRecord;
const ended = { code: null, signal: null, record: undefined, step: 0, log: "" } as const;

describe("describeExit", () => {
  it("says where a killed trainer was and what is kept", () => {
    const exit = describeExit({ ...ended, signal: "SIGKILL", record: record({ checkpoint: 3010 }), step: 3013 });
    expect(exit.message).toBe("The trainer ended at step 3,013 (signal 9). Nothing before step 3,010 is lost.");
    expect(exit.record).toEqual({ ...record({ checkpoint: 3010 }), pid: undefined, state: "killed", step: 3013 });
  });

  it("repeats what the process said last", () => {
    const exit = describeExit({ ...ended, code: 134, record: record({}), step: 5, log: "noise\nstd::bad_alloc\n" });
    expect(exit.message).toBe("The trainer ended at step 5 (exit code 134). It said: std::bad_alloc");
    const trace = "throw e;\n\nError: Cannot find module 'x'\n    at require (node:x)\n\nNode.js v20.20.2\n";
    expect(describeExit({ ...ended, code: 1, log: trace }).message).toContain("It said: Error: Cannot find module 'x'");
  });

  it("knows a run that never began, and one that came to its end", () => {
    expect(describeExit({ ...ended, code: 1 }).message).toBe("The trainer ended before its first step (exit code 1).");
    expect(describeExit({ ...ended, code: 0, record: record({ state: "finished" }) }).message).toBe("Run 4f2a91 has finished.");
    const diverged = record({ state: "diverged", message: "The loss became NaN at step 3." });
    expect(describeExit({ ...ended, code: 0, record: diverged }).message).toBe("The loss became NaN at step 3.");
  });
});
