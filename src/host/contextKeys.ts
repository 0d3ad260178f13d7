import * as vscode from "vscode";
import { CONTEXT_KEYS, type ContextKey } from "./ids.js";

/** Sets keys for `when` clauses, each only when it changes. */
export class ContextKeys {
  readonly #values = new Map<ContextKey, boolean>();

  set(values: Partial<Readonly<Record<ContextKey, boolean>>>): void {
    for (const [key, value] of Object.entries(values) as [ContextKey, boolean][]) {
      if (this.#values.get(key) === value) continue;
      this.#values.set(key, value);
      void vscode.commands.executeCommand("setContext", CONTEXT_KEYS[key], value);
    }
  }
}
