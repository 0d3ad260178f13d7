import * as vscode from "vscode";
import { Owner } from "../../../base/disposable.js";
import type { TensorShape } from "../../../interpret/tensor.js";
import { mentionsFramework, SOURCE_ENDINGS } from "../../../reading/files.js";
import { parseInputs } from "../../../reading/inputComment.js";
import type { SourceReading } from "../../../reading/types.js";
import { projectFolder } from "../../../sources/workspace.js";
import { SETTINGS } from "../../ids.js";
import { settingOf } from "../../settings.js";
import { Diagnostics } from "../diagnostics.js";
import type { RunsOf } from "../learnt.js";
import { QuickFixes } from "../quickFixes.js";
import type { ShownProblems } from "../shownProblems.js";
import { CodeAnalyses, type ShownCode } from "./codeAnalyses.js";
import { CodeHints } from "./codeHints.js";
import { CodeHover } from "./codeHover.js";
import { CodeLens } from "./codeLens.js";
import { CodeOutline } from "./codeOutline.js";
import { CELL_SCHEME, type CodeText, cellsBeside } from "./codeText.js";
import { setInput } from "./setInput.js";

/** Source files on a disk, whatever extension knows their language, and cells of notebooks. */
const SELECTOR: vscode.DocumentSelector = [
  { scheme: "file", pattern: `**/*.{${SOURCE_ENDINGS.join(",")}}` },
  ...["python", "julia"].map((language) => ({ scheme: CELL_SCHEME, language })),
];

/** Milliseconds after a change in a notebook until what its other cells show is asked for again. */
const QUIET = 150;

/** Makes something when it is first asked for. */
function lazy<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** Everything the editor shows in and beside source code that makes networks. */
export class CodeAnnotations extends Owner {
  readonly #analyses: CodeAnalyses;

  /** `dist` is the folder of the bundles, with the grammars; `runsOf` answers the runs that train a file. */
  constructor(dist: string, runsOf: RunsOf) {
    super();
    const reader = lazy(async () => {
      const { grammarsIn, readSource } = await import("../../../sources/sources.js");
      return { grammars: grammarsIn(dist), readSource };
    });
    const read = async ({ text, file, language }: CodeText, document: vscode.TextDocument): Promise<SourceReading | undefined> => {
      if (!mentionsFramework(text)) return undefined;
      const { grammars, readSource } = await reader();
      const folder = vscode.workspace.getWorkspaceFolder(vscode.Uri.file(file))?.uri.fsPath ?? projectFolder(file);
      return readSource(text, file, grammars, { folder, language, usualInputs: usualInputsOf(document) });
    };
    const analyses = this._register(new CodeAnalyses(read));
    this.#analyses = analyses;
    const hints = this._register(new CodeHints(analyses));
    const lens = this._register(new CodeLens(analyses));
    const problemsOf = async (document: vscode.TextDocument): Promise<ShownProblems | undefined> => {
      const shown = await analyses.wholeOf(document);
      return shown && { problems: shown.analysis.problems, locate: shown.locate, stale: shown.stale };
    };
    const isCovered = (document: vscode.TextDocument) => vscode.languages.match(SELECTOR, document) > 0;
    const diagnostics = this._register(new Diagnostics("cnnLab.code", problemsOf, isCovered, cellsBeside));
    this._register(vscode.languages.registerHoverProvider(SELECTOR, new CodeHover(analyses, runsOf)));
    this._register(vscode.languages.registerInlayHintsProvider(SELECTOR, hints));
    this._register(vscode.languages.registerCodeLensProvider(SELECTOR, lens));
    this._register(vscode.languages.registerDocumentSymbolProvider(SELECTOR, new CodeOutline(analyses), { label: "CNN Lab" }));
    this._register(
      vscode.languages.registerCodeActionsProvider(SELECTOR, new QuickFixes(problemsOf), {
        providedCodeActionKinds: [vscode.CodeActionKind.QuickFix],
      }),
    );
    const refresh = () => {
      hints.refresh();
      lens.refresh();
    };
    this._register(
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration(SETTINGS.hintsShow)) hints.refresh();
        if (!change.affectsConfiguration(SETTINGS.input)) return;
        analyses.forget();
        refresh();
        diagnostics.refresh(vscode.workspace.textDocuments);
      }),
    );
    this._register(analyses.onDidComplete(refresh));
    // Whoever saves has written what there is to write, unless it is saved by itself.
    const settle = (owner: object, reason: vscode.TextDocumentSaveReason) => {
      if (reason !== vscode.TextDocumentSaveReason.AfterDelay) analyses.settle(owner);
    };
    this._register(vscode.workspace.onWillSaveTextDocument(({ document, reason }) => settle(document, reason)));
    this._register(vscode.workspace.onWillSaveNotebookDocument(({ notebook, reason }) => settle(notebook, reason)));
    // What a file imports is read from the disk.
    this._register(
      vscode.workspace.onDidSaveTextDocument((saved) => {
        for (const document of vscode.workspace.textDocuments) if (document !== saved) analyses.forget(document);
        refresh();
      }),
    );
    // What one cell says holds in those behind it.
    let timer: NodeJS.Timeout | undefined;
    this._register({ dispose: () => clearTimeout(timer) });
    this._register(
      vscode.workspace.onDidChangeNotebookDocument(({ notebook, cellChanges, contentChanges }) => {
        if (contentChanges.length === 0 && cellChanges.every(({ document }) => document === undefined)) return;
        diagnostics.refresh(notebook.getCells().map((cell) => cell.document));
        clearTimeout(timer);
        timer = setTimeout(refresh, QUIET);
      }),
    );
  }

  /** What is known of a document now; undefined where nothing in it makes networks. */
  of(document: vscode.TextDocument): Promise<ShownCode | undefined> {
    return this.#analyses.wholeOf(document);
  }

  /** Asks for the input of a model, by its expression, and writes it down. */
  async setInput(document: vscode.TextDocument, expression?: string): Promise<void> {
    await setInput(document, await this.#analyses.of(document), expression);
  }
}

/** What the settings say of the models around a document. */
function usualInputsOf(document: vscode.TextDocument): readonly TensorShape[] | undefined {
  const said = settingOf(SETTINGS.input, document);
  return typeof said === "string" ? parseInputs(said.trim()) : undefined;
}
