import { homedir } from "node:os";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { defaultEnginesDirectory } from "../../../src/engine/install/location.js";

describe("where engines are kept", () => {
  it.each([
    ["linux", {}, path.join(homedir(), ".cache/cnn-lab/engines")],
    ["linux", { XDG_CACHE_HOME: "/cache" }, "/cache/cnn-lab/engines"],
    ["darwin", {}, path.join(homedir(), "Library/Caches/cnn-lab/engines")],
    ["win32", { LOCALAPPDATA: "/local" }, "/local/cnn-lab/engines"],
    ["win32", { LOCALAPPDATA: "/local", CNN_LAB_ENGINES: "/elsewhere" }, "/elsewhere"],
  ] as const)("%s %o", (platform, environment, expected) => {
    expect(defaultEnginesDirectory(platform, environment)).toBe(expected);
  });
});
