import * as vscode from "vscode";
import { Owner } from "../../base/disposable.js";
import { COMMANDS } from "../ids.js";
import type { RunStore } from "./runStore.js";
import { type StatusText, statusText } from "./statusText.js";

/** Renewed at most this often, in milliseconds. */
const INTERVAL = 250;

const BACKGROUNDS: Readonly<Record<StatusText["severity"], string | undefined>> = {
  none: undefined,
  warning: "statusBarItem.warningBackground",
  error: "statusBarItem.errorBackground",
};

/** State, epoch and accuracy of what trains; a click shows its panel. */
export class StatusBar extends Owner {
  readonly #item = this._register(vscode.window.createStatusBarItem("cnnLab.training", vscode.StatusBarAlignment.Left, 10));
  #timer: NodeJS.Timeout | undefined;

  constructor(private readonly store: RunStore) {
    super();
    this.#item.name = "CNN Training";
    this.#item.command = COMMANDS.showTraining;
    this._register(store.onDidChange(() => this.#soon()));
    this._register({ dispose: () => clearTimeout(this.#timer) });
  }

  #soon(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#draw();
    }, INTERVAL);
  }

  #draw(): void {
    if (this.isDisposed) return;
    const status = statusText(this.store.live, this.store.lastEnded);
    if (!status) {
      this.#item.hide();
      return;
    }
    const background = BACKGROUNDS[status.severity];
    this.#item.text = status.text;
    this.#item.tooltip = status.tooltip;
    this.#item.backgroundColor = background === undefined ? undefined : new vscode.ThemeColor(background);
    this.#item.show();
  }
}
