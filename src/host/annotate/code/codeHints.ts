import * as vscode from "vscode";
import { shapeText } from "../../../reading/layout.js";
import type { LineNote } from "../../../reading/notes.js";
import type { ModelReading } from "../../../reading/types.js";
import { inputReason, isGuessed, layerHint, lineHint, modelHint, namedInputs } from "../../../reading/words.js";
import type { HintPart } from "../../../shape/words.js";
import { COMMANDS } from "../../ids.js";
import { shownParts } from "../hints.js";
import type { CodeAnalyses, ShownCode } from "./codeAnalyses.js";

/** Shapes at the ends of lines that make layers or yield tensors. */
export class CodeHints implements vscode.InlayHintsProvider {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChangeInlayHints = this.#changed.event;

  constructor(private readonly analyses: CodeAnalyses) {}

  /** Settings or readings have changed. */
  refresh(): void {
    this.#changed.fire();
  }

  dispose(): void {
    this.#changed.dispose();
  }

  async provideInlayHints(document: vscode.TextDocument, visible: vscode.Range): Promise<vscode.InlayHint[]> {
    const shown = await this.analyses.of(document);
    if (!shown) return [];
    const parts = shownParts(document);
    const inSight = (place: vscode.Range | undefined) => {
      const line = place?.end.line ?? -1;
      return line >= visible.start.line && line <= visible.end.line && line < document.lineCount
        ? document.lineAt(line).range.end
        : undefined;
    };
    const lines = shown.analysis.notes.flatMap((note) => {
      const place = placeOf(note);
      const end = place && inSight(shown.here(place));
      const text = end && noteText(note, parts);
      return text ? hint(end, text) : [];
    });
    return [...lines, ...inputHints(document, shown, parts, inSight)];
  }
}

/** The shapes of a model's inputs, where its function names them; a guess is a link that says them. */
function inputHints(
  document: vscode.TextDocument,
  { analysis: { source, readings }, here }: ShownCode,
  parts: readonly HintPart[],
  inSight: (place: vscode.Range | undefined) => vscode.Position | undefined,
): vscode.InlayHint[] {
  if (!parts.includes("shape")) return [];
  const seen = new Set<number>();
  return readings.flatMap((reading, i) => {
    const { signature, inputs } = reading;
    const target = source.targets[i];
    const end = signature && inSight(here(signature.range));
    // Of several models with one function the first tells.
    if (!end || !target || inputs.length === 0 || seen.has(end.line)) return [];
    seen.add(end.line);
    return hint(end, isGuessed(reading) ? [guess(reading, document.uri, target.expression)] : namedInputs(reading));
  });
}

function guess(reading: ModelReading, uri: vscode.Uri, expression: string): vscode.InlayHintLabelPart {
  const part = new vscode.InlayHintLabelPart(namedInputs(reading));
  part.tooltip = inputReason(reading);
  part.command = { title: "Set Input", command: COMMANDS.setInput, arguments: [uri, expression] };
  return part;
}

function hint(end: vscode.Position, label: string | vscode.InlayHintLabelPart[]): vscode.InlayHint {
  const made = new vscode.InlayHint(end, label);
  made.paddingLeft = true;
  return made;
}

function noteText({ layers, yields, makes }: LineNote, parts: readonly HintPart[]): string | undefined {
  if (makes) return modelHint(makes.reading, parts);
  if (yields) return parts.includes("shape") ? shapeText(yields.shape, yields.reading.layout) : undefined;
  return lineHint(layers.flatMap(({ layer, reading, field }) => layerHint(layer, reading, field, parts) ?? []));
}

function placeOf({ layers, yields, makes }: LineNote) {
  return makes?.range ?? layers[0]?.layer.range ?? yields?.range;
}
