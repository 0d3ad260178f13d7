import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { executeJson } from "../bench/measure.js";
import { fingerprints, type PrintedShapes, type SourceAnswer, shapesArguments, sourceAnswers } from "./answers.js";
import { type WheelRepository, wheelFolder, wheelWith } from "./wheels.js";

const cases = sourceAnswers().flatMap((answer) => {
  const repository = wheelWith(answer.source);
  return repository ? [{ answer, repository }] : [];
});

/** The file of a case in its package, if that is the very file which was answered for. */
async function fileOf({ source }: SourceAnswer, repository: WheelRepository): Promise<string | undefined> {
  const folder = await wheelFolder(repository);
  const file = folder && path.join(folder, source.path);
  if (!file || !existsSync(file)) return undefined;
  return createHash("sha256").update(readFileSync(file)).digest("hex") === source.sha256 ? file : undefined;
}

/** What is left of texts when each of `others` has taken one like itself away. */
function without(texts: readonly string[], others: readonly string[]): string[] {
  const rest = [...texts];
  for (const other of others) {
    const at = rest.indexOf(other);
    if (at >= 0) rest.splice(at, 1);
  }
  return rest;
}

describe.skipIf(cases.length === 0)("models that torchvision and Keras bring along, as their frameworks run them", () => {
  it.for(cases)("$answer.id", async ({ answer, repository }, { skip }) => {
    const file = await fileOf(answer, repository);
    if (file === undefined) return skip(`${answer.source.path} cannot be had from the registry`);
    const printed = await executeJson<PrintedShapes>(process.execPath, ["dist/cli.js", "shapes", file, ...shapesArguments(answer)]);
    expect(printed.problems).toEqual([]);
    expect(without(fingerprints(answer, answer.layers), fingerprints(answer, printed.layers))).toEqual([]);
    expect(printed.totalParams).toBe(answer.totalParams);
  });
});
