import { createHash } from "node:crypto";
import type { Split } from "./dataset.js";

/** SHA-256, hex, of the pictures and labels of both splits. */
export function hashSplits({ train, test }: { readonly train: Split; readonly test: Split }): string {
  const hash = createHash("sha256");
  for (const split of [train, test]) hash.update(split.images).update(split.labels);
  return hash.digest("hex");
}
