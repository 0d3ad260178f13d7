// Runs a test suite inside the extension host; the contract is that of @vscode/test-electron.
import * as fs from "node:fs/promises";
import * as path from "node:path";
import { launch } from "./workbench.mjs";

/**
 * @param {import('./workbench.mjs').OpenOptions & { extensionTestsPath: string, testTimeout?: number,
 *   print?: (text: string, type: string) => void }} options
 *   extensionTestsPath: a module that exports `run(): Promise<void>`; testTimeout: for the whole suite, in ms
 * @returns {Promise<number>} exit code: 0 when `run` resolved
 */
export async function runTests({ testTimeout = 300_000, print = defaultPrint, ...options }) {
  /** @type {(code: number) => void} */
  let exit = () => {};
  const exited = /** @type {Promise<number>} */ (
    new Promise((resolve) => {
      exit = resolve;
    })
  );
  let passed = false;
  const workbench = await launch({
    ...options,
    onPrint: print,
    onResult: (result) => {
      passed = result;
    },
    onExit: exit,
  });
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  const died = new Promise((resolve) => {
    workbench.page.once("crash", () => resolve("the browser page crashed"));
    workbench.page.once("close", () => resolve("the browser page closed"));
    // a suite's end comes with an exit code at once; a crash of the extension host comes with none
    void workbench.extensionHostGone.then(() => setTimeout(resolve, 5000, "the extension host ended without a result"));
    timer = setTimeout(resolve, testTimeout, `no result after ${testTimeout} ms`);
  });
  try {
    let outcome = await Promise.race([exited, died]);
    if (outcome === 0 && passed) return 0;
    if (outcome === 0) outcome = "the extension host ended without a result"; // VS Code calls a crash 0 too
    const where = await workbench.dump("suite");
    if (typeof outcome === "number") {
      print(`[harness] the suite failed; screenshot and logs in ${where}\n`, "error");
      return outcome;
    }
    print(`[harness] ${outcome}; screenshot and logs in ${where}\n${await tails(where)}\n`, "error");
    return 124;
  } finally {
    clearTimeout(timer);
    await workbench.close();
  }
}

/** The last lines of the logs that most often tell. @param {string} dump */
async function tails(dump) {
  const all = /** @type {string[]} */ (await fs.readdir(dump, { recursive: true }).catch(() => []));
  const telling = all.filter((file) => /^(server|browser)\.log$|exthost\.log$/.test(file));
  const parts = await Promise.all(
    telling.map(async (file) => {
      const lines = (await fs.readFile(path.join(dump, file), "utf8")).trimEnd().split("\n");
      return `--- ${file}\n${lines.slice(-15).join("\n")}`;
    }),
  );
  return parts.join("\n");
}

/** @param {string} text @param {string} type */
function defaultPrint(text, type) {
  (type === "error" || type === "warn" ? process.stderr : process.stdout).write(text);
}
