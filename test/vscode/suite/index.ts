// Entry point inside the extension host, of the harness and of @vscode/test-electron alike.
import { writeFileSync } from "node:fs";
import Mocha from "mocha";

/** Runs the suite; writes its counts to the file named by CNN_LAB_SUITE_REPORT. Rejects when a test fails. */
export async function run(): Promise<void> {
  const mocha = new Mocha({ ui: "bdd", timeout: 30_000, color: false, reporter: "spec" });
  mocha.suite.emit("pre-require", globalThis, "annotations", mocha);
  await import("./annotations.js");
  await import("./code.js");
  await import("./models.js");
  await import("./activation.js");
  const failures = await new Promise<number>((resolve) => {
    const runner = mocha.run(resolve);
    runner.once("end", () => {
      const { passes, failures: failed, pending } = runner.stats ?? { passes: 0, failures: 1, pending: 0 };
      const report = process.env["CNN_LAB_SUITE_REPORT"];
      if (report) writeFileSync(report, JSON.stringify({ passed: passes, failed, skipped: pending }));
    });
  });
  if (failures > 0) throw new Error(`${failures} test(s) failed`);
}
