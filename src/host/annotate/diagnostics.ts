import * as vscode from "vscode";
import { Owner } from "../../base/disposable.js";
import type { Problem, Severity } from "../../base/problem.js";
import type { Analyses } from "./analyses.js";

/** What the schema says too: while the editor's own JSON support is there to say it, it is said once. */
const CODES_OF_SCHEMA: ReadonlySet<string> = new Set([
  "syntax",
  "unknown-argument",
  "wrong-value",
  "missing-argument",
  "unknown-layer",
  "missing-input",
]);

const QUIET_MILLISECONDS = 150;

const SEVERITIES: Readonly<Record<Severity, vscode.DiagnosticSeverity>> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  hint: vscode.DiagnosticSeverity.Hint,
};

/** Problems of open networks: at once when opened, shortly after the last keystroke when changed. */
export class NetworkDiagnostics extends Owner {
  readonly #collection = this._register(vscode.languages.createDiagnosticCollection("cnnLab"));
  readonly #waiting = new Map<vscode.TextDocument, NodeJS.Timeout>();

  constructor(
    private readonly analyses: Analyses,
    private readonly isNetwork: (document: vscode.TextDocument) => boolean,
  ) {
    super();
    this._register(vscode.workspace.onDidOpenTextDocument((document) => this.#publish(document)));
    this._register(vscode.workspace.onDidChangeTextDocument(({ document }) => this.#publishSoon(document)));
    this._register(
      vscode.workspace.onDidCloseTextDocument((document) => {
        this.#cancel(document);
        this.#collection.delete(document.uri);
      }),
    );
    for (const document of vscode.workspace.textDocuments) this.#publish(document);
  }

  override dispose(): void {
    for (const timer of this.#waiting.values()) clearTimeout(timer);
    this.#waiting.clear();
    super.dispose();
  }

  #publishSoon(document: vscode.TextDocument): void {
    if (!this.isNetwork(document)) return;
    this.#cancel(document);
    const publish = () => {
      this.#waiting.delete(document);
      this.#publish(document);
    };
    this.#waiting.set(document, setTimeout(publish, QUIET_MILLISECONDS));
  }

  #cancel(document: vscode.TextDocument): void {
    clearTimeout(this.#waiting.get(document));
    this.#waiting.delete(document);
  }

  #publish(document: vscode.TextDocument): void {
    if (!this.isNetwork(document) || document.isClosed) return;
    const { analysis, range } = this.analyses.of(document);
    const told = analysis.problems.filter((problem) => !CODES_OF_SCHEMA.has(problem.code) || !jsonIsValidated(document));
    this.#collection.set(
      document.uri,
      told.map((problem) => diagnostic(problem, range(problem.range))),
    );
  }
}

/** A problem as the editor shows it. */
export function diagnostic(problem: Problem, range: vscode.Range): vscode.Diagnostic {
  const made = new vscode.Diagnostic(range, problem.message, SEVERITIES[problem.severity]);
  made.source = "CNN Lab";
  made.code = problem.code;
  return made;
}

/** VS Code's JSON support holds this document against the schema. */
function jsonIsValidated(document: vscode.TextDocument): boolean {
  const isJson = document.languageId === "jsonc" || document.languageId === "json";
  const enabled = vscode.workspace.getConfiguration("json", document).get<boolean>("validate.enable", true);
  return isJson && enabled && vscode.extensions.getExtension("vscode.json-language-features") !== undefined;
}
