import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { kindOfFile } from "../../../src/reading/files.js";

/** A source file or notebook of our own. */
export interface Sample {
  readonly file: string;
  readonly text: string;
}

const FOLDERS = ["test/fixtures", "examples/code"];

/** All models in source that the repository holds, in all languages. */
export function samples(): readonly Sample[] {
  return FOLDERS.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .sort()
      .map((name) => path.join(folder, name)),
  )
    .filter((file) => path.dirname(file) !== "test/fixtures" && (isNotebook(file) || kindOfFile(file) !== undefined))
    .map((file) => ({ file, text: readFileSync(file, "utf8") }));
}

export function isNotebook(file: string): boolean {
  return file.endsWith(".ipynb");
}
