// Installs the VS Code server, the Node it runs on and (if need be) Chromium. Idempotent and cached.
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import * as fs from "node:fs/promises";
import * as path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const exec = promisify(execFile);
const SERVER_SPEC = fileURLToPath(new URL("../server", import.meta.url));

/** Built-in extensions no test of another extension needs: they sign in, phone home, debug, want native modules or are big. */
const PRUNED_EXTENSIONS = [
  "copilot",
  "debug-auto-launch",
  "debug-server-ready",
  "git",
  "github",
  "mermaid-markdown-features",
  "microsoft-authentication",
  "ms-vscode.js-debug",
  "ms-vscode.js-debug-companion",
  "ms-vscode.vscode-js-profile-table",
  "terminal-suggest",
  "tunnel-forwarding",
];

/**
 * @typedef {object} Installation
 * @property {string} root        folder the server was installed in
 * @property {string} node        Node binary the server runs on
 * @property {string} serverMain  VS Code's server entry point
 * @property {string} chromium    browser executable
 * @property {string} version     VS Code version
 */

/**
 * Makes sure everything needed is installed; a second call only looks.
 * @param {{ cacheDir?: string, log?: (line: string) => void }} [options]
 *   cacheDir: where to install; VSCODE_TEST_CACHE or `.vscode-test` in the current folder by default
 * @returns {Promise<Installation>}
 */
export async function setup({ cacheDir = defaultCacheDir(), log = () => {} } = {}) {
  const [server, chromium] = await Promise.all([installServer(cacheDir, log), findChromium(log)]);
  return { ...server, chromium };
}

export const defaultCacheDir = () => path.resolve(process.env.VSCODE_TEST_CACHE || ".vscode-test");

/** @param {string} cacheDir @param {(line: string) => void} log */
export async function installServer(cacheDir, log) {
  const root = path.join(cacheDir, `server-${await specHash()}`);
  if (!existsSync(root)) {
    log(`installing VS Code's server into ${root}`);
    const staging = `${root}.${process.pid}.tmp`;
    try {
      await fs.cp(SERVER_SPEC, staging, { recursive: true });
      // No install scripts run: what is native and needed comes prebuilt, or as a shim in server/shims.
      await exec("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error", "--engine-strict=false"], {
        cwd: staging,
        maxBuffer: 1 << 26,
      });
      const code = vscodeDir(staging);
      await fs.symlink(path.relative(code, path.join(staging, "node_modules")), path.join(code, "node_modules"));
      for (const name of PRUNED_EXTENSIONS) {
        await fs.rm(path.join(code, "extensions", name), { recursive: true, force: true });
      }
      await exec(nodeBinary(staging), [serverMain(staging), "--version"]); // it must at least start
      await fs.rename(staging, root).catch((error) => {
        if (!existsSync(root)) throw error; // another process was faster: use its copy
      });
    } finally {
      await fs.rm(staging, { recursive: true, force: true });
    }
  }
  const { version } = JSON.parse(await fs.readFile(path.join(vscodeDir(root), "package.json"), "utf8"));
  return { root, version, node: nodeBinary(root), serverMain: serverMain(root) };
}

/** @param {string} root */
const vscodeDir = (root) => path.join(root, "node_modules/code-server/lib/vscode");
/** @param {string} root */
const serverMain = (root) => path.join(vscodeDir(root), "out/server-main.js");
/** @param {string} root */
function nodeBinary(root) {
  const own = path.join(root, `node_modules/node-${process.platform}-${process.arch}/bin/node`);
  if (existsSync(own)) return own;
  if (process.versions.node.startsWith("24.")) return process.execPath;
  throw new Error(`VS Code's server needs Node 24, and npm has no node-${process.platform}-${process.arch}: run the tests with Node 24`);
}

/** The cache key: whatever is installed is decided by these files alone. */
async function specHash() {
  const hash = createHash("sha256");
  for (const file of ["package.json", "package-lock.json", "shims/spdlog/index.js", "shims/native-watchdog/index.js"]) {
    hash.update(await fs.readFile(path.join(SERVER_SPEC, file)));
  }
  return hash.update(PRUNED_EXTENSIONS.join()).digest("hex").slice(0, 12);
}

/** @param {(line: string) => void} log */
async function findChromium(log) {
  const found = locateChromium();
  if (found) return found;
  if (process.platform === "linux" && process.getuid?.() === 0 && onPath("apt-get")) {
    log("installing chromium with apt-get");
    const apt = (/** @type {string[]} */ ...args) =>
      exec("apt-get", ["-q", "-o", "DPkg::Lock::Timeout=300", ...args], {
        env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
        maxBuffer: 1 << 26,
      });
    await apt("update");
    await apt("install", "-y", "--no-install-recommends", "chromium", "fonts-dejavu-core");
    const installed = locateChromium();
    if (installed) return installed;
  }
  throw new Error("No Chromium found: install one (Debian: apt-get install chromium) or point CHROME_PATH at it");
}

function locateChromium() {
  if (process.env.CHROME_PATH) return process.env.CHROME_PATH;
  for (const name of ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]) {
    const file = onPath(name);
    if (file) return file;
  }
  return undefined;
}

/** @param {string} name */
function onPath(name) {
  return (process.env.PATH ?? "")
    .split(path.delimiter)
    .map((dir) => path.join(dir, name))
    .find((file) => existsSync(file));
}
