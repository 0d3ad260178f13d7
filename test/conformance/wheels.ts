import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { findPython } from "../../src/engine/install/tools.js";
import { unzip } from "../../src/engine/install/unzip.js";
import { execute } from "../bench/measure.js";

/** Packages whose own model sources are read here, from the registry pip is set to. */
const WHEELS = {
  "pytorch/vision": { name: "torchvision", version: "0.14.1", python: "310" },
  "keras-team/keras": { name: "keras", version: "3.15.1", python: "311" },
} as const;

export type WheelRepository = keyof typeof WHEELS;

/** The repository whose package holds a file, if one does: packages leave examples and tests out. */
export function wheelWith({ repo, path: file }: { readonly repo: string; readonly path: string }): WheelRepository | undefined {
  if (repo !== "pytorch/vision" && repo !== "keras-team/keras") return undefined;
  return file.startsWith(`${WHEELS[repo].name}/`) ? repo : undefined;
}

/** The folder with a package's Python files, fetched once and kept; undefined where it cannot be had. */
export async function wheelFolder(repository: WheelRepository): Promise<string | undefined> {
  const { name, version, python } = WHEELS[repository];
  const cache = path.join(process.env["XDG_CACHE_HOME"] ?? path.join(os.homedir(), ".cache"), "cnn-lab", "conformance");
  const folder = path.join(cache, `${name}-${version}`);
  if (existsSync(folder)) return folder;
  const command = await findPython();
  if (!command) return undefined;
  mkdirSync(cache, { recursive: true });
  const work = mkdtempSync(path.join(cache, "fetching-"));
  try {
    const only = ["--no-deps", "--only-binary=:all:", "--python-version", python, "--quiet", "--disable-pip-version-check"];
    const { code } = await execute(command, ["-m", "pip", "download", ...only, "--dest", work, `${name}==${version}`]);
    const wheel = readdirSync(work).find((file) => file.endsWith(".whl"));
    if (code !== 0 || !wheel) return undefined;
    const unpacked = path.join(work, "unpacked");
    const place = (entry: string) => (/\.py$/.test(entry) ? entry : undefined);
    await unzip(path.join(work, wheel), unpacked, { place, onBytes: () => {}, signal: undefined });
    renameSync(unpacked, folder);
    return folder;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}
