import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rm, stat, symlink } from "node:fs/promises";
import path from "node:path";
import { UserError } from "../../base/userError.js";
import { compileAddon } from "./addon.js";
import { runCommand } from "./command.js";
import { hashFile } from "./manifest.js";
import { type EngineSource, LIBRARIES, type StageContext } from "./source.js";
import { findCompiler, findNpm, findPython } from "./tools.js";
import { unzip } from "./unzip.js";
import { SOURCES, WHEELS, type Wheel } from "./wheels.js";

/** Shares of the whole installation at which its parts are done. */
const DOWNLOADED = 0.55;
const UNPACKED = 0.85;

/**
 * TensorFlow from the package registries: its library out of a Python wheel, fetched by pip as that is configured, and the addon compiled
 * from tfjs-node's sources. Newer and faster than upstream's archives, but it needs pip and a C++ compiler.
 */
export function wheelSource(platform: string): EngineSource | undefined {
  const wheel = WHEELS[platform];
  if (!wheel) return undefined;
  return {
    name: "wheel",
    key: `tensorflow-${wheel.version}-${platform}`,
    spaceNeeded: 1_300_000_000,
    missing: async () => [
      ...((await findNpm()) ? [] : ["npm"]),
      ...((await findPython()) ? [] : ["Python 3 with pip"]),
      ...((await findCompiler()) ? [] : ["a C++ compiler (g++ or clang++)"]),
    ],
    stage: (directory, context) => stage(wheel, directory, context),
  };
}

async function stage(wheel: Wheel, directory: string, context: StageContext): Promise<void> {
  const { signal, onProgress } = context;
  const work = path.join(directory, "work");
  await mkdir(work, { recursive: true });
  onProgress({ text: "Getting the sources of tfjs-node", fraction: 0 });
  const sources = await getSources(work, signal);
  const file = await download(wheel, work, context);
  await unpack(file, directory, context);
  onProgress({ text: "Compiling the addon", fraction: UNPACKED });
  const compiler = await findCompiler();
  if (!compiler) throw new UserError("There is no C++ compiler; install g++ or clang++.", "engineMissing");
  await compileAddon(directory, compiler, { ...sources, tensorflowHeaders: path.join(directory, "work/include") }, signal);
  await rm(work, { recursive: true });
}

async function getSources(work: string, signal: AbortSignal | undefined) {
  await runCommand("npm", ["pack", "--silent", ...SOURCES.map((source) => source.package)], { cwd: work, signal });
  const folders: string[] = [];
  for (const { file, integrity } of SOURCES) {
    const archive = path.join(work, file);
    const hash = createHash("sha512")
      .update(await readFile(archive))
      .digest("base64");
    if (`sha512-${hash}` !== integrity) throw new UserError(`${file} is not the expected one; check which registry npm is set to.`);
    const folder = path.join(work, path.basename(file, ".tgz"));
    await mkdir(folder);
    await runCommand("tar", ["-xzf", archive, "-C", folder, "--strip-components=1"], { signal });
    folders.push(folder);
  }
  const [tfjsNode = "", headers = ""] = folders;
  return { tfjsNode, nodeHeaders: path.join(headers, "include") };
}

async function download(wheel: Wheel, work: string, { signal, onProgress }: StageContext): Promise<string> {
  const python = await findPython();
  if (!python) throw new UserError("There is no Python 3 with pip; install it.", "engineMissing");
  const temporary = path.join(work, "pip");
  await mkdir(temporary);
  const text = `Downloading TensorFlow ${wheel.version}`;
  const report = async () => {
    const bytes = await largestFile(temporary);
    onProgress({ text, fraction: DOWNLOADED * Math.min(1, bytes / wheel.bytes), bytes, totalBytes: wheel.bytes });
  };
  // pip says nothing to a pipe while it downloads; its temporary file does.
  const timer = setInterval(() => void report(), 250);
  const only = ["--no-deps", "--only-binary=:all:", "--platform", wheel.platform, "--python-version", "3.11", "--implementation", "cp"];
  const quiet = ["--no-cache-dir", "--no-input", "--disable-pip-version-check", "--quiet"];
  try {
    await runCommand(python, ["-m", "pip", "download", ...quiet, ...only, "--dest", temporary, `${wheel.package}==${wheel.version}`], {
      environment: { TMPDIR: temporary },
      signal,
    });
  } finally {
    clearInterval(timer);
  }
  const name = (await readdir(temporary)).find((file) => file.endsWith(".whl"));
  const file = path.join(temporary, name ?? "");
  if (!name || (await hashFile(file, signal)) !== wheel.sha256)
    throw new UserError(`The downloaded TensorFlow ${wheel.version} is not the expected one; check which package index pip is set to.`);
  return file;
}

async function largestFile(directory: string): Promise<number> {
  const names = await readdir(directory, { recursive: true }).catch(() => []);
  const sizes = await Promise.all(
    names.map((name) =>
      stat(path.join(directory, name)).then(
        (found) => (found.isFile() ? found.size : 0),
        () => 0,
      ),
    ),
  );
  return Math.max(0, ...sizes);
}

/** Bytes that are unpacked: nearly all of it one library. */
const UNPACKED_BYTES = 860_000_000;

async function unpack(file: string, directory: string, { signal, onProgress }: StageContext): Promise<void> {
  let written = 0;
  await unzip(file, directory, {
    place,
    onBytes: (bytes) => {
      written += bytes;
      const share = Math.min(1, written / UNPACKED_BYTES);
      onProgress({ text: "Unpacking TensorFlow", fraction: DOWNLOADED + share * (UNPACKED - DOWNLOADED) });
    },
    signal,
  });
  const libraries = path.join(directory, LIBRARIES);
  await symlink("libtensorflow_cc.so.2", path.join(libraries, "libtensorflow.so"));
  await symlink("libtensorflow_framework.so.2", path.join(libraries, "libtensorflow_framework.so"));
}

const HEADERS = ["tensorflow/c/", "tensorflow/core/platform/ctstring", "tsl/platform/ctstring", "xla/tsl/c/"];

/** The two libraries, and the headers the addon is compiled with. */
function place(name: string): string | undefined {
  if (/^tensorflow\/libtensorflow_(cc|framework)\.so\.2$/.test(name)) return `${LIBRARIES}/${path.posix.basename(name)}`;
  const header = name.startsWith("tensorflow/include/") ? name.slice("tensorflow/include/".length) : undefined;
  return header && HEADERS.some((folder) => header.startsWith(folder)) && !name.endsWith("/") ? `work/include/${header}` : undefined;
}
