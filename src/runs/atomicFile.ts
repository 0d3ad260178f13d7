import { open, rename, rm } from "node:fs/promises";
import path from "node:path";
import { writing } from "./storageError.js";

/** Replaces a file whole: whoever reads it, also after a crash, finds the old content or the new, never a part. Throws UserError. */
export function writeAtomically(file: string, content: string | Uint8Array): Promise<void> {
  const temporary = `${file}.${process.pid}.tmp`;
  return writing(file, async () => {
    try {
      const handle = await open(temporary, "w");
      try {
        await handle.writeFile(content);
        await handle.sync();
      } finally {
        await handle.close();
      }
      await rename(temporary, file);
    } catch (error) {
      await rm(temporary, { force: true });
      throw error;
    }
    await syncFolder(path.dirname(file));
  });
}

/** Makes renames in a folder last. Windows cannot open folders, and needs no such thing. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === "win32") return;
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
