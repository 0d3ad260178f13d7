import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { analyze } from "../../../src/host/annotate/analysis.js";
import { hoverText } from "../../../src/host/annotate/hoverText.js";
import { lensParts } from "../../../src/host/annotate/lensParts.js";

const text = readFileSync("examples/lenet5.cnn.json", "utf8");
const good = analyze(text, "lenet5.cnn.json");
const wrong = analyze(text.replace('"poolSize": 2', '"poolSize": 40'), "lenet5.cnn.json");
const idle = { progress: undefined, run: undefined };
const titles = (...asked: Parameters<typeof lensParts>) => lensParts(...asked).map((part) => part.title);

describe("hover", () => {
  const hover = (analysis: typeof good, name: string) =>
    analysis.shapes.layers.filter(({ layer }) => layer.name === name).map((layer) => hoverText(layer, analysis))[0] ?? "";

  test("is a heading, a table and the receptive field's picture", () => {
    const [heading, table, picture] = hover(good, "conv2d_2").split("\n\n");
    expect(heading).toBe("**conv2d_2** `14x14x6 \u2192 10x10x16`");
    expect(table?.split("\n")).toEqual([
      "| | |",
      "|:--|:--|",
      "| height, width | `floor((14 + 2*0 - 5)/1) + 1 = 10` |",
      "| parameters | `5*5*6*16 + 16 = 2,416` |",
      "| multiply-adds | `10*10*16 * 5*5*6 = 240,000` |",
      "| memory | `10*10*16 * 4 B = 6.25 KiB for one image` |",
      "| receptive field | `14x14 of 28x28, strides 2x2` |",
    ]);
    expect(picture).toMatch(/^!\[Receptive field 14x14\]\(data:image\/svg\+xml,[^() ]*\)$/);
  });

  test("the picture frames the field of the middle unit", () => {
    const source = /\((data:[^)]*)\)/.exec(hover(good, "conv2d_2"))?.[1] ?? "";
    const svg = decodeURIComponent(source);
    // Unit 4 of 10 begins at -2 + 4*2 = 6 and sees 14 of 28 pixels; the picture is 64 wide.
    expect(svg).toContain('x="13.71" y="13.71" width="32" height="32"');
  });

  test("shows what was learnt beside the field, in the same line", () => {
    const [conv] = good.shapes.layers;
    if (conv === undefined) throw new Error("LeNet-5 has layers");
    const parts = hoverText(conv, good, { image: "data:image/png;base64,AA==", title: "6 filters", where: "run a, step 1" }).split("\n\n");
    expect(parts[0]).toMatch(/^\*\*conv2d_1\*\* `.*` weights of run a, step 1$/);
    expect(parts.at(-1)).toMatch(
      /^!\[Receptive field 5x5\]\(.*\) &nbsp; !\[Kernels of conv2d_1\]\(data:image\/png;base64,AA== "6 filters"\)$/,
    );
  });

  test("says why a shape is unknown", () => {
    expect(hover(wrong, "maxPooling2d_1")).toBe(
      "**maxPooling2d_1** unknown, poolSize 40 does not fit a 28x28 input with padding valid; use padding same or a pool up to 28.",
    );
    expect(hover(wrong, "conv2d_2")).toBe("**conv2d_2** unknown, depends on maxPooling2d_1, which has a problem.");
    expect(hover(analyze('{ "layers": [{ "type": "flatten" }] }', "a"), "flatten")).toBe("**flatten** unknown, as the network's input is.");
  });
});

describe("lens", () => {
  const facts = ["61,706 parameters", "416,520 multiply-adds", "33.2 KiB an image"];

  test("offers training, then tells figures", () => {
    expect(titles(good, idle, true)).toEqual(["Train CNN", "Show Model", ...facts]);
    expect(titles(good, { progress: undefined, run: "folder" }, true)).toEqual(["Train CNN", "Show Model", "Show Training", ...facts]);
    expect(titles(good, idle, true).join(" | ").length).toBeLessThan(90);
  });

  test("tells how far a training is", () => {
    expect(titles(good, { progress: "Epoch 8 of 12, 98.84 %", run: "folder" }, true)).toEqual([
      "Epoch 8 of 12, 98.84 %",
      "Show Training",
      "Stop",
      "Show Model",
    ]);
  });

  test("leads to the reason where there is no training", () => {
    expect(lensParts(wrong, idle, true)[0]).toEqual({ title: "1 problem", action: "firstProblem" });
    expect(titles(good, idle, false)).toEqual(["Trust this workspace to train", "Show Model", ...facts]);
  });

  test("warnings do not keep from training", () => {
    const warned = analyze(text.replace('"poolSize": 2', '"poolSize": 3'), "lenet5.cnn.json");
    expect(warned.problems.map((problem) => problem.severity)).toEqual(["warning", "warning"]);
    expect(titles(warned, idle, true)[0]).toBe("Train CNN");
  });
});
