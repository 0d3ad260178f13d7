import * as vscode from "vscode";
import { chooseFolder } from "../chooseFolder.js";

/** Asks what a model is to be trained on that does not say it, as training.data names it; undefined: the user chose none. */
export async function pickData(): Promise<string | undefined> {
  const items = [
    { label: "mnist", description: "digits, 28x28x1, 10 classes", pick: async () => "mnist" },
    { label: "glyphs", description: "digits and capital letters, 28x28x1, 36 classes", pick: async () => "glyphs" },
    { label: "Folder in MNIST's Format...", description: "any size, any classes", pick: pickFolder },
  ];
  const chosen = await vscode.window.showQuickPick(items, { title: "Train CNN", placeHolder: "Which data to train on" });
  return chosen?.pick();
}

async function pickFolder(): Promise<string | undefined> {
  const folder = await chooseFolder("Folder with Images and Labels", "Train on It");
  return folder && `idx:${folder.fsPath}`;
}
