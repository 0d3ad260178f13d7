import type * as vscode from "vscode";
import { Owner } from "../../base/disposable.js";
import { describeError } from "../../base/userError.js";
import type { FromModelPanel, ModelGraph, ToModelPanel } from "../../protocol/modelPanel.js";
import { Panel } from "../panels/panel.js";
import { PANEL_KINDS } from "../panels/panelKinds.js";
import { saveFile } from "../panels/saveFile.js";
import type { ShownModel } from "./shownModel.js";

/** What Model panels need of the rest of the host. */
export interface ModelPanelSource {
  readonly extension: vscode.Uri;
  report(error: unknown): void;
}

/** One webview that shows one model, which it owns. */
export class ModelPanel extends Owner {
  readonly #panel: Panel<ToModelPanel, FromModelPanel>;
  /** The newest answer, or the wait for it; undefined before the first. */
  #graph: Promise<ModelGraph> | undefined;
  /** What was shown last, while the model cannot be read. */
  #good: ModelGraph | undefined;

  constructor(
    webview: vscode.WebviewPanel,
    /** Finds the model again after a reload. */
    private readonly origin: string,
    private readonly model: ShownModel,
    private readonly source: ModelPanelSource,
  ) {
    super();
    this._register(model);
    this.#panel = this._register(new Panel(webview, PANEL_KINDS.model, source.extension));
    this._register(this.#panel.onDidReceive((message) => this.#handle(message)));
    this._register(this.#panel.onDidClose(() => this.dispose()));
    this._register(model.onDidChange(() => void this.#show(model.graph())));
    if (model.text) this._register(model.text.onDidSelect((node) => this.#panel.post({ type: "select", node })));
  }

  get onDidClose(): Panel<ToModelPanel, FromModelPanel>["onDidClose"] {
    return this.#panel.onDidClose;
  }

  reveal(): void {
    this.#panel.reveal();
  }

  async #show(graph: Promise<ModelGraph>): Promise<void> {
    this.#graph = graph;
    try {
      const whole = await graph;
      if (graph !== this.#graph) return;
      this.#good = whole;
      this.#panel.post({ type: "model", graph: whole, origin: this.origin });
    } catch (error) {
      if (graph !== this.#graph || this.isDisposed) return;
      if (this.#good) this.#panel.post({ type: "model", graph: this.#good, origin: this.origin });
      this.#panel.post({ type: "failed", message: describeError(error) });
    }
  }

  #handle(message: FromModelPanel): void {
    switch (message.type) {
      case "ready":
        void this.#show(this.#graph ?? this.model.graph());
        break;
      case "summary":
      case "numbers":
      case "kernels":
        void this.#answer(message);
        break;
      default:
        this.#obey(message).catch((error: unknown) => this.source.report(error));
    }
  }

  async #obey(message: Exclude<FromModelPanel, { type: "ready" | "summary" | "numbers" | "kernels" }>): Promise<void> {
    switch (message.type) {
      case "select":
      case "details":
        this.#panel.post({ type: "details", details: await this.model.details(message) });
        if (message.type === "select") await this.model.text?.reveal(message.node);
        return;
      case "openText":
        return this.model.text?.open();
      case "train":
        return this.model.train();
      case "save":
        return saveFile(message.name, message.content);
    }
  }

  async #answer(message: Extract<FromModelPanel, { type: "summary" | "numbers" | "kernels" }>): Promise<void> {
    try {
      this.#panel.post(await this.#ask(message));
    } catch (error) {
      this.#panel.post({ type: "tensorFailed", tensor: message.tensor, message: describeError(error) });
    }
  }

  async #ask(message: Extract<FromModelPanel, { type: "summary" | "numbers" | "kernels" }>): Promise<ToModelPanel> {
    switch (message.type) {
      case "summary":
        return { type: "summary", summary: await this.model.summary(message) };
      case "numbers":
        return { type: "numbers", numbers: await this.model.numbers(message) };
      case "kernels":
        return { type: "kernels", kernels: await this.model.kernels(message) };
    }
  }
}
