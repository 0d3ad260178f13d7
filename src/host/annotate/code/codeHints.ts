import { channel } from "node:diagnostics_channel";
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

/** Tells whoever measures it, as the benchmarks do, how many milliseconds each answer took. */
const answered = channel("cnn-lab.hints");

/** What there is to say at the end of a line, and whether it was said of an earlier text. */
interface Said {
  readonly line: number;
  readonly stale: boolean;
  /** Made of what is in sight alone: there may be hundreds, for each keystroke. */
  label(): vscode.InlayHint["label"] | undefined;
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
    const start = performance.now();
    const hints = await this.#hints(document, visible);
    answered.publish(performance.now() - start);
    return hints;
  }

  async #hints(document: vscode.TextDocument, visible: vscode.Range): Promise<vscode.InlayHint[]> {
    const shown = await this.analyses.of(document);
    const said = shown ? saidOf(document, shown) : [];
    this.#stale.show(
      document,
      said.filter(({ stale }) => stale).map(({ line }) => line),
    );
    const inSight = said.filter(({ line }) => line >= visible.start.line && line <= visible.end.line);
    return inSight.flatMap(({ line, label }) => hint(document, line, label()));
  }
}

function saidOf(document: vscode.TextDocument, shown: ShownCode): Said[] {
  const parts = shownParts(document);
  const signatures = new Set<number>();
  return [shown, ...shown.lost].flatMap((code) => [...ofNotes(code, parts), ...ofInputs(document, code, parts, signatures)]);
}

function ofNotes({ analysis, stale, here }: PlacedCode, parts: readonly HintPart[]): Said[] {
  return analysis.notes.flatMap((note) => {
    const range = placeOf(note);
    const line = range && here(range)?.end.line;
    return line === undefined ? [] : { line, stale, label: () => noteText(note, parts) };
  });
}

/** The shapes of a model's inputs, where its function names them; a guess is a link that says them. Of several models with one function the first tells. */
function ofInputs(
  document: vscode.TextDocument,
  { analysis: { targets, readings }, stale, here }: PlacedCode,
  parts: readonly HintPart[],
  seen: Set<number>,
): Said[] {
  if (!parts.includes("shape")) return [];
  return readings.flatMap((reading, i) => {
    const { signature, inputs } = reading;
    const target = targets[i];
    const line = signature && here(signature.range)?.end.line;
    if (line === undefined || !target || inputs.length === 0 || seen.has(line)) return [];
    seen.add(line);
    const label = () => (isGuessed(reading) ? [guess(reading, document.uri, target.expression)] : namedInputs(reading));
    return { line, stale, label };
  });
}

function guess(reading: ModelReading, uri: vscode.Uri, expression: string): vscode.InlayHintLabelPart {
  const part = new vscode.InlayHintLabelPart(namedInputs(reading));
  part.tooltip = inputReason(reading);
  part.command = { title: "Set Input", command: COMMANDS.setInput, arguments: [uri, expression] };
  return part;
}

/** A hint at the end of a line; none where there is nothing to say, and where the text has become shorter meanwhile. */
function hint(document: vscode.TextDocument, line: number, label: vscode.InlayHint["label"] | undefined): vscode.InlayHint[] {
  if (!label || line >= document.lineCount) return [];
  const made = new vscode.InlayHint(document.lineAt(line).range.end, label);
  made.paddingLeft = true;
  return [made];
}

function noteText({ layers, yields, makes }: LineNote, parts: readonly HintPart[]): string | undefined {
  if (makes) return modelHint(makes.reading, parts);
  if (yields) return parts.includes("shape") ? shapeText(yields.shape, yields.reading.layout) : undefined;
  return lineHint(layers.flatMap(({ layer, reading, field }) => layerHint(layer, reading, field, parts) ?? []));
}
