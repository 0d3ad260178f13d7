import { describe, expect, it } from "vitest";
import { NoiseFilter } from "../../../src/launch/engineNoise.js";

const NOISE = [
  "WARNING: All log messages before absl::InitializeLog() is called are written to STDERR\n",
  "I0000 00:00:1795240757.079752   31274 port.cc:153] oneDNN custom operations are on. You may see slightly different numerical results due to floating-point round-off errors from different computation orders. To turn them off, set the environment variable `TF_ENABLE_ONEDNN_OPTS=0`.\n",
];

const through = (...chunks: readonly string[]) => {
  const filter = new NoiseFilter();
  return chunks.map((chunk) => filter.write(chunk)).join("") + filter.end();
};

describe("stderr of a process with TensorFlow", () => {
  it.each([
    ["nothing", NOISE, ""],
    ["what stands around", ["before\n", ...NOISE, "after"], "before\nafter"],
    ["errors of the same log", ["E0000 00:00:1795240757.079752 31274 port.cc:153] oneDNN failed\n"], undefined],
    ["other warnings", ["WARNING: All is lost\n"], undefined],
  ])("keeps %s", (_, chunks, expected) => expect(through(...chunks)).toBe(expected ?? chunks.join("")));

  it("comes in any pieces", () => {
    const all = `a\n${NOISE.join("")}b\n`;
    for (let at = 0; at < all.length; at += 7) expect(through(all.slice(0, at), all.slice(at))).toBe("a\nb\n");
  });
});
