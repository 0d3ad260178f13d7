import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { UserError } from "../../../src/base/userError.js";
import { CommandError } from "../../../src/engine/install/command.js";
import type { EngineSource, InstallProgress } from "../../../src/engine/install/source.js";
import { EngineStore, sourcesFor } from "../../../src/engine/install/store.js";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "engine-store-"));
});
afterEach(() => rm(folder, { recursive: true }));

const LIBRARY = "deps/lib/library";

/** A source that writes one file. */
function source(parts: Partial<EngineSource> = {}): EngineSource {
  return {
    name: "test",
    key: "tensorflow-1",
    spaceNeeded: 1000,
    missing: async () => [],
    stage: async (directory, { onProgress }) => {
      onProgress({ text: "Writing", fraction: 0.5 });
      await mkdir(path.join(directory, "deps/lib"), { recursive: true });
      await writeFile(path.join(directory, LIBRARY), "library");
    },
    ...parts,
  };
}

const storeOf = (...sources: EngineSource[]) => new EngineStore(folder, { platform: "linux-x64", sources, load: async () => "1.2.3" });
const fails = (message: string) => source({ name: "broken", key: "tensorflow-0", stage: () => Promise.reject(new Error(message)) });

describe("installing", () => {
  it("goes from absent to installed, telling how far it is", async () => {
    const store = storeOf(source());
    expect(await store.status()).toEqual({ state: "absent" });
    const progress: InstallProgress[] = [];
    const directory = path.join(folder, "tensorflow-1");
    const installed = { state: "installed", directory, version: "1.2.3", source: "test", bytes: 7 };
    expect(await store.install({ onProgress: (each) => progress.push(each) })).toEqual(installed);
    expect(await store.verify()).toEqual(installed);
    const fractions = progress.map(({ fraction }) => fraction);
    expect(fractions).toEqual([...fractions].sort((a, b) => a - b));
    expect(fractions.at(-1)).toBe(1);
    expect(await readdir(folder)).toEqual(["tensorflow-1"]);
  });

  it("leaves an intact engine as it is", async () => {
    let staged = 0;
    const counting = source({
      stage: (...args) =>
        source()
          .stage(...args)
          .then(() => void staged++),
    });
    const store = storeOf(counting);
    await store.install();
    await store.install();
    expect(staged).toBe(1);
  });

  it.each([
    ["changed", "libr@ry"],
    ["cut off", "libr"],
  ])("finds that a file is %s, and repairs it", async (_how, contents) => {
    const store = storeOf(source());
    await store.install();
    await writeFile(path.join(folder, "tensorflow-1", LIBRARY), contents);
    expect(await store.verify()).toMatchObject({ state: "broken", reason: expect.stringContaining(LIBRARY) });
    expect(await store.install()).toMatchObject({ state: "installed" });
  });

  it("finds that an engine does not load", async () => {
    let loads = true;
    const load = async () => (loads ? "1" : Promise.reject(new CommandError("node", "wrong ELF class")));
    const store = new EngineStore(folder, { platform: "linux-x64", sources: [source()], load });
    await store.install();
    loads = false;
    expect(await store.verify()).toMatchObject({ state: "broken", reason: expect.stringContaining("wrong ELF class") });
  });

  it("goes on with the next source where one fails or lacks a tool", async () => {
    const lacking = source({ name: "lacking", missing: async () => ["a compiler"] });
    expect(await storeOf(lacking, fails("no network"), source()).install()).toMatchObject({ state: "installed", source: "test" });
  });

  it("says what each source needs where none works", async () => {
    const lacking = source({ name: "wheel", missing: async () => ["a C++ compiler"] });
    const failure = storeOf(lacking, fails("no network")).install();
    await expect(failure).rejects.toThrow(UserError);
    await expect(failure).rejects.toThrow(/wheel it needs a C\+\+ compiler; from the broken: no network/);
    expect(await readdir(folder)).toEqual([]);
  });

  it("clears away what an interrupted installation left", async () => {
    await mkdir(path.join(folder, ".staging-old"));
    await writeFile(path.join(folder, ".lock"), "999999999");
    await storeOf(source()).install();
    expect(await readdir(folder)).toEqual(["tensorflow-1"]);
  });

  it("refuses a second installation at once", async () => {
    const slow = source({
      stage: async (...args) => {
        await expect(storeOf(source()).install()).rejects.toThrow(`process ${process.pid}`);
        await source().stage(...args);
      },
    });
    expect(await storeOf(slow).install()).toMatchObject({ state: "installed" });
  });

  it("ends with the signal's reason and leaves nothing", async () => {
    const controller = new AbortController();
    const reason = new Error("cancelled");
    const endless = source({
      stage: (_directory, { signal }) => new Promise((_, reject) => signal?.addEventListener("abort", () => reject(signal.reason))),
    });
    const installing = storeOf(endless, source()).install({ signal: controller.signal });
    setTimeout(() => controller.abort(reason), 50);
    await expect(installing).rejects.toBe(reason);
    expect(await readdir(folder)).toEqual([]);
  });

  it("says how much space is needed where there is too little", async () => {
    const failure = storeOf(source({ spaceNeeded: 1e18 })).install();
    await expect(failure).rejects.toThrow(/needs 1000000000.0 GB free/);
    await expect(failure).rejects.toMatchObject({ code: "storage" });
  });

  it("says that the folder cannot be written", async () => {
    const file = path.join(folder, "file");
    await writeFile(file, "");
    const store = new EngineStore(path.join(file, "engines"), { platform: "linux-x64", sources: [source()] });
    await expect(store.install()).rejects.toMatchObject({ code: "storage", message: expect.stringContaining("CNN_LAB_ENGINES") });
  });

  it("says when the disk fills up on the way", async () => {
    const full = source({ stage: () => Promise.reject(Object.assign(new Error("write"), { code: "ENOSPC" })) });
    await expect(storeOf(full).install()).rejects.toMatchObject({ code: "storage" });
  });

  it("removes every version", async () => {
    const store = storeOf(source());
    await store.install();
    await store.remove();
    expect(await store.status()).toEqual({ state: "absent" });
    expect(existsSync(path.join(folder, "tensorflow-1"))).toBe(false);
  });
});

describe("platforms", () => {
  it("have the newest engine first, and on Windows none", async () => {
    expect(sourcesFor("linux-x64").map(({ name }) => name)).toEqual(["wheel", "upstream"]);
    expect(sourcesFor("darwin-arm64").map(({ name }) => name)).toEqual(["upstream"]);
    const windows = new EngineStore(folder, { platform: "win32-x64" });
    expect(await windows.status()).toEqual({ state: "unsupported", platform: "win32-x64" });
    await expect(windows.install()).rejects.toThrow(/win32-x64.*wasm/);
  });
});
