import { existsSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { executeJson } from "../bench/measure.js";
import { type PrintedShapes, type SourceAnswer, shapesArguments, sourceAnswers } from "./answers.js";

/** Where somebody laid out the source files that the answers are about. */
const FOLDER = process.env["CNN_CONFORMANCE_SOURCES"];

const fileOf = ({ file }: SourceAnswer) => path.join(FOLDER ?? "", file);
const cases = FOLDER === undefined ? [] : sourceAnswers().filter((answer) => existsSync(fileOf(answer)));

describe.skipIf(cases.length === 0)("models that their frameworks run have no problems, those that they refuse have some", () => {
  it.for(cases)("$id", async (answer) => {
    const { problems } = await executeJson<PrintedShapes>(process.execPath, [
      "dist/cli.js",
      "shapes",
      fileOf(answer),
      ...shapesArguments(answer),
    ]);
    if (answer.fails) expect(problems.map(({ severity }) => severity)).toContain("error");
    else expect(problems).toEqual([]);
  });
});
