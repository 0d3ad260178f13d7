// `npm start`: everything set up, the example trained in this terminal, then VS Code on examples/ with the extension. Again and again:
// what is there stays. `--no-open`, or no terminal: it ends after the training.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { build, installDependencies, installEngine, root, run } from "./setup.mjs";

const examples = path.join(root, "examples");
const INTERRUPTED = 130;

// Ctrl-C reaches whatever runs in front, which ends in its own way; this process goes when that has gone.
let interrupted = false;
process.on("SIGINT", () => {
  interrupted = true;
});

try {
  await installDependencies();
  await build();
  await installEngine();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
if (interrupted) process.exit(INTERRUPTED);

const trained = await cnn("train", path.join("examples", await chooseNetwork()), "--runs", path.join("examples", ".cnn", "runs"));
if (trained !== 0) process.exit(trained);
if (process.stdout.isTTY && !process.argv.includes("--no-open")) await openEditor();

/** Runs the command `cnn`; answers its exit code. @param {...string} args */
function cnn(...args) {
  return run(process.execPath, [path.join("dist", "cli.js"), ...args]);
}

/** LeNet-5 learns MNIST; where that can be had neither from disk nor from the network, the glyphs network learns what is drawn here. */
async function chooseNetwork() {
  console.log("[start] looking for MNIST (cnn data mnist)");
  if ((await cnn("data", "mnist")) === 0) return "lenet5.cnn.json";
  if (interrupted) process.exit(INTERRUPTED);
  console.log("[start] going on without MNIST: training examples/glyphs.cnn.json on letters and digits drawn from fonts");
  return "glyphs.cnn.json";
}

async function openEditor() {
  const code = findOnPath(process.platform === "win32" ? "code.cmd" : "code");
  if (code !== undefined) {
    console.log(`[start] opening VS Code on examples/ (${code})`);
    spawn(code, [`--extensionDevelopmentPath=${root}`, examples], {
      stdio: "ignore",
      detached: true,
      shell: process.platform === "win32",
    }).unref();
    return;
  }
  console.log('[start] "code" is not on the PATH: serving VS Code for a browser');
  const { serveWorkbench } = await import("../test/harness/src/serve.mjs");
  const { url, stop } = await serveWorkbench({ extension: root, folder: examples, log: (line) => console.log(`[start] ${line}`) });
  console.log(`[start] VS Code with CNN Lab: ${url}\n[start] Ctrl-C ends it.`);
  if (!interrupted) await new Promise((resolve) => process.once("SIGINT", resolve));
  await stop();
}

/** @param {string} name @returns {string | undefined} */
function findOnPath(name) {
  const folders = (process.env["PATH"] ?? "").split(path.delimiter);
  return folders.map((folder) => path.join(folder, name)).find((file) => existsSync(file));
}
