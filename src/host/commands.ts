import * as vscode from "vscode";
import type { Disposable } from "../base/disposable.js";
import { COMMANDS, type CommandName } from "./ids.js";
import type { Reporter } from "./reporter.js";

/** VS Code passes what the place of invocation has: a file, a tree item, nothing; so each handler checks its arguments. */
export type CommandHandlers = Readonly<Record<CommandName, (...args: readonly unknown[]) => Promise<void> | void>>;

/** Registers a handler for every command of the map; what one throws is shown, never lost. */
export function registerCommands(handlers: CommandHandlers, reporter: Reporter): Disposable {
  const names = Object.keys(COMMANDS) as CommandName[];
  return vscode.Disposable.from(
    ...names.map((name) =>
      vscode.commands.registerCommand(COMMANDS[name], async (...args: readonly unknown[]) => {
        try {
          await handlers[name](...args);
        } catch (error) {
          reporter.show(error);
        }
      }),
    ),
  );
}
