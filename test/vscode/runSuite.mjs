// Runs the suite of test/vscode/suite inside an extension host: in the npm-served VS Code, or with --electron in a desktop one
// that @vscode/test-electron downloads. usage: runSuite.mjs [REPORT.json] [--electron]
import path from "node:path";
import { build } from "esbuild";
import { runTests } from "../harness/src/index.mjs";

const electron = process.argv.includes("--electron");
const report = process.argv.slice(2).find((argument) => !argument.startsWith("--"));

const bundle = { bundle: true, platform: "node", format: "cjs", target: "node20", logLevel: "warning" };
await build({ ...bundle, entryPoints: ["test/vscode/suite/index.ts"], outfile: "dist/test/suite.js", external: ["vscode", "mocha"] });
await build({ ...bundle, entryPoints: ["test/vscode/workspace.ts"], outfile: "dist/test/workspace.cjs" });
const { makeWorkspace } = await import("../../dist/test/workspace.cjs").then((module) => module.default ?? module);

const workspace = makeWorkspace();
const options = {
  extensionDevelopmentPath: path.resolve("."),
  extensionTestsPath: path.resolve("dist/test/suite.js"),
  workspace: workspace.folder,
  env: report ? { CNN_LAB_SUITE_REPORT: path.resolve(report) } : {},
};
try {
  process.exitCode = electron ? await (await import("../harness/src/electron.mjs")).runTestsInElectron(options) : await runTests(options);
} finally {
  workspace.dispose();
}
