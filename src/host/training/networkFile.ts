import path from "node:path";

/** The absolute path of a network as a record in `runsDirectory` names it. */
export function networkFile(runsDirectory: string, file: string): string {
  return path.resolve(runsDirectory, "..", "..", file);
}
