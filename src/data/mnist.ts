import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { rename, rm, stat } from "node:fs/promises";
import path from "node:path";
import { UserError } from "../base/userError.js";
import type { Dataset, LoadOptions } from "./dataset.js";
import { download } from "./download.js";
import { readPossiblyGzipped } from "./idx.js";
import { findIdxFiles, IDX_FILE_NAMES, type IdxFiles, isComplete, missingNames, readIdxSet } from "./idxSet.js";
import { cachedSplits } from "./splitsCache.js";

/** The set's first home no longer serves it; these keep its files for TensorFlow's and PyTorch's own loaders. */
export const MNIST_MIRRORS = [
  "https://storage.googleapis.com/cvdf-datasets/mnist/",
  "https://ossci-datasets.s3.amazonaws.com/mnist/",
] as const;

/** SHA-256 of each file unpacked: mirrors may pack differently. */
const SHA256: Readonly<Record<string, string>> = {
  "train-images-idx3-ubyte.gz": "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
  "train-labels-idx1-ubyte.gz": "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
  "t10k-images-idx3-ubyte.gz": "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
  "t10k-labels-idx1-ubyte.gz": "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
};

const SHAPE = [28, 28, 1] as const;
const CLASSES = [..."0123456789"];
const SIZES = { train: 60_000, test: 10_000, picture: 28 * 28 };

/** MNIST (LeCun, Cortes, Burges): 60,000 and 10,000 handwritten digits, 28x28x1. From a folder or the cache, else downloaded if allowed. */
export async function loadMnist(options: LoadOptions, mirrors: readonly string[] = MNIST_MIRRORS): Promise<Dataset> {
  const home = path.join(options.cacheDirectory, "mnist");
  const files = (await findMnist(options)) ?? (await fetchMnist(home, options, mirrors));
  const read = async () => {
    options.onProgress?.({ message: `Reading MNIST from ${path.dirname(files.trainImages)}` });
    const set = await readIdxSet(files, CLASSES.length);
    if (set.shape.join() === SHAPE.join()) return set;
    throw new UserError(`${files.trainImages} holds ${set.shape.join("x")} pictures, but MNIST's are ${SHAPE.join("x")}.`, "dataInvalid");
  };
  const unpacked = path.join(home, `unpacked-${await stampOf(files)}.bin`);
  const splits = await cachedSplits(unpacked, SIZES, read, options);
  return { name: "mnist", shape: SHAPE, classes: CLASSES, train: splits.train, test: splits.test, hash: splits.hash };
}

/** Changes whenever one of the files does. Unpacking and checking them takes a second that a copy of the result saves. */
async function stampOf(files: IdxFiles): Promise<string> {
  const stamps = Object.values(files).map(async (file: string) => {
    const { size, mtimeMs } = await stat(file);
    return [path.resolve(file), size, mtimeMs];
  });
  return createHash("sha256")
    .update(JSON.stringify(await Promise.all(stamps)))
    .digest("hex")
    .slice(0, 16);
}

/** In each folder to search, itself and its subfolder `mnist`, then in the cache. */
async function findMnist({ searchDirectories, cacheDirectory }: LoadOptions): Promise<IdxFiles | undefined> {
  for (const folder of [...searchDirectories.flatMap((place) => [place, path.join(place, "mnist")]), path.join(cacheDirectory, "mnist")]) {
    const files = await findIdxFiles(folder);
    if (isComplete(files)) return files;
  }
  return undefined;
}

async function fetchMnist(home: string, options: LoadOptions, mirrors: readonly string[]): Promise<IdxFiles> {
  const put = `put ${listed(IDX_FILE_NAMES)} into ${home} or into a data folder (--data-folder, CNN_LAB_DATA, or the editor's setting)`;
  if (!options.allowDownload)
    throw new UserError(`MNIST is not on this machine: allow the download (--download), or ${put}.`, "dataMissing");
  options.onBackground?.();
  for (const [index, name] of missingNames(await findIdxFiles(home)).entries()) {
    const reasons: string[] = [];
    for (const mirror of mirrors) {
      const failure = await fetchFile(mirror + name, path.join(home, name), index, options);
      if (failure === undefined) break;
      reasons.push(`${new URL(mirror).host}: ${failure}`);
    }
    if (reasons.length === mirrors.length)
      throw new UserError(`MNIST could not be downloaded (${reasons.join("; ")}): ${put}.`, "dataMissing");
  }
  const files = await findIdxFiles(home);
  if (!isComplete(files))
    throw new UserError(`${listed(missingNames(files))} vanished from ${home} while MNIST was downloaded; try again.`, "dataMissing");
  return files;
}

/** Downloads and checks one file; answers why it failed. A file gets its name only once its content is right. */
async function fetchFile(url: string, file: string, index: number, options: LoadOptions): Promise<string | undefined> {
  const { onProgress, signal } = options;
  const name = path.basename(file);
  const partial = `${file}.part`;
  const onBytes = (received: number, total: number | undefined) => {
    const part = total === undefined ? {} : { fraction: (index + received / total) / IDX_FILE_NAMES.length };
    onProgress?.({ message: `Downloading ${name}`, ...part });
  };
  try {
    const isContinued = existsSync(partial);
    await download(url, partial, { onBytes, ...(signal && { signal }) });
    if (await isRight(partial, name)) {
      await rename(partial, file);
      return undefined;
    }
    await rm(partial, { force: true });
    // What an earlier try left may have been the wrong part.
    return isContinued ? await fetchFile(url, file, index, options) : `${name} came with another content than MNIST's`;
  } catch (error) {
    signal?.throwIfAborted();
    return error instanceof Error ? error.message : String(error);
  }
}

async function isRight(file: string, name: string): Promise<boolean> {
  const content = await readPossiblyGzipped(file).catch(() => new Uint8Array());
  return createHash("sha256").update(content).digest("hex") === SHA256[name];
}

const listed = (names: readonly string[]) => (names.length < 2 ? names.join() : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`);
