// `npm test`: sets up, then runs every ring of tests, cheapest first. The last line is "N passed, N failed, N skipped" over all of them.
// `npm test -- unit webview` runs only those rings.
import { randomUUID } from "node:crypto";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { build, installDependencies, installEngine, run } from "./setup.mjs";

const RINGS = ["checks", "unit", "webview", "architecture", "engine", "trainer", "conformance", "vscode", "suite"];
const wanted = process.argv.slice(2);
const unknown = wanted.filter((ring) => !RINGS.includes(ring));
if (unknown.length > 0) {
  console.error(`No ring named ${unknown.join(", ")}; there are ${RINGS.join(", ")}.`);
  process.exit(2);
}
const rings = RINGS.filter((ring) => wanted.length === 0 || wanted.includes(ring));
const needs = (/** @type {string[]} */ ...names) => rings.some((ring) => names.includes(ring));

/** Marks every process of this run, so that one left behind is found. */
const mark = `CNN_LAB_TEST_RUN=${randomUUID()}`;
process.env.CNN_LAB_TEST_RUN = mark.split("=")[1];

const total = { passed: 0, failed: 0, skipped: 0 };
/** @type {string[]} */
const summary = [];
const reports = mkdtempSync(path.join(os.tmpdir(), "cnn-lab-test-"));

/** @param {string} ring @param {{ passed: number, failed: number, skipped: number }} counts @param {number} seconds */
function count(ring, { passed, failed, skipped }, seconds) {
  total.passed += passed;
  total.failed += failed;
  total.skipped += skipped;
  summary.push(
    `${ring.padEnd(14)}${String(passed).padStart(5)} passed ${String(failed).padStart(3)} failed ${String(skipped).padStart(3)} skipped ${seconds.toFixed(0).padStart(5)} s`,
  );
}

/** A command that passes or fails as a whole. @param {string} name @param {string[]} command */
async function check(name, command) {
  const started = Date.now();
  const code = await run("npx", ["--no-install", ...command]);
  count(name, { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 }, (Date.now() - started) / 1000);
}

/** A vitest project. A run that ends without a report, or a file that cannot be loaded, is a failure. @param {string} ring */
async function vitest(ring) {
  const started = Date.now();
  const report = path.join(reports, `${ring}.json`);
  const code = await run("npx", [
    "--no-install",
    "vitest",
    "run",
    "--project",
    ring,
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${report}`,
  ]);
  const seconds = () => (Date.now() - started) / 1000;
  if (!existsSync(report)) return count(ring, { passed: 0, failed: 1, skipped: 0 }, seconds());
  const result = JSON.parse(readFileSync(report, "utf8"));
  const unloadable = result.testResults.filter(
    (/** @type {any} */ file) => file.status === "failed" && file.assertionResults.length === 0,
  ).length;
  const failed = result.numFailedTests + unloadable;
  count(
    ring,
    {
      passed: result.numPassedTests,
      failed: failed === 0 && code !== 0 ? 1 : failed,
      skipped: result.numPendingTests + result.numTodoTests,
    },
    seconds(),
  );
}

/** The suite inside the extension host prints its own counts. */
async function suite() {
  const started = Date.now();
  const report = path.join(reports, "suite.json");
  const code = await run(process.execPath, ["test/vscode/runSuite.mjs", report]);
  const counts = existsSync(report) ? JSON.parse(readFileSync(report, "utf8")) : { passed: 0, failed: 1, skipped: 0 };
  if (code !== 0 && counts.failed === 0) counts.failed = 1;
  count("suite", counts, (Date.now() - started) / 1000);
}

/** Processes of this run that outlived their test, on Linux by their environment. They are a failure, and ended. */
async function leftovers() {
  if (process.platform !== "linux") return;
  const find = () =>
    readdirSync("/proc").filter((pid) => {
      if (!/^\d+$/.test(pid) || Number(pid) === process.pid) return false;
      try {
        // A zombie has ended already; its entry waits for its parent.
        return (
          readFileSync(`/proc/${pid}/environ`, "utf8").includes(mark) && !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "utf8"))
        );
      } catch {
        return false;
      }
    });
  for (let tries = 0; tries < 50 && find().length > 0; tries++) await new Promise((resolve) => setTimeout(resolve, 100));
  const left = find();
  for (const pid of left) {
    console.error(`left behind: ${pid} ${readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ")}`);
    process.kill(Number(pid), "SIGKILL");
  }
  count("no leftovers", { passed: left.length === 0 ? 1 : 0, failed: left.length, skipped: 0 }, 0);
}

try {
  await installDependencies();
  if (needs("engine", "trainer", "conformance", "vscode", "suite", "unit")) await build();
  if (needs("engine", "trainer", "conformance", "vscode", "suite")) await installEngine();
  for (const ring of rings) {
    console.log(`\n=== ${ring}`);
    if (ring === "checks") {
      await check("types", ["tsc", "-p", "src/tsconfig.pure.json"]);
      for (const project of ["src", "webview", "test"]) await check(`types ${project}`, ["tsc", "-p", project]);
      await check("format, lint", ["biome", "check", "."]);
    } else if (ring === "suite") await suite();
    else await vitest(ring);
  }
  await leftovers();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  total.failed++;
} finally {
  rmSync(reports, { recursive: true, force: true });
}
console.log(`\n${summary.join("\n")}\n\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exitCode = total.failed === 0 && total.passed > 0 ? 0 : 1;
