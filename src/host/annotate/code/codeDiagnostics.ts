import * as vscode from "vscode";
import { Owner } from "../../../base/disposable.js";
import { diagnostic } from "../diagnostics.js";
import type { CodeAnalyses } from "./codeAnalyses.js";

const QUIET_MILLISECONDS = 150;

/** Problems of open source files: when opened, and shortly after the last keystroke when changed. */
export class CodeDiagnostics extends Owner {
  readonly #collection = this._register(vscode.languages.createDiagnosticCollection("cnnLab.code"));
  readonly #waiting = new Map<vscode.TextDocument, NodeJS.Timeout>();

  constructor(
    private readonly analyses: CodeAnalyses,
    private readonly isCode: (document: vscode.TextDocument) => boolean,
  ) {
    super();
    this._register(vscode.workspace.onDidOpenTextDocument((document) => this.#publishSoon(document, 0)));
    this._register(vscode.workspace.onDidChangeTextDocument(({ document }) => this.#publishSoon(document, QUIET_MILLISECONDS)));
    this._register(
      vscode.workspace.onDidCloseTextDocument((document) => {
        this.#cancel(document);
        this.#collection.delete(document.uri);
      }),
    );
    for (const document of vscode.workspace.textDocuments) this.#publishSoon(document, 0);
  }

  override dispose(): void {
    for (const timer of this.#waiting.values()) clearTimeout(timer);
    this.#waiting.clear();
    super.dispose();
  }

  #publishSoon(document: vscode.TextDocument, milliseconds: number): void {
    if (!this.isCode(document)) return;
    this.#cancel(document);
    const publish = () => {
      this.#waiting.delete(document);
      void this.#publish(document);
    };
    this.#waiting.set(document, setTimeout(publish, milliseconds));
  }

  #cancel(document: vscode.TextDocument): void {
    clearTimeout(this.#waiting.get(document));
    this.#waiting.delete(document);
  }

  async #publish(document: vscode.TextDocument): Promise<void> {
    const { version } = document;
    const shown = await this.analyses.of(document);
    if (document.isClosed || document.version !== version) return;
    const problems = shown?.analysis.problems ?? [];
    this.#collection.set(
      document.uri,
      problems.map((problem) => diagnostic(problem, shown?.range(problem.range) ?? new vscode.Range(0, 0, 0, 0))),
    );
  }
}
