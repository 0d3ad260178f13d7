import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { FolderWatch } from "../../../src/host/folderWatch.js";

let root: string;
beforeEach(async () => {
  root = await mkdtemp(path.join(os.tmpdir(), "folder-watch-"));
});
afterEach(() => rm(root, { recursive: true, force: true }));

describe("FolderWatch", () => {
  it("hears of a new entry by name", async () => {
    using watched = changesOf(root);
    await mkdir(path.join(root, "4f2a91"));
    await vi.waitFor(() => expect(watched.names).toContain("4f2a91"), 20_000);
  });

  it("waits for a folder that comes into being later, and says nothing of its neighbours", async () => {
    const folder = path.join(root, ".cnn", "runs");
    using watched = changesOf(folder);
    await writeFile(path.join(root, "lenet5.cnn.json"), "{}");
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(watched.names).toEqual([]);
    await mkdir(path.join(root, ".cnn"));
    await new Promise((resolve) => setTimeout(resolve, 50));
    await mkdir(folder);
    await vi.waitFor(() => expect(watched.names.length).toBeGreaterThan(0), 20_000);
    await mkdir(path.join(folder, "4f2a91"));
    await vi.waitFor(() => expect(watched.names).toContain("4f2a91"), 20_000);
  });

  it("is silent once disposed", async () => {
    const watched = changesOf(root);
    watched[Symbol.dispose]();
    await mkdir(path.join(root, "late"));
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(watched.names).toEqual([]);
  });
});

function changesOf(folder: string) {
  const names: (string | undefined)[] = [];
  const watch = new FolderWatch(folder);
  watch.onDidChange((name) => names.push(name));
  return { names, [Symbol.dispose]: () => watch.dispose() };
}
