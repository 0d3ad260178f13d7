import * as vscode from "vscode";
import type { ModelReading, ModelTarget } from "../../../reading/types.js";
import { inputReason, inputText, readingFacts } from "../../../reading/words.js";
import { COMMANDS } from "../../ids.js";
import type { CodeAnalyses, PlacedCode } from "./codeAnalyses.js";

/** Above each model of a file: its figures, and its first problem. */
export class CodeLens implements vscode.CodeLensProvider {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChangeCodeLenses = this.#changed.event;

  constructor(private readonly analyses: CodeAnalyses) {}

  refresh(): void {
    this.#changed.fire();
  }

  dispose(): void {
    this.#changed.dispose();
  }

  async provideCodeLenses(document: vscode.TextDocument): Promise<vscode.CodeLens[]> {
    const shown = await this.analyses.of(document);
    if (!shown) return [];
    return [shown, ...shown.lost].flatMap((code) =>
      code.analysis.targets.flatMap((target, i) => lenses(document, target, code.analysis.readings[i], code)),
    );
  }
}

function lenses(
  document: vscode.TextDocument,
  target: ModelTarget,
  reading: ModelReading | undefined,
  shown: PlacedCode,
): vscode.CodeLens[] {
  const place = shown.here(target.range);
  if (!place || !reading || reading.layers.length === 0) return [];
  const lens = (command: vscode.Command) => new vscode.CodeLens(place, command);
  const errors = reading.problems.filter(({ severity }) => severity === "error");
  const facts = readingFacts(reading).map((title) => lens({ title, command: "" }));
  const input = inputText(reading);
  if (input) {
    const title = `input ${input}`;
    facts.push(lens({ title, tooltip: inputReason(reading), command: COMMANDS.setInput, arguments: [document.uri, target.expression] }));
  }
  const model = lens({ title: "Show Model", command: COMMANDS.showModel, arguments: [document.uri, target.expression] });
  const [first] = errors;
  if (first) {
    const title = errors.length === 1 ? "1 problem" : `${errors.length} problems`;
    const { uri, range } = shown.locate(first.range);
    return [lens({ title, command: "vscode.open", arguments: [uri, { selection: range }] }), model, ...facts];
  }
  const train = lens({ title: "Train CNN", command: COMMANDS.train, arguments: [document.uri, target.expression] });
  return [train, model, ...facts];
}
