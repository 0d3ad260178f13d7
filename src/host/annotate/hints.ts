import * as vscode from "vscode";
import { Owner } from "../../base/disposable.js";
import type { InferredLayer } from "../../shape/types.js";
import { HINT_PARTS, type HintPart, hintText } from "../../shape/words.js";
import { SETTINGS } from "../ids.js";
import { settingOf } from "../settings.js";
import type { Analyses } from "./analyses.js";
import { StaleHints } from "./staleHints.js";

/** Each layer's shape at the end of its line. */
export class NetworkHints extends Owner implements vscode.InlayHintsProvider {
  readonly #changed = this._register(new vscode.EventEmitter<void>());
  readonly onDidChangeInlayHints = this.#changed.event;
  readonly #stale = this._register(new StaleHints());

  constructor(private readonly analyses: Analyses) {
    super();
  }

  /** The setting has changed. */
  refresh(): void {
    this.#changed.fire();
  }

  provideInlayHints(document: vscode.TextDocument, visible: vscode.Range): vscode.InlayHint[] {
    const show = shownParts(document);
    const { analysis, range, stale } = this.analyses.of(document);
    const byLine = new Map<number, InferredLayer[]>();
    for (const layer of analysis.shapes.layers) {
      const { line } = range(layer.layer.range).end;
      if (layer.shape) byLine.set(line, [...(byLine.get(line) ?? []), layer]);
    }
    this.#stale.show(document, stale ? [...byLine.keys()] : []);
    return [...byLine].flatMap(([line, layers]) => {
      const isInSight = line >= visible.start.line && line <= visible.end.line;
      const text = isInSight && lineText(layers, show);
      if (!text) return [];
      const hint = new vscode.InlayHint(document.lineAt(line).range.end, text);
      hint.paddingLeft = true;
      return hint;
    });
  }
}

/** What the user wants beside lines. */
export function shownParts(document: vscode.TextDocument): readonly HintPart[] {
  const setting = settingOf(SETTINGS.hintsShow, document);
  return Array.isArray(setting) ? HINT_PARTS.filter((part) => setting.includes(part)) : ["shape"];
}

/** A line with many layers tells how many, the first and the last. */
function lineText(layers: readonly InferredLayer[], show: readonly HintPart[]): string | undefined {
  const [first, ...others] = layers.flatMap((layer) => hintText(layer, show) ?? []);
  return others.length === 0 ? first : `x${others.length + 1}: ${first} to ${others.at(-1)}`;
}
