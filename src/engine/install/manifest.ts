import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { lstat, readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";

/** What an installed engine consists of. */
export interface Manifest {
  /** What TensorFlow calls itself. */
  readonly version: string;
  /** Where it came from: a source's name. */
  readonly source: string;
  readonly files: readonly ManifestFile[];
}

export interface ManifestFile {
  /** Relative, with forward slashes. */
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

const FILE = "manifest.json";

/** SHA-256 of a file, in hexadecimal. */
export async function hashFile(file: string, signal?: AbortSignal): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20, signal })) hash.update(chunk as Buffer);
  return hash.digest("hex");
}

/** Describes all files of a folder and writes that into it. Links are not files of their own. */
export async function writeManifest(
  directory: string,
  about: Pick<Manifest, "version" | "source">,
  signal?: AbortSignal,
): Promise<Manifest> {
  const files: ManifestFile[] = [];
  for (const name of await listFiles(directory)) {
    const file = path.join(directory, name);
    const { size } = await lstat(file);
    files.push({ path: name, bytes: size, sha256: await hashFile(file, signal) });
  }
  const manifest = { ...about, files };
  await writeFile(path.join(directory, FILE), `${JSON.stringify(manifest, undefined, 2)}\n`);
  return manifest;
}

async function listFiles(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && entry.name !== FILE)
    .map((entry) => path.relative(directory, path.join(entry.parentPath, entry.name)).split(path.sep).join("/"))
    .sort();
}

/** The manifest of a folder; undefined where there is none that can be read. */
export async function readManifest(directory: string): Promise<Manifest | undefined> {
  try {
    return JSON.parse(await readFile(path.join(directory, FILE), "utf8")) as Manifest;
  } catch {
    return undefined;
  }
}

/** The first file that is not as described, in words; undefined where all are. Sizes are compared, and with `full` contents. */
export async function findDamage(directory: string, { files }: Manifest, full: boolean, signal?: AbortSignal): Promise<string | undefined> {
  for (const { path: name, bytes, sha256 } of files) {
    const file = path.join(directory, name);
    const found = await lstat(file).catch(() => undefined);
    if (!found) return `${name} is missing`;
    if (found.size !== bytes) return `${name} has ${found.size} bytes instead of ${bytes}`;
    if (full && (await hashFile(file, signal)) !== sha256) return `${name} has other contents than were installed`;
  }
  return undefined;
}
