// One VS Code server process on a free port, in a process group of its own so that nothing is left behind.
import { spawn } from "node:child_process";
import { createWriteStream, rmSync } from "node:fs";
import * as path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** What to clean up should this process exit early: process groups, and their folders. @type {Map<number, string>} */
const groups = new Map();
let hooked = false;

/**
 * @param {Pick<import('./setup.mjs').Installation, 'node' | 'serverMain'>} installation
 * @param {{ dataDir: string, env?: NodeJS.ProcessEnv, timeout?: number, port?: number, workspaceTrust?: boolean, connectionToken?: string }} options
 *   connectionToken: for a server that a person uses; without it the server is one for tests, which may load extensions under development
 */
export async function startServer(
  installation,
  { dataDir, env = {}, timeout = 30_000, port: wantedPort = 0, workspaceTrust = false, connectionToken },
) {
  const logFile = path.join(dataDir, "server.log");
  const child = spawn(
    installation.node,
    [
      installation.serverMain,
      "--host",
      "127.0.0.1",
      "--port",
      String(wantedPort),
      ...(connectionToken ? ["--connection-token", connectionToken] : ["--without-connection-token"]),
      "--accept-server-license-terms",
      "--server-data-dir",
      dataDir,
      "--extensions-dir",
      path.join(dataDir, "extensions"),
      "--telemetry-level",
      "off",
      ...(workspaceTrust ? [] : ["--disable-workspace-trust"]),
      "--disable-experiments",
      "--disable-websocket-compression", // we are on one machine, as desktop VS Code is
      ...(connectionToken
        ? []
        : [
            // Should this process be killed outright, the server notices that nobody is there and goes too, within minutes.
            "--enable-remote-auto-shutdown",
            "--reconnection-grace-time",
            "60",
            // Without this a built VS Code ignores extensionDevelopmentPath and extensionTestsPath in the page's payload.
            "--enable-smoke-test-driver",
          ]),
    ],
    { detached: true, stdio: ["ignore", "pipe", "pipe"], env: { ...cleanEnv(), ...env } },
  );
  const pid = child.pid;
  if (!pid) throw new Error(`could not start ${installation.node}`);
  groups.set(pid, dataDir);
  hookExit();

  const log = createWriteStream(logFile);
  child.stderr.pipe(log, { end: false });
  const exited = new Promise((resolve) => child.once("exit", resolve));
  const port = await new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`VS Code's server did not start in ${timeout} ms`)), timeout);
    let seen = "";
    child.stdout.on("data", (chunk) => {
      log.write(chunk);
      if (seen.length > 10_000) return;
      seen += chunk;
      const match = /Extension host agent listening on (\d+)/.exec(seen);
      if (match) {
        clearTimeout(timer);
        resolve(Number(match[1]));
      }
    });
    void exited.then((code) => {
      clearTimeout(timer);
      reject(new Error(`VS Code's server exited with ${code}:\n${seen}`));
    });
  }).catch(async (error) => {
    await stop();
    throw error;
  });

  async function stop() {
    signalGroup(/** @type {number} */ (pid), "SIGTERM");
    const deadline = Date.now() + 1000;
    while (groupAlive(/** @type {number} */ (pid)) && Date.now() < deadline) await sleep(25);
    signalGroup(/** @type {number} */ (pid), "SIGKILL");
    await exited;
    groups.delete(/** @type {number} */ (pid));
    log.end();
  }
  return { pid, port: /** @type {number} */ (port), origin: `http://127.0.0.1:${port}`, logFile, stop };
}

/** A test runner started from VS Code's own terminal must not confuse the server with inherited VSCODE_* settings. */
function cleanEnv() {
  return Object.fromEntries(
    Object.entries(process.env).filter(([key]) => !/^(VSCODE_|ELECTRON_|NODE_OPTIONS$|NODE_TEST_CONTEXT$)/.test(key)),
  );
}

/** @param {number} pid @param {NodeJS.Signals} signal */
function signalGroup(pid, signal) {
  try {
    process.kill(-pid, signal);
  } catch {
    /* already gone */
  }
}

/** @param {number} pid */
function groupAlive(pid) {
  try {
    process.kill(-pid, 0);
    return true;
  } catch {
    return false;
  }
}

function hookExit() {
  if (hooked) return;
  hooked = true;
  process.on("exit", () => {
    for (const [pid, dataDir] of groups) {
      signalGroup(pid, "SIGKILL");
      rmSync(dataDir, { recursive: true, force: true, maxRetries: 3 });
    }
  });
  for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) {
    process.once(signal, () => process.exit(128 + { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 }[signal]));
  }
}
