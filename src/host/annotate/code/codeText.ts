import * as vscode from "vscode";
import type { TextRange } from "../../../base/text.js";
import { kindOfFile } from "../../../reading/files.js";
import { joinCells } from "../../../reading/notebook.js";
import type { Language } from "../../../syntax/parser.js";

/** The scheme of documents that are cells of notebooks. */
export const CELL_SCHEME = "vscode-notebook-cell";

/** What is read as one program: a file's text, or that of all cells of a notebook in their order. */
export interface CodeText {
  /** The document, or the notebook. */
  readonly owner: object;
  /** Differs where any part of the text, or their order, does. */
  readonly version: string;
  /** Where it lies on the disk. */
  readonly file: string;
  /** Of notebooks; else the file's name tells. */
  readonly language?: Language;
  readonly text: string;
  locate(range: TextRange): vscode.Location;
}

/** The program that a document is, or is part of; undefined where its language is not read. */
export function codeTextOf(document: vscode.TextDocument): CodeText | undefined {
  if (document.uri.scheme === CELL_SCHEME) return textOfCells(document);
  if (!kindOfFile(document.fileName)) return undefined;
  const range = ({ start, end }: TextRange) => new vscode.Range(document.positionAt(start), document.positionAt(end));
  return {
    owner: document,
    version: String(document.version),
    file: document.fileName,
    text: document.getText(),
    locate: (of) => new vscode.Location(document.uri, range(of)),
  };
}

/** The code cells of the notebook that a document is a cell of, those in its language; the document itself where it is none. */
export function cellsBeside(document: vscode.TextDocument): readonly vscode.TextDocument[] {
  const notebook = notebookOf(document);
  if (!notebook) return [document];
  const cells = notebook.getCells().filter(({ kind }) => kind === vscode.NotebookCellKind.Code);
  return cells.map((cell) => cell.document).filter(({ languageId }) => languageId === document.languageId);
}

function notebookOf(document: vscode.TextDocument): vscode.NotebookDocument | undefined {
  if (document.uri.scheme !== CELL_SCHEME) return undefined;
  return vscode.workspace.notebookDocuments.find((notebook) => notebook.getCells().some((cell) => cell.document === document));
}

function textOfCells(document: vscode.TextDocument): CodeText | undefined {
  const { languageId: language } = document;
  const notebook = notebookOf(document);
  if (!notebook || (language !== "python" && language !== "julia")) return undefined;
  const cells = cellsBeside(document);
  const joined = joinCells(
    cells.map((cell) => cell.getText()),
    language,
  );
  return {
    owner: notebook,
    version: cells.map(({ uri, version }) => `${uri.fragment} ${version}`).join(),
    file: notebook.uri.fsPath,
    language,
    text: joined.text,
    locate: (of) => {
      const { cell, range } = joined.rangeIn(of);
      const inside = cells[cell] ?? document;
      return new vscode.Location(inside.uri, new vscode.Range(inside.positionAt(range.start), inside.positionAt(range.end)));
    },
  };
}
