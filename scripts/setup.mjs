// What `npm start` and `npm test` share: brings a clone to where everything can run. Each step says what it does, is skipped when
// nothing changed, and uses nothing but Node: it runs before anything is installed.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("..", import.meta.url));

/**
 * Runs a program in the repository with its output shown.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ env?: NodeJS.ProcessEnv }} [options]
 * @returns {Promise<number>} exit code; 128 + n when a signal ended it
 */
export function run(command, args, { env } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: root,
      stdio: "inherit",
      env: { ...process.env, ...env },
      shell: process.platform === "win32",
    });
    child.once("error", reject);
    child.once("exit", (code, signal) => resolve(code ?? (signal ? 128 : 1)));
  });
}

/** @param {string} what @param {string} command @param {readonly string[]} args */
async function step(what, command, args) {
  console.log(`[setup] ${what}`);
  const code = await run(command, args);
  if (code !== 0) throw new Error(`${what}: "${command} ${args.join(" ")}" ended with ${code}`);
}

/** Dependencies as the lockfile says, again only when the lockfile changed. */
export async function installDependencies() {
  const stamp = path.join(root, "node_modules", ".cnn-lab-lock");
  const hash = createHash("sha256")
    .update(readFileSync(path.join(root, "package-lock.json")))
    .digest("hex");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === hash) return;
  await step("installing dependencies (npm ci)", "npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"]);
  mkdirSync(path.dirname(stamp), { recursive: true });
  writeFileSync(stamp, hash);
}

/** @param {readonly string[]} flags of esbuild.js */
export const build = (flags = []) => step("building (esbuild)", process.execPath, ["esbuild.js", ...flags]);

/**
 * The tensorflow engine, outside the repository and once per user. Without it everything still runs, on wasm.
 * @returns {Promise<boolean>} whether it is there
 */
export async function installEngine() {
  console.log("[setup] tensorflow engine (cnn engine install)");
  const code = await run(process.execPath, ["dist/cli.js", "engine", "install"]);
  if (code !== 0) console.log("[setup] going on without the tensorflow engine; networks train on wasm");
  return code === 0;
}
