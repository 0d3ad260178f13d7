import * as vscode from "vscode";
import { Owner } from "../../../base/disposable.js";
import { shapeText } from "../../../reading/layout.js";
import type { LineNote } from "../../../reading/notes.js";
import type { ModelReading } from "../../../reading/types.js";
import { inputReason, isGuessed, layerHint, lineHint, modelHint, namedInputs } from "../../../reading/words.js";
import type { HintPart } from "../../../shape/words.js";
import { COMMANDS } from "../../ids.js";
import { shownParts } from "../hints.js";
import { StaleHints } from "../staleHints.js";
import type { CodeAnalyses, PlacedCode, ShownCode } from "./codeAnalyses.js";
import { placeOf } from "./remembered.js";

/** A hint, and whether it is one of before. */
interface Said {
  readonly hint: vscode.InlayHint;
  readonly stale: boolean;
}

/** Shapes at the ends of lines that make layers or yield tensors. */
export class CodeHints extends Owner implements vscode.InlayHintsProvider {
  readonly #changed = this._register(new vscode.EventEmitter<void>());
  readonly onDidChangeInlayHints = this.#changed.event;
  readonly #stale = this._register(new StaleHints());

  constructor(private readonly analyses: CodeAnalyses) {
    super();
  }

  /** Settings or readings have changed. */
  refresh(): void {
    this.#changed.fire();
  }

  async provideInlayHints(document: vscode.TextDocument, visible: vscode.Range): Promise<vscode.InlayHint[]> {
    const shown = await this.analyses.of(document);
    const said = shown ? hintsOf(document, shown) : [];
    this.#stale.show(
      document,
      said.filter(({ stale }) => stale).map(({ hint: { position } }) => position.line),
    );
    const inSight = ({ line }: vscode.Position) => line >= visible.start.line && line <= visible.end.line;
    return said.map(({ hint }) => hint).filter(({ position }) => inSight(position));
  }
}

function hintsOf(document: vscode.TextDocument, shown: ShownCode): Said[] {
  const parts = shownParts(document);
  const signatures = new Set<number>();
  return [shown, ...shown.lost].flatMap((code) =>
    [...noteHints(document, code, parts), ...inputHints(document, code, parts, signatures)].map((hint) => ({ hint, stale: code.stale })),
  );
}

function noteHints(document: vscode.TextDocument, { analysis, here }: PlacedCode, parts: readonly HintPart[]): vscode.InlayHint[] {
  return analysis.notes.flatMap((note) => {
    const range = placeOf(note);
    const place = range && here(range);
    const text = place && noteText(note, parts);
    return text ? hint(document, place.end.line, text) : [];
  });
}

/** The shapes of a model's inputs, where its function names them; a guess is a link that says them. Of several models with one function the first tells. */
function inputHints(
  document: vscode.TextDocument,
  { analysis: { targets, readings }, here }: PlacedCode,
  parts: readonly HintPart[],
  seen: Set<number>,
): vscode.InlayHint[] {
  if (!parts.includes("shape")) return [];
  return readings.flatMap((reading, i) => {
    const { signature, inputs } = reading;
    const target = targets[i];
    const line = signature && here(signature.range)?.end.line;
    if (line === undefined || !target || inputs.length === 0 || seen.has(line)) return [];
    seen.add(line);
    return hint(document, line, isGuessed(reading) ? [guess(reading, document.uri, target.expression)] : namedInputs(reading));
  });
}

function guess(reading: ModelReading, uri: vscode.Uri, expression: string): vscode.InlayHintLabelPart {
  const part = new vscode.InlayHintLabelPart(namedInputs(reading));
  part.tooltip = inputReason(reading);
  part.command = { title: "Set Input", command: COMMANDS.setInput, arguments: [uri, expression] };
  return part;
}

/** A hint at the end of a line; none where the text has become shorter meanwhile. */
function hint(document: vscode.TextDocument, line: number, label: string | vscode.InlayHintLabelPart[]): vscode.InlayHint[] {
  if (line >= document.lineCount) return [];
  const made = new vscode.InlayHint(document.lineAt(line).range.end, label);
  made.paddingLeft = true;
  return [made];
}

function noteText({ layers, yields, makes }: LineNote, parts: readonly HintPart[]): string | undefined {
  if (makes) return modelHint(makes.reading, parts);
  if (yields) return parts.includes("shape") ? shapeText(yields.shape, yields.reading.layout) : undefined;
  return lineHint(layers.flatMap(({ layer, reading, field }) => layerHint(layer, reading, field, parts) ?? []));
}
