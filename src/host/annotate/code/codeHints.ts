import * as vscode from "vscode";
import { sizesText } from "../../../reading/layout.js";
import type { LineNote } from "../../../reading/notes.js";
import { layerHint, lineHint } from "../../../reading/words.js";
import type { HintPart } from "../../../shape/words.js";
import { shownParts } from "../hints.js";
import type { CodeAnalyses } from "./codeAnalyses.js";

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
    return shown.analysis.notes.flatMap((note) => {
      const text = noteText(note, parts);
      const place = placeOf(note);
      if (!text || !place) return [];
      const { line } = shown.range(place).end;
      if (line < visible.start.line || line > visible.end.line || line >= document.lineCount) return [];
      const hint = new vscode.InlayHint(document.lineAt(line).range.end, text);
      hint.paddingLeft = true;
      return hint;
    });
  }
}

function noteText({ layers, yields }: LineNote, parts: readonly HintPart[]): string | undefined {
  if (yields) return parts.includes("shape") ? sizesText(yields.shape, yields.reading.layout) : undefined;
  return lineHint(layers.flatMap(({ layer, reading, field }) => layerHint(layer, reading, field, parts) ?? []));
}

function placeOf({ layers, yields }: LineNote) {
  return layers[0]?.layer.range ?? yields?.range;
}
