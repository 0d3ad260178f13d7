import { createHash } from "node:crypto";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Split } from "../dataset.js";

/** What the splits are made of; sizes are part of the key, so a cached file of this key has exactly these. */
export interface CachedSplits {
  readonly train: Split;
  readonly test: Split;
}

const HASH_BYTES = 32;
const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest();

/** Reads a cached set: the SHA-256 of the rest, then images and labels (a byte each) of both splits. Undefined where absent or damaged. */
export async function readSplits(
  file: string,
  counts: { train: number; test: number },
  pictureBytes: number,
): Promise<CachedSplits | undefined> {
  const bytes = await readFile(file).catch(() => undefined);
  if (bytes === undefined) return undefined;
  const content = bytes.subarray(HASH_BYTES);
  const whole =
    content.length === (counts.train + counts.test) * (pictureBytes + 1) && sha256(content).equals(bytes.subarray(0, HASH_BYTES));
  if (!whole) return undefined;
  const read = (start: number, count: number): Split => {
    const labels = start + count * pictureBytes;
    return { count, images: content.subarray(start, labels), labels: Int32Array.from(content.subarray(labels, labels + count)) };
  };
  return { train: read(0, counts.train), test: read(counts.train * (pictureBytes + 1), counts.test) };
}

/** Writes a set so that a reader finds the old file or the new one whole. */
export async function writeSplits(file: string, { train, test }: CachedSplits): Promise<void> {
  const content = Buffer.concat([train, test].flatMap(({ images, labels }) => [images, Uint8Array.from(labels)]));
  const temporary = `${file}.${process.pid}.tmp`;
  await mkdir(path.dirname(file), { recursive: true });
  try {
    await writeFile(temporary, Buffer.concat([sha256(content), content]));
    await rename(temporary, file);
  } finally {
    await rm(temporary, { force: true });
  }
}
