import { describe, expect, it } from "vitest";
import { joinCells, readNotebook } from "../../../src/reading/notebook.js";

describe("readNotebook", () => {
  it("takes the code cells, and the language", () => {
    const notebook = {
      metadata: { language_info: { name: "julia" } },
      cells: [
        { cell_type: "markdown", source: ["# Text"] },
        { cell_type: "code", source: ["using Flux\n", "x = 1"] },
        { cell_type: "code", source: "y = 2" },
      ],
    };
    expect(readNotebook(JSON.stringify(notebook))).toEqual({
      ok: true,
      value: { language: "julia", cells: ["using Flux\nx = 1", "y = 2"] },
    });
  });

  it("reads the old format, and takes Python where nothing is said", () => {
    const notebook = { worksheets: [{ cells: [{ cell_type: "code", input: ["x = 1"] }] }] };
    expect(readNotebook(JSON.stringify(notebook))).toEqual({ ok: true, value: { language: "python", cells: ["x = 1"] } });
  });

  it.each([
    ["", "is no notebook: it is not JSON"],
    ['{"a": 1}', 'is no notebook: it has no "cells"'],
    [
      '{"cells": [], "metadata": {"kernelspec": {"name": "ir"}}}',
      "is a notebook in neither Python nor Julia, which are the languages read here",
    ],
  ])("refuses %s", (text, error) => {
    expect(readNotebook(text)).toEqual({ ok: false, error });
  });
});

describe("joinCells", () => {
  it("knows where a place of the whole text lies", () => {
    const { text, locate, rangeIn } = joinCells(["a = 1", "b = 2\nc = 3", "d"], "python");
    expect(text).toBe("a = 1\nb = 2\nc = 3\nd\n");
    expect(locate(0)).toEqual({ cell: 0, offset: 0 });
    expect(locate(6)).toEqual({ cell: 1, offset: 0 });
    expect(locate(text.indexOf("d"))).toEqual({ cell: 2, offset: 0 });
    const at = text.indexOf("c");
    expect(rangeIn({ start: at, end: at + 5 })).toEqual({ cell: 1, range: { start: 6, end: 11 } });
  });

  it("makes blank what is no program, and moves nothing", () => {
    expect(joinCells(["%matplotlib inline\nx = 5 % 3\n!pip install torch\nmodel?"], "python").text).toBe(
      `${" ".repeat(18)}\nx = 5 % 3\n${" ".repeat(18)}\n${" ".repeat(6)}\n`,
    );
    expect(joinCells(["%%bash\nls"], "python").text).toBe("      \n  \n");
    expect(joinCells(["%%time\nx = 1"], "python").text).toBe("      \nx = 1\n");
    expect(joinCells(["!done && stop()"], "julia").text).toBe("!done && stop()\n");
  });
});
