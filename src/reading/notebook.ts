import { parse } from "jsonc-parser";
import { err, ok, type Result } from "../base/result.js";
import type { TextRange } from "../base/text.js";

/** Code cells of a notebook as one text: one namespace, in document order. */
export interface JoinedCells {
  readonly text: string;
  /** Index of the code cell that an offset of the text is in, and the offset there. */
  locate(offset: number): { readonly cell: number; readonly offset: number };
  /** A range that lies in one cell, in that cell. */
  rangeIn(range: TextRange): { readonly cell: number; readonly range: TextRange };
}

/** Joins the texts of code cells. Lines of Python's that are no program (%magics, !commands, help?) are made blank; nothing moves. */
export function joinCells(cells: readonly string[], language: "python" | "julia"): JoinedCells {
  const starts: number[] = [];
  let text = "";
  for (const cell of cells) {
    starts.push(text.length);
    text += `${language === "python" ? withoutMagics(cell) : cell}\n`;
  }
  const cellOf = (offset: number) => {
    const next = starts.findIndex((start) => start > offset);
    return next < 0 ? Math.max(0, starts.length - 1) : Math.max(0, next - 1);
  };
  const locate = (offset: number) => {
    const cell = cellOf(offset);
    return { cell, offset: offset - (starts[cell] ?? 0) };
  };
  const rangeIn = ({ start, end }: TextRange) => {
    const { cell, offset } = locate(start);
    return { cell, range: { start: offset, end: offset + end - start } };
  };
  return { text, locate, rangeIn };
}

/** A cell that begins with %% is in another language altogether, but for those that only time or capture it. */
const OTHER_LANGUAGE = /^\s*%%(?!time|timeit|capture|prun)/;

function withoutMagics(cell: string): string {
  if (OTHER_LANGUAGE.test(cell)) return cell.replace(/[^\n]/g, " ");
  return cell.replace(/^[ \t]*(%{1,2}[A-Za-z]|[!?]).*$/gm, blank).replace(/^[ \t]*[\w.]+\?{1,2}[ \t]*$/gm, blank);
}

function blank(line: string): string {
  return " ".repeat(line.length);
}

/** A notebook file's code cells and language. The error is one sentence without the file's name. */
export function readNotebook(json: string): Result<{ readonly cells: readonly string[]; readonly language: "python" | "julia" }> {
  const notebook: unknown = parse(json);
  if (!isObject(notebook)) return err("is no notebook: it is not JSON");
  const cells = Array.isArray(notebook["cells"]) ? notebook["cells"] : worksheetCells(notebook);
  if (cells === undefined) return err('is no notebook: it has no "cells"');
  const code = cells.filter((cell) => isObject(cell) && cell["cell_type"] === "code").map(sourceOf);
  const language = languageOf(notebook["metadata"]);
  if (language === undefined) return err("is a notebook in neither Python nor Julia, which are the languages read here");
  return ok({ cells: code, language });
}

/** Notebooks of format 3 keep their cells one level deeper. */
function worksheetCells(notebook: Readonly<Record<string, unknown>>): unknown[] | undefined {
  const sheets = notebook["worksheets"];
  if (!Array.isArray(sheets)) return undefined;
  return sheets.flatMap((sheet: unknown) => (isObject(sheet) && Array.isArray(sheet["cells"]) ? sheet["cells"] : []));
}

function sourceOf(cell: unknown): string {
  if (!isObject(cell)) return "";
  const source = cell["source"] ?? cell["input"];
  return Array.isArray(source) ? source.filter((line) => typeof line === "string").join("") : typeof source === "string" ? source : "";
}

/** Python where the notebook does not say. */
function languageOf(metadata: unknown): "python" | "julia" | undefined {
  if (!isObject(metadata)) return "python";
  const { language_info: info, kernelspec: kernel } = metadata;
  const said = (isObject(info) && info["name"]) || (isObject(kernel) && (kernel["language"] ?? kernel["name"])) || "python";
  const name = String(said).toLowerCase();
  if (name.startsWith("julia")) return "julia";
  return /^(i?python|conda|.*py)/.test(name) ? "python" : undefined;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
