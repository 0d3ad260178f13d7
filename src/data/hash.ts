import { createHash, webcrypto } from "node:crypto";
import type { Split } from "./dataset.js";

/** What a data set's pictures and labels are, without their names. */
export interface Splits {
  readonly train: Split;
  readonly test: Split;
}

/**
 * SHA-256, hex, of the SHA-256 of each part: pictures and labels of train and test. Computed beside the JavaScript thread, which may
 * load an engine meanwhile.
 */
export async function hashSplits({ train, test }: Splits): Promise<string> {
  const parts = [train, test].flatMap(({ images, labels }) => [images, labels]);
  const digests = await Promise.all(parts.map((part) => webcrypto.subtle.digest("SHA-256", part)));
  const hash = createHash("sha256");
  for (const digest of digests) hash.update(new Uint8Array(digest));
  return hash.digest("hex");
}
