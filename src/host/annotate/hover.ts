import * as vscode from "vscode";
import { COMMANDS } from "../ids.js";
import type { Analyses } from "./analyses.js";
import { hoverText } from "./hoverText.js";
import { learntBy, type RunsOf } from "./learnt.js";

/** What a layer does, with its numbers, and what it has learnt, anywhere on the layer. */
export class NetworkHover implements vscode.HoverProvider {
  constructor(
    private readonly analyses: Analyses,
    private readonly runsOf: RunsOf,
  ) {}

  async provideHover(document: vscode.TextDocument, position: vscode.Position): Promise<vscode.Hover | undefined> {
    const { analysis, range } = this.analyses.of(document);
    const found = analysis.shapes.layers.find(({ layer }) => range(layer.range).contains(position));
    if (!found) return undefined;
    const place = range(found.layer.range); // before anything is typed meanwhile
    const learnt = await learntBy(await this.runsOf(document.uri), found);
    const markdown = new vscode.MarkdownString(hoverText(found, analysis, learnt));
    markdown.isTrusted = { enabledCommands: [COMMANDS.openRun] };
    return new vscode.Hover(markdown, place);
  }
}
