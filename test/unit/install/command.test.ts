import { describe, expect, it } from "vitest";
import { CommandError, firstWorking, runCommand } from "../../../src/engine/install/command.js";

const node = (script: string, signal?: AbortSignal) => runCommand(process.execPath, ["-e", script], { signal });

describe("commands", () => {
  it("answer what they print", async () => {
    expect(await node("console.log(1 + 1)")).toBe("2\n");
  });

  it("reject with the line that names the error", async () => {
    const failure = node("console.error('so\\nERROR: no such wheel\\n    at emitErrorNow (node:x)\\nbye'); process.exit(1)");
    await expect(failure).rejects.toThrow(CommandError);
    await expect(failure).rejects.toMatchObject({ reason: "ERROR: no such wheel" });
  });

  it("say that they are missing", async () => {
    await expect(runCommand("no-such-command-here", [])).rejects.toThrow("not installed");
    expect(await firstWorking(["no-such-command-here", process.execPath], ["--version"])).toBe(process.execPath);
  });

  it("end with all they started when the signal says so", async () => {
    const controller = new AbortController();
    const reason = new Error("cancelled");
    const started = Date.now();
    const sleeping =
      "require('node:child_process').spawnSync(process.execPath, ['-e', 'setTimeout(() => {}, 20000)'], { stdio: 'inherit' })";
    setTimeout(() => controller.abort(reason), 300);
    await expect(node(sleeping, controller.signal)).rejects.toBe(reason);
    expect(Date.now() - started).toBeLessThan(15_000);
  });
});
