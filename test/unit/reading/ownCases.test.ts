import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { LineIndex } from "../../../src/base/text.js";
import { readingToJson } from "../../../src/cli/readingShapes.js";
import { parseInputs } from "../../../src/reading/inputComment.js";
import { sourceLanguage } from "../../../src/reading/languages.js";
import { Source } from "../../../src/reading/source.js";
import { fingerprints, type PrintedShapes, type SourceAnswer, shapesArguments } from "../../conformance/answers.js";
import { packagedGrammars } from "../../fixtures/grammars.js";

const grammars = packagedGrammars();
beforeAll(() => grammars.load("python"));

/** What the real frameworks answered, by `test/fixtures/answers/*.py`. */
const answers = ["pytorch", "keras"].flatMap(
  (framework) => JSON.parse(readFileSync(`test/fixtures/answers/${framework}.json`, "utf8")) as SourceAnswer[],
);

/** What `cnn shapes --json` would print for an answer's target and input. */
function printed(answer: SourceAnswer): PrintedShapes {
  const text = readFileSync(`test/fixtures/${answer.file}`, "utf8");
  const lines = new LineIndex(text);
  const [, target, , input = ""] = shapesArguments(answer);
  const reading = new Source(text, sourceLanguage("python", grammars), { file: answer.file, patience: 5 }).read(target, parseInputs(input));
  return readingToJson(reading, ({ start }) => lines.position(start).line + 1) as PrintedShapes;
}

describe("models in the styles of courses and tutorials", () => {
  it.for(answers.filter(({ fails }) => !fails))("$file $target", (answer) => {
    const { layers, totalParams, problems } = printed(answer);
    expect(problems).toEqual([]);
    const asked = new Set(answer.layers?.map(({ type }) => type));
    // Ours have functions between the layers; branches may run in another order.
    const told = layers.filter(({ type }) => asked.has(type));
    expect(fingerprints(answer, told).sort()).toEqual(fingerprints(answer, answer.layers).sort());
    expect(told.length).toBe(answer.layers?.length);
    expect(totalParams).toBe(answer.totalParams);
  });

  it.for(answers.filter(({ fails }) => fails))("$file $target is refused", (answer) => {
    expect(printed(answer).problems.map(({ severity }) => severity)).toContain("error");
  });
});
