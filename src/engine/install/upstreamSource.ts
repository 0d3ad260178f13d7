import { mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { UserError } from "../../base/userError.js";
import { ADDON } from "../tensorflow/binding.js";
import { runCommand } from "./command.js";
import { type EngineSource, LIBRARIES, type StageContext, TFJS_NODE } from "./source.js";
import { findNpm } from "./tools.js";

/** Platforms tfjs-node's own installer knows; for Windows its authors publish no addon. */
const PLATFORMS = ["linux-x64", "linux-arm64", "darwin-x64", "darwin-arm64"];

/**
 * TensorFlow 2.9.1 as tfjs-node's own installer gets it: a library and a prebuilt addon from its authors' storage, whose addresses only
 * that installer knows. It publishes no hashes; what came is checked by loading it, and hashed from then on.
 */
export function upstreamSource(platform: string): EngineSource | undefined {
  if (!PLATFORMS.includes(platform)) return undefined;
  return {
    name: "upstream",
    key: `tensorflow-2.9.1-${platform}`,
    spaceNeeded: 1_200_000_000,
    missing: async () => ((await findNpm()) ? [] : ["npm"]),
    stage,
  };
}

async function stage(directory: string, { signal, onProgress }: StageContext): Promise<void> {
  const work = path.join(directory, "work");
  await mkdir(work, { recursive: true });
  await writeFile(path.join(work, "package.json"), '{ "private": true }\n');
  onProgress({ text: "Getting tfjs-node", fraction: 0 });
  const quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--silent"];
  await runCommand("npm", ["install", ...quiet, "--prefix", work, TFJS_NODE], { cwd: work, signal });
  onProgress({ text: "Downloading TensorFlow 2.9.1", fraction: 0.3 });
  const tfjsNode = path.join(work, "node_modules/@tensorflow/tfjs-node");
  const binaries = path.join(work, "node_modules/.bin");
  await runCommand("node", ["scripts/install.js"], {
    cwd: tfjsNode,
    environment: { PATH: `${binaries}${path.delimiter}${process.env["PATH"] ?? ""}` },
    signal,
  });
  const addons = await readdir(path.join(tfjsNode, "lib")).catch(() => []);
  const addon = addons.find((name) => name.startsWith("napi-v"));
  if (!addon) throw new UserError("tfjs-node's installer brought no addon for this platform.", "engineMissing");
  await mkdir(path.dirname(path.join(directory, LIBRARIES)), { recursive: true });
  await mkdir(path.dirname(path.dirname(path.join(directory, ADDON))), { recursive: true });
  await rename(path.join(tfjsNode, "deps/lib"), path.join(directory, LIBRARIES));
  await rename(path.join(tfjsNode, "lib", addon), path.dirname(path.join(directory, ADDON)));
  await rm(work, { recursive: true });
}
