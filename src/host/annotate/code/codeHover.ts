import * as vscode from "vscode";
import { channelsLast } from "../../../reading/layout.js";
import type { NotedLayer } from "../../../reading/notes.js";
import { layerShapes, readLayerFacts } from "../../../reading/words.js";
import { fieldPicture } from "../fieldPicture.js";
import type { CodeAnalyses } from "./codeAnalyses.js";

/** Layers of one line that are told whole; of more there is a list. */
const WHOLE = 1;
/** Entries of that list. */
const LISTED = 24;

/** What the layers made at a line do, with their numbers, anywhere on their constructor. */
export class CodeHover implements vscode.HoverProvider {
  constructor(private readonly analyses: CodeAnalyses) {}

  async provideHover(document: vscode.TextDocument, position: vscode.Position): Promise<vscode.Hover | undefined> {
    const shown = await this.analyses.of(document);
    if (!shown) return undefined;
    for (const { layers } of shown.analysis.notes) {
      const here = layers.filter(({ layer: { range } }) => range && shown.here(range)?.contains(position));
      const [first] = here;
      if (!first?.layer.range) continue;
      const text = here.length > WHOLE ? listText(here) : layerText(first);
      return new vscode.Hover(new vscode.MarkdownString(text), shown.range(first.layer.range));
    }
    return undefined;
  }
}

/** A layer in Markdown: a heading with the shapes, a table of arithmetic, the receptive field as a picture. */
export function layerText({ layer, reading, field }: NotedLayer): string {
  const rows = readLayerFacts(layer, reading, field).map(({ label, text }) => `| ${label} | \`${text}\` |`);
  const parts = [heading(layer.name === "" ? layer.type : `${layer.name} (${layer.type})`, layerShapes(layer, reading))];
  if (rows.length > 0) parts.push(["| | |", "|:--|:--|", ...rows].join("\n"));
  const input = reading.inputs[0] && channelsLast(reading.inputs[0], reading.layout);
  const output = layer.outputs[0] && channelsLast(layer.outputs[0], reading.layout);
  if (field && input && output) parts.push(`![Receptive field ${field.size.join("x")}](${fieldPicture(field, input, output)})`);
  return parts.join("\n\n");
}

/** The layers that one line makes. */
export function listText(layers: readonly NotedLayer[]): string {
  const rows = layers
    .slice(0, LISTED)
    .map(({ layer, reading }) => `| ${layer.name || layer.type} | \`${layerShapes(layer, reading)?.replace("->", "→") ?? "?"}\` |`);
  const more = layers.length > LISTED ? [`and ${layers.length - LISTED} more`] : [];
  return [`**${layers.length} layers made here**`, ["| | |", "|:--|:--|", ...rows].join("\n"), ...more].join("\n\n");
}

function heading(name: string, shapes: string | undefined): string {
  return shapes ? `**${name}** \`${shapes.replace("->", "→")}\`` : `**${name}** shape unknown`;
}
