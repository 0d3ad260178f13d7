import * as vscode from "vscode";
import { Owner } from "../base/disposable.js";
import { describeError, UserError } from "../base/userError.js";

/** Tells people what went wrong: their own mistakes as a sentence, ours with the way to the log. */
export class Reporter extends Owner {
  readonly log = this._register(vscode.window.createOutputChannel("CNN Lab", { log: true }));

  show(error: unknown): void {
    if (error instanceof UserError) {
      this.log.warn(error.message);
      void vscode.window.showErrorMessage(error.message);
      return;
    }
    this.log.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
    void this.#offerLog(describeError(error));
  }

  async #offerLog(message: string): Promise<void> {
    const showLog = "Show Log";
    if ((await vscode.window.showErrorMessage(message, showLog)) === showLog) this.log.show();
  }
}
