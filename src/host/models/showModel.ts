import * as vscode from "vscode";
import { UserError } from "../../base/userError.js";
import type { ShownCode } from "../annotate/code/codeAnalyses.js";
import { EDITORS } from "../ids.js";
import { isCode, pickTarget } from "../training/trainCode.js";
import type { ModelPanels } from "./modelPanels.js";

/** Endings of files that are opened in the editor for saved models. */
const SAVED = /\.(onnx|keras|h5|pt|pth|th|safetensors)$/i;
/** Those that others open as well. */
const SHARED = /(\.hdf5|\/model\.json)$/i;

export function isSavedModel(uri: vscode.Uri): boolean {
  return SAVED.test(uri.path) || SHARED.test(uri.path);
}

export async function openSavedModel(uri: vscode.Uri): Promise<void> {
  const { activeTextEditor } = vscode.window;
  // A TensorFlow.js model's text stays where it is.
  const column = activeTextEditor?.document.uri.toString() === uri.toString() ? vscode.ViewColumn.Beside : undefined;
  await vscode.commands.executeCommand("vscode.openWith", uri, SHARED.test(uri.path) ? EDITORS.sharedFile : EDITORS.savedModel, column);
}

/**
 * Shows the model of a text in a panel beside it: of a network file, or of source code the one of this expression, else the only one, else
 * the one the user picks. Throws UserError where the code makes none.
 */
export async function showTextModel(
  document: vscode.TextDocument,
  shown: ShownCode | undefined,
  panels: ModelPanels,
  expression?: string,
): Promise<void> {
  const file = document.uri.toString();
  if (!isCode(document)) return panels.show({ file });
  const targets = shown?.analysis.source.targets ?? [];
  if (targets.length === 0)
    throw new UserError(`${document.fileName} makes no model that can be read; a class or function that needs no arguments would.`);
  const target = expression ?? (await pickTarget(targets, "Show Model"));
  if (target !== undefined) panels.show({ file, expression: target });
}
