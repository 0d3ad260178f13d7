import * as vscode from "vscode";
import type { Analyses } from "./analyses.js";
import { hoverText } from "./hoverText.js";

/** What a layer does, with its numbers, anywhere on the layer. */
export class NetworkHover implements vscode.HoverProvider {
  constructor(private readonly analyses: Analyses) {}

  provideHover(document: vscode.TextDocument, position: vscode.Position): vscode.Hover | undefined {
    const { analysis, range } = this.analyses.of(document);
    for (const layer of analysis.shapes.layers) {
      const place = range(layer.layer.range);
      if (place.contains(position)) return new vscode.Hover(new vscode.MarkdownString(hoverText(layer, analysis)), place);
    }
    return undefined;
  }
}
