import { existsSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { execute } from "./measure.js";

const hasTorch = async (python: string) => (await execute(python, ["-c", "import torch"]).catch(() => ({ code: 1 }))).code === 0;

/**
 * A Python that has PyTorch: CNN_BENCH_PYTHON, one in a virtual environment made for this (kept in the user's cache, the newest PyTorch
 * pip finds), or the system's. Undefined where none can be had.
 */
export async function pythonWithTorch(): Promise<string | undefined> {
  const asked = process.env["CNN_BENCH_PYTHON"];
  if (asked) return asked;
  const cache = process.env["XDG_CACHE_HOME"] || path.join(os.homedir(), ".cache");
  const environment = path.join(cache, "cnn-lab", "bench-torch");
  const python = path.join(environment, "bin", "python");
  if (!existsSync(python)) {
    console.log("(making a virtual environment with PyTorch, once: about 3 GB)");
    await execute("python3", ["-m", "venv", environment]).catch(() => undefined);
  }
  if (await hasTorch(python)) return python;
  if (existsSync(python)) await execute(python, ["-m", "pip", "install", "--quiet", "torch", "numpy"]);
  if (await hasTorch(python)) return python;
  return (await hasTorch("python3")) ? "python3" : undefined;
}
