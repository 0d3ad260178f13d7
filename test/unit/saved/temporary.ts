import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll } from "vitest";

/** A folder for a test file's own files, removed after its tests. Answers how to write one; the name may have folders' names in it. */
export function temporaryFolder(): (name: string, content: Uint8Array | string) => string {
  const folder = mkdtempSync(path.join(tmpdir(), "cnn-saved-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return (name, content) => {
    const file = path.join(folder, name);
    writeFileSync(file, content);
    return file;
  };
}
