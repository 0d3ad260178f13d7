import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { execute, median } from "./measure.js";

const TIMES = 9;
const FILE = "test/fixtures/large/resnet152.py";

/** Milliseconds of the whole process `cnn shapes` on source code that makes ResNet-152, beside a Node.js that does nothing. */
export async function command(): Promise<void> {
  const cache = mkdtempSync(path.join(os.tmpdir(), "cnn-bench-"));
  const run = async (...args: readonly string[]) => {
    const { code, stderr, seconds } = await execute(process.execPath, args, { env: { ...process.env, XDG_CACHE_HOME: cache } });
    if (code !== 0) throw new Error(`${args.join(" ")} ended with ${code}: ${stderr.trim()}`);
    return seconds * 1000;
  };
  const [shapes, bare]: [number[], number[]] = [[], []];
  try {
    const first = await run("dist/cli.js", "shapes", FILE);
    for (let i = 0; i < TIMES; i++) {
      shapes.push(await run("dist/cli.js", "shapes", FILE));
      bare.push(await run("-e", "0"));
    }
    console.log(
      `cnn shapes ${FILE}: ${median(shapes).toFixed(0)} ms, the first time ${first.toFixed(0)} ms (median of ${TIMES} processes)`,
    );
    console.log(`node -e 0: ${median(bare).toFixed(0)} ms`);
  } finally {
    rmSync(cache, { recursive: true, force: true });
  }
}
