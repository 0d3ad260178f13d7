import * as vscode from "vscode";
import { Owner } from "../../base/disposable.js";
import type { Problem, Severity } from "../../base/problem.js";
import type { FindProblems } from "./shownProblems.js";

const QUIET_MILLISECONDS = 150;

const SEVERITIES: Readonly<Record<Severity, vscode.DiagnosticSeverity>> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  hint: vscode.DiagnosticSeverity.Hint,
};

/** Problems of open documents: at once when opened, shortly after the last keystroke when changed. */
export class Diagnostics extends Owner {
  readonly #collection: vscode.DiagnosticCollection;
  readonly #waiting = new Map<vscode.TextDocument, NodeJS.Timeout>();

  /**
   * `name` tells this collection from others. `together` answers the documents whose problems may change with one of them: the cells of a
   * notebook.
   */
  constructor(
    name: string,
    private readonly find: FindProblems,
    private readonly isCovered: (document: vscode.TextDocument) => boolean,
    private readonly together: (document: vscode.TextDocument) => readonly vscode.TextDocument[] = (document) => [document],
  ) {
    super();
    this.#collection = this._register(vscode.languages.createDiagnosticCollection(name));
    this._register(vscode.workspace.onDidOpenTextDocument((document) => void this.#publish(document)));
    this._register(vscode.workspace.onDidChangeTextDocument(({ document }) => this.refresh(this.together(document))));
    this._register(
      vscode.workspace.onDidCloseTextDocument((document) => {
        this.#cancel(document);
        this.#collection.delete(document.uri);
      }),
    );
    for (const document of vscode.workspace.textDocuments) void this.#publish(document);
  }

  /** Something that these documents' problems depend on has changed. */
  refresh(documents: readonly vscode.TextDocument[]): void {
    for (const document of documents) this.#publishSoon(document);
  }

  override dispose(): void {
    for (const timer of this.#waiting.values()) clearTimeout(timer);
    this.#waiting.clear();
    super.dispose();
  }

  #publishSoon(document: vscode.TextDocument): void {
    if (!this.isCovered(document)) return;
    this.#cancel(document);
    const publish = () => {
      this.#waiting.delete(document);
      void this.#publish(document);
    };
    this.#waiting.set(document, setTimeout(publish, QUIET_MILLISECONDS));
  }

  #cancel(document: vscode.TextDocument): void {
    clearTimeout(this.#waiting.get(document));
    this.#waiting.delete(document);
  }

  async #publish(document: vscode.TextDocument): Promise<void> {
    if (!this.isCovered(document) || document.isClosed) return;
    const { version } = document;
    const shown = await this.find(document);
    if (document.isClosed || document.version !== version) return;
    const uri = document.uri.toString();
    const diagnostics = shown?.problems.flatMap((problem) => {
      const place = shown.locate(problem.range);
      return place.uri.toString() === uri ? diagnostic(problem, place.range) : [];
    });
    this.#collection.set(document.uri, diagnostics ?? []);
  }
}

function diagnostic(problem: Problem, range: vscode.Range): vscode.Diagnostic {
  const made = new vscode.Diagnostic(range, problem.message, SEVERITIES[problem.severity]);
  made.source = "CNN Lab";
  made.code = problem.code;
  return made;
}
