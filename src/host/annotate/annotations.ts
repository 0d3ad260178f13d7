import * as vscode from "vscode";
import { Owner } from "../../base/disposable.js";
import { NETWORK_GLOB, SETTINGS } from "../ids.js";
import type { Analyses } from "./analyses.js";
import { Diagnostics } from "./diagnostics.js";
import { NetworkHints } from "./hints.js";
import { NetworkHover } from "./hover.js";
import { NetworkLens } from "./lens.js";
import { QuickFixes } from "./quickFixes.js";
import { untoldProblems } from "./schemaProblems.js";
import type { ShownProblems } from "./shownProblems.js";
import type { StoreTrainings } from "./storeTrainings.js";

/** Everything the editor shows in and beside the text of a network: hover, hints, lens, problems and their fixes. */
export class Annotations extends Owner {
  constructor(analyses: Analyses, trainings: StoreTrainings) {
    super();
    const selector: vscode.DocumentSelector = { pattern: NETWORK_GLOB };
    const hints = this._register(new NetworkHints(analyses));
    const lens = this._register(new NetworkLens(analyses, trainings));
    const problemsOf = (document: vscode.TextDocument): ShownProblems => {
      const { analysis, range } = analyses.of(document);
      return { problems: analysis.problems, locate: (place) => new vscode.Location(document.uri, range(place)) };
    };
    const untold = (document: vscode.TextDocument): ShownProblems => {
      const shown = problemsOf(document);
      return { ...shown, problems: untoldProblems(shown.problems, document) };
    };
    this._register(new Diagnostics("cnnLab", untold, (document) => vscode.languages.match(selector, document) > 0));
    const hover = new NetworkHover(analyses, (network) => trainings.runsOf(network));
    this._register(vscode.languages.registerHoverProvider(selector, hover));
    this._register(vscode.languages.registerInlayHintsProvider(selector, hints));
    this._register(vscode.languages.registerCodeLensProvider(selector, lens));
    this._register(
      vscode.languages.registerCodeActionsProvider(selector, new QuickFixes(problemsOf), {
        providedCodeActionKinds: [vscode.CodeActionKind.QuickFix],
      }),
    );
    this._register(trainings.onDidChange(() => lens.refresh()));
    this._register(vscode.workspace.onDidGrantWorkspaceTrust(() => lens.refresh()));
    this._register(
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration(SETTINGS.hintsShow)) hints.refresh();
      }),
    );
  }
}
