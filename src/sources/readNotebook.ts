import path from "node:path";
import { LineIndex, type TextRange } from "../base/text.js";
import { UserError } from "../base/userError.js";
import { type JoinedCells, joinCells, readNotebook } from "../reading/notebook.js";
import type { SourceReading } from "../reading/types.js";
import type { Grammars } from "../syntax/parser.js";
import { type ReadSourceOptions, readSource } from "./readSource.js";

/** A notebook as one source file. */
export interface NotebookSource {
  /** Undefined where nothing in it makes networks. */
  readonly source: SourceReading | undefined;
  readonly cells: JoinedCells;
  /** The line of a range in its cell, from 1. */
  lineOf(range: TextRange): number;
}

/** Reads a notebook's text: its code cells share one namespace, in document order. Throws UserError where it is no notebook. */
export async function readNotebookSource(
  text: string,
  file: string,
  grammars: Grammars,
  { patience }: Pick<ReadSourceOptions, "patience"> = {},
): Promise<NotebookSource> {
  const notebook = readNotebook(text);
  if (!notebook.ok) throw new UserError(`${file} ${notebook.error}.`);
  const { language } = notebook.value;
  const cells = joinCells(notebook.value.cells, language);
  const lineIndices = notebook.value.cells.map((cell) => new LineIndex(cell));
  const lineOf = (range: TextRange) => {
    const { cell, offset } = cells.locate(range.start);
    return (lineIndices[cell]?.position(offset).line ?? 0) + 1;
  };
  return { source: await readSource(cells.text, file, grammars, { folder: path.dirname(file), language, patience }), cells, lineOf };
}
