import { readFile } from "node:fs/promises";
import path from "node:path";
import { Grammars } from "../syntax/parser.js";

/** The grammars that lie beside the bundle, in `grammars/`. */
export function grammarsIn(directory: string): Grammars {
  return new Grammars((file) => readFile(path.join(directory, "grammars", file)));
}
