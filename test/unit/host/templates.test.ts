import { describe, expect, it } from "vitest";
import { freeName } from "../../../src/host/templates/templates.js";

describe("freeName", () => {
  it("keeps the template's name where it can, else counts on", () => {
    expect(freeName("lenet5.cnn.json", new Set())).toBe("lenet5.cnn.json");
    expect(freeName("lenet5.cnn.json", new Set(["lenet5.cnn.json"]))).toBe("lenet5-2.cnn.json");
    expect(freeName("lenet5.cnn.json", new Set(["lenet5.cnn.json", "lenet5-2.cnn.json"]))).toBe("lenet5-3.cnn.json");
  });
});
