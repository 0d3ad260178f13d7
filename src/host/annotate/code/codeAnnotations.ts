import * as vscode from "vscode";
import { Owner } from "../../../base/disposable.js";
import { kindOfFile, mentionsFramework, SOURCE_ENDINGS } from "../../../reading/files.js";
import type { SourceReading } from "../../../reading/types.js";
import { projectFolder } from "../../../sources/workspace.js";
import { SETTINGS } from "../../ids.js";
import { Diagnostics } from "../diagnostics.js";
import { QuickFixes } from "../quickFixes.js";
import type { ShownProblems } from "../shownProblems.js";
import { CodeAnalyses } from "./codeAnalyses.js";
import { CodeHints } from "./codeHints.js";
import { CodeHover } from "./codeHover.js";
import { CodeLens } from "./codeLens.js";
import { CodeOutline } from "./codeOutline.js";

/** Source files on a disk, whatever extension knows their language. */
const SELECTOR: vscode.DocumentSelector = { scheme: "file", pattern: `**/*.{${SOURCE_ENDINGS.join(",")}}` };

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

  /** `dist` is the folder of the bundles, with the grammars. */
  constructor(dist: string) {
    super();
    const reader = lazy(async () => {
      const { grammarsIn, readSource } = await import("../../../sources/sources.js");
      return { grammars: grammarsIn(dist), readSource };
    });
    const read = async (document: vscode.TextDocument): Promise<SourceReading | undefined> => {
      if (!kindOfFile(document.fileName) || !mentionsFramework(document.getText())) return undefined;
      const { grammars, readSource } = await reader();
      const folder = vscode.workspace.getWorkspaceFolder(document.uri)?.uri.fsPath ?? projectFolder(document.fileName);
      return readSource(document.getText(), document.fileName, grammars, { folder });
    };
    const analyses = new CodeAnalyses(read);
    this.#analyses = analyses;
    const hints = this._register(new CodeHints(analyses));
    const lens = this._register(new CodeLens(analyses));
    const problemsOf = async (document: vscode.TextDocument): Promise<ShownProblems | undefined> => {
      const shown = await analyses.of(document);
      return shown && { problems: shown.analysis.problems, range: shown.range, stale: shown.stale };
    };
    this._register(new Diagnostics("cnnLab.code", problemsOf, (document) => vscode.languages.match(SELECTOR, document) > 0));
    this._register(vscode.languages.registerHoverProvider(SELECTOR, new CodeHover(analyses)));
    this._register(vscode.languages.registerInlayHintsProvider(SELECTOR, hints));
    this._register(vscode.languages.registerCodeLensProvider(SELECTOR, lens));
    this._register(vscode.languages.registerDocumentSymbolProvider(SELECTOR, new CodeOutline(analyses), { label: "CNN Lab" }));
    this._register(
      vscode.languages.registerCodeActionsProvider(SELECTOR, new QuickFixes(problemsOf), {
        providedCodeActionKinds: [vscode.CodeActionKind.QuickFix],
      }),
    );
    this._register(
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration(SETTINGS.hintsShow)) hints.refresh();
      }),
    );
    // What a file imports is read from the disk.
    this._register(
      vscode.workspace.onDidSaveTextDocument((saved) => {
        for (const document of vscode.workspace.textDocuments) if (document !== saved) analyses.forget(document);
        hints.refresh();
        lens.refresh();
      }),
    );
  }

  /** What a document says now; undefined where nothing in it makes networks. */
  async read(document: vscode.TextDocument): Promise<SourceReading | undefined> {
    return (await this.#analyses.of(document))?.analysis.source;
  }
}
