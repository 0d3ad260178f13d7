// `npm run fuzz` damages many more files than `npm test` does; `npm run fuzz -- saved 5000` only those of one folder of test/unit, and so many.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { run } from "./setup.mjs";

const MUTATIONS = 20_000;
const tests = path.join(import.meta.dirname, "..", "test", "unit");
const fileOf = (/** @type {string} */ folder) => path.join(tests, folder, "fuzz.test.ts");
/** Those that take their number of mutations from CNN_FUZZ, by what tests share for that. */
const all = readdirSync(tests).filter(
  (each) => existsSync(fileOf(each)) && readFileSync(fileOf(each), "utf8").includes("fixtures/fuzz.js"),
);
const [folder, count = String(MUTATIONS)] = process.argv.slice(2);
if ((folder !== undefined && !all.includes(folder)) || !/^[1-9]\d*$/.test(count)) {
  console.error(`usage: npm run fuzz [-- ${all.join(" | ")} [COUNT]]`);
  process.exit(2);
}
process.env.CNN_FUZZ = count;
const files = (folder === undefined ? all : [folder]).map((each) => `test/unit/${each}/fuzz.test.ts`);
process.exitCode = await run("npx", ["--no-install", "vitest", "run", "--project", "unit", ...files]);
