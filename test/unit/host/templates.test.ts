import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { freeName, TEMPLATES } from "../../../src/host/templates/templates.js";
import { readForTraining } from "../../../src/host/training/readForTraining.js";

describe("freeName", () => {
  it("keeps the template's name where it can, else counts on", () => {
    expect(freeName("lenet5.cnn.json", new Set())).toBe("lenet5.cnn.json");
    expect(freeName("lenet5.cnn.json", new Set(["lenet5.cnn.json"]))).toBe("lenet5-2.cnn.json");
    expect(freeName("lenet5.cnn.json", new Set(["lenet5.cnn.json", "lenet5-2.cnn.json"]))).toBe("lenet5-3.cnn.json");
  });
});

describe("templates", () => {
  it.each(TEMPLATES)("$title can be trained as it is", ({ file }) => {
    expect(readForTraining(readFileSync(`examples/${file}`, "utf8"), file).obstacle).toBeUndefined();
  });

  it("says the first thing that keeps a network from being trained", () => {
    const source =
      '{ "input": [28, 28, 1], "layers": [{ "type": "flatten" }, { "type": "dense", "units": -1 }], "training": { "epochs": 0 } }';
    const { obstacle } = readForTraining(source, "x.cnn.json");
    expect(obstacle?.message).toMatch(/units/);
    expect(obstacle?.start).toBe(source.indexOf("-1"));
  });
});
