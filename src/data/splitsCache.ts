import { mkdir, open, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import type { LoadOptions, Split } from "./dataset.js";
import { hashSplits, type Splits } from "./hash.js";

const HASH_BYTES = 32;

/** How many pictures of which size a cached set has. */
export interface SplitSizes {
  readonly train: number;
  readonly test: number;
  /** Bytes of one picture. */
  readonly picture: number;
}

export type HashedSplits = Splits & { readonly hash: string };

/**
 * Splits from a cache file, else made and kept for next time. A damaged file is made anew; one that cannot be written costs only the
 * making, and is told as progress. Sets whose sizes are not as expected are not kept.
 */
export async function cachedSplits(
  file: string,
  sizes: SplitSizes,
  make: () => Promise<Splits>,
  { onProgress, onBackground }: Pick<LoadOptions, "onProgress" | "onBackground">,
): Promise<HashedSplits> {
  const kept = await readSplits(file, sizes, onBackground);
  if (kept) return kept;
  const splits = await make();
  const made = { ...splits, hash: await hashSplits(splits) };
  const isAsExpected = [splits.train, splits.test].every(({ images, count }) => images.length === count * sizes.picture);
  if (splits.train.count !== sizes.train || splits.test.count !== sizes.test || !isAsExpected) return made;
  try {
    await writeSplits(file, made);
  } catch (error) {
    onProgress?.({ message: `The data set is not kept for next time: ${error instanceof Error ? error.message : String(error)}` });
  }
  return made;
}

/** The file is the hash of the splits, then pictures and labels (a byte each) of train and test. */
async function readSplits(
  file: string,
  { train, test, picture }: SplitSizes,
  onBackground: LoadOptions["onBackground"],
): Promise<HashedSplits | undefined> {
  const bytes = await readWhole(file).catch(() => undefined);
  if (bytes?.length !== HASH_BYTES + (train + test) * (picture + 1)) return undefined;
  const read = (start: number, count: number): Split => {
    const labels = start + count * picture;
    return { count, images: bytes.subarray(start, labels), labels: Int32Array.from(bytes.subarray(labels, labels + count)) };
  };
  const splits = { train: read(HASH_BYTES, train), test: read(HASH_BYTES + train * (picture + 1), test) };
  const hashing = hashSplits(splits);
  onBackground?.();
  const hash = await hashing;
  return hash === bytes.subarray(0, HASH_BYTES).toString("hex") ? { ...splits, hash } : undefined;
}

/** A file in one read: Node.js' own readFile takes half a megabyte at a time, and the JavaScript thread's attention in between. */
async function readWhole(file: string): Promise<Buffer> {
  const handle = await open(file);
  try {
    const bytes = Buffer.allocUnsafeSlow((await handle.stat()).size);
    const { bytesRead } = await handle.read(bytes);
    return bytes.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

/** A reader finds the old file or the new one whole. */
async function writeSplits(file: string, { train, test, hash }: HashedSplits): Promise<void> {
  const parts = [train, test].flatMap(({ images, labels }) => [images, Uint8Array.from(labels)]);
  const temporary = `${file}.${process.pid}.tmp`;
  await mkdir(path.dirname(file), { recursive: true });
  try {
    await writeFile(temporary, Buffer.concat([Buffer.from(hash, "hex"), ...parts]));
    await rename(temporary, file);
  } finally {
    await rm(temporary, { force: true });
  }
}
