import path from "node:path";
import * as vscode from "vscode";
import { Owner } from "../../base/disposable.js";
import type { Analyses } from "../annotate/analyses.js";
import type { CodeAnnotations } from "../annotate/code/codeAnnotations.js";
import type { StoreTrainings } from "../annotate/storeTrainings.js";
import { COMMANDS } from "../ids.js";
import { createWebview } from "../panels/panel.js";
import { PANEL_KINDS } from "../panels/panelKinds.js";
import { ModelPanel, type ModelPanelSource } from "./modelPanel.js";
import { readCode } from "./readCode.js";
import { readNetworkFile } from "./readNetwork.js";
import { type ReadText, TextModel } from "./textModel.js";

/** A model of a text: a network file, or what an expression of source code makes. */
export interface TextTarget {
  readonly file: string;
  /** Undefined for networks. */
  readonly expression?: string;
}

/** What is read of texts, by those who annotate them. */
export interface TextAnalyses {
  readonly networks: Analyses;
  readonly code: CodeAnnotations;
  readonly trainings: StoreTrainings;
}

/** Model panels beside texts, one for each model; those open when the window was reloaded come back. */
export class ModelPanels extends Owner {
  readonly #panels = new Map<string, ModelPanel>();

  constructor(
    private readonly analyses: TextAnalyses,
    private readonly source: ModelPanelSource,
  ) {
    super();
    this._register(
      vscode.window.registerWebviewPanelSerializer(PANEL_KINDS.model.viewType, {
        deserializeWebviewPanel: async (webview, state) => this.#restore(webview, state),
      }),
    );
    this._register({ dispose: () => this.#panels.forEach((panel) => void panel.dispose()) });
  }

  /** Brings a model's panel to sight, else makes one beside the editor. */
  show(target: TextTarget): void {
    const known = this.#panels.get(originOf(target));
    if (known) known.reveal();
    else this.#adopt(createWebview(PANEL_KINDS.model, titleOf(target), this.source.extension), target);
  }

  #restore(webview: vscode.WebviewPanel, state: unknown): void {
    const target = savedTarget(state);
    // A second panel of a model, or one that never showed any.
    if (!target || this.#panels.has(originOf(target))) webview.dispose();
    else this.#adopt(webview, target);
  }

  #adopt(webview: vscode.WebviewPanel, target: TextTarget): void {
    const origin = originOf(target);
    const uri = vscode.Uri.parse(target.file);
    const train = async () => void (await vscode.commands.executeCommand(COMMANDS.train, uri, target.expression));
    const model = new TextModel(uri, this.#reader(target), train, this.analyses.trainings.onDidChange);
    const panel = new ModelPanel(webview, origin, model, this.source);
    this.#panels.set(origin, panel);
    panel.onDidClose(() => this.#panels.delete(origin));
  }

  #reader({ expression }: TextTarget): ReadText {
    const { networks, code, trainings } = this.analyses;
    return async (document) => {
      const runs = await trainings.runsOf(document.uri);
      if (expression === undefined) return readNetworkFile(document, networks.of(document), runs);
      return readCode(document, await code.of(document), expression, runs);
    };
  }
}

function titleOf({ file, expression }: TextTarget): string {
  return `Model: ${expression ?? path.posix.basename(vscode.Uri.parse(file).path)}`;
}

/** What finds a target again. */
function originOf({ file, expression }: TextTarget): string {
  return JSON.stringify([file, expression ?? null]);
}

/** The target whose origin a page saved. */
function savedTarget(state: unknown): TextTarget | undefined {
  const origin = typeof state === "object" && state !== null && "origin" in state ? state.origin : undefined;
  try {
    const parts: unknown = typeof origin === "string" ? JSON.parse(origin) : undefined;
    const [file, expression] = Array.isArray(parts) ? (parts as unknown[]) : [];
    if (typeof file !== "string") return undefined;
    return typeof expression === "string" ? { file, expression } : { file };
  } catch {
    return undefined;
  }
}
