import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { kindOfFile } from "../../../src/reading/files.js";

/** A source file or notebook of our own. */
export interface Sample {
  readonly file: string;
  readonly text: string;
}

const FOLDERS = [...["flux", "keras", "pytorch", "tfjs"].map((framework) => `test/fixtures/${framework}`), "examples/code"];

/** Models in source that the repository holds, in all languages; those of Python and Julia as notebooks too, some of them. */
export function samples(): readonly Sample[] {
  const sources = FOLDERS.flatMap((folder) => readdirSync(folder).map((name) => path.join(folder, name)))
    .filter((file) => kindOfFile(file) !== undefined)
    .sort()
    .map((file) => ({ file, text: readFileSync(file, "utf8") }));
  return [...sources, ...sources.filter(({ file }) => /(lenet|cifar10|dcgan)\.(py|jl)$/.test(file)).map(asNotebook)];
}

/** A cell for each paragraph. */
function asNotebook({ file, text }: Sample): Sample {
  const cells = text.split("\n\n").map((paragraph) => ({ cell_type: "code", source: paragraph.split(/(?<=\n)/) }));
  const metadata = { language_info: { name: file.endsWith(".jl") ? "julia" : "python" } };
  return { file: `${file}.ipynb`, text: JSON.stringify({ metadata, cells }, null, 1) };
}

export function isNotebook(file: string): boolean {
  return file.endsWith(".ipynb");
}
