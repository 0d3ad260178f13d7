import * as vscode from "vscode";
import { Owner } from "../../base/disposable.js";
import { EDITORS } from "../ids.js";
import { ModelPanel, type ModelPanelSource } from "./modelPanel.js";
import { SavedModel } from "./savedModel.js";

/** The editor for files of saved models, read-only: nothing of them is held here, each panel reads its own. */
export class SavedModelEditor extends Owner implements vscode.CustomReadonlyEditorProvider {
  readonly #panels = new Set<ModelPanel>();

  constructor(private readonly source: ModelPanelSource) {
    super();
    for (const viewType of Object.values(EDITORS))
      this._register(vscode.window.registerCustomEditorProvider(viewType, this, { supportsMultipleEditorsPerDocument: true }));
    this._register({ dispose: () => this.#panels.forEach((panel) => void panel.dispose()) });
  }

  openCustomDocument(uri: vscode.Uri): vscode.CustomDocument {
    return { uri, dispose: () => {} };
  }

  resolveCustomEditor({ uri }: vscode.CustomDocument, webview: vscode.WebviewPanel): void {
    const panel = new ModelPanel(webview, uri.toString(), new SavedModel(uri, this.source.extension), this.source);
    this.#panels.add(panel);
    panel.onDidClose(() => this.#panels.delete(panel));
  }
}
