import * as vscode from "vscode";
import { parseInputs, usualInputs } from "../../../reading/inputComment.js";
import type { ModelReading } from "../../../reading/types.js";
import { inputReason } from "../../../reading/words.js";
import { SETTINGS } from "../../ids.js";
import type { ShownCode } from "./codeAnalyses.js";

interface Choice extends vscode.QuickPickItem {
  readonly input: string;
}

/** A shape, and whether it is said of one model by a comment above it, or of a whole folder by its settings. */
interface Answer {
  readonly input: string;
  readonly of: "model" | "folder";
}

const FOLDER: vscode.QuickInputButton = {
  iconPath: new vscode.ThemeIcon("settings-gear"),
  tooltip: "Take it for every model of the folder (cnnLab.input)",
};

/** Asks for the input of a model and writes it down, as an edit that can be undone. */
export async function setInput(document: vscode.TextDocument, shown: ShownCode | undefined, expression?: string): Promise<void> {
  const source = shown?.analysis.source;
  const target = expression ?? source?.targets[0]?.expression;
  if (!shown || !source || target === undefined) {
    void vscode.window.showInformationMessage("No model of source code is in sight whose input could be set.");
    return;
  }
  const answer = await ask(source.read(target));
  if (!answer) return;
  if (answer.of === "folder") return remember(document, answer.input);
  const { range, text } = source.inputComment(target, answer.input);
  const place = shown.locate(range);
  const edit = new vscode.WorkspaceEdit();
  edit.replace(place.uri, place.range, text);
  await vscode.workspace.applyEdit(edit);
}

async function ask(reading: ModelReading): Promise<Answer | undefined> {
  const picker = vscode.window.createQuickPick<Choice>();
  const usual = usualInputs(reading.layout).map(({ input, why }) => choice(input, why));
  picker.title = `Input of ${reading.target}`;
  picker.placeholder = `Sizes of one example with x between; several inputs with commas. ${inputReason(reading)}`;
  picker.items = usual;
  picker.onDidChangeValue((typed) => {
    const input = typed.replace(/\s/g, "");
    const isNew = parseInputs(input) && !usual.some((known) => known.input === input);
    picker.items = isNew ? [choice(input, "as typed"), ...usual] : usual;
  });
  try {
    return await new Promise((resolve) => {
      picker.onDidAccept(() => {
        const [picked] = picker.activeItems;
        if (picked) resolve({ input: picked.input, of: "model" });
      });
      picker.onDidTriggerItemButton(({ item }) => resolve({ input: item.input, of: "folder" }));
      picker.onDidHide(() => resolve(undefined));
      picker.show();
    });
  } finally {
    picker.dispose();
  }
}

function choice(input: string, why: string): Choice {
  return { label: input, description: why, input, buttons: [FOLDER] };
}

async function remember(document: vscode.TextDocument, input: string): Promise<void> {
  const { Global, Workspace, WorkspaceFolder } = vscode.ConfigurationTarget;
  const folders = vscode.workspace.workspaceFolders?.length ?? 0;
  const scope = folders === 0 ? Global : folders === 1 ? Workspace : WorkspaceFolder;
  await vscode.workspace.getConfiguration(undefined, document).update(SETTINGS.input, input, scope);
}
