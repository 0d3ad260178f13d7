import * as vscode from "vscode";
import { channelsLast } from "../../../reading/layout.js";
import type { NotedLayer } from "../../../reading/notes.js";
import { layerShapes, readLayerFacts } from "../../../reading/words.js";
import { COMMANDS } from "../../ids.js";
import { fieldPicture } from "../fieldPicture.js";
import type { Learnt } from "../hoverText.js";
import type { RunsOf } from "../learnt.js";
import type { CodeAnalyses } from "./codeAnalyses.js";
import { learntInCode } from "./codeLearnt.js";

/** Layers of one line that are told whole; of more there is a list. */
const WHOLE = 1;
/** Entries of that list. */
const LISTED = 24;

/** What the layers made at a line do, with their numbers, anywhere on their constructor. */
export class CodeHover implements vscode.HoverProvider {
  constructor(
    private readonly analyses: CodeAnalyses,
    private readonly runsOf: RunsOf,
  ) {}

  async provideHover(document: vscode.TextDocument, position: vscode.Position): Promise<vscode.Hover | undefined> {
    const shown = await this.analyses.of(document);
    if (!shown) return undefined;
    for (const { code, layers } of [shown, ...shown.lost].flatMap((each) => each.analysis.notes.map((note) => ({ code: each, ...note })))) {
      const here = layers.filter(({ layer: { range } }) => range && code.here(range)?.contains(position));
      const [first] = here;
      if (!first?.layer.range) continue;
      const place = code.range(first.layer.range); // before anything is typed meanwhile
      const learnt = here.length > WHOLE ? undefined : await learntInCode(await this.runsOf(document.uri), first);
      const markdown = new vscode.MarkdownString(here.length > WHOLE ? listText(here) : layerText(first, learnt));
      markdown.isTrusted = { enabledCommands: [COMMANDS.openRun] };
      return new vscode.Hover(markdown, place);
    }
    return undefined;
  }
}

/** A layer in Markdown: a heading with the shapes, a table of arithmetic, pictures of the receptive field and of the kernels. */
function layerText({ layer, reading, field }: NotedLayer, learnt?: Learnt): string {
  const rows = readLayerFacts(layer, reading, field).map(({ label, text }) => `| ${label} | \`${text}\` |`);
  const name = layer.name === "" ? layer.type : `${layer.name} (${layer.type})`;
  const parts = [`${heading(name, layerShapes(layer, reading))}${learnt ? ` weights of ${learnt.where}` : ""}`];
  if (rows.length > 0) parts.push(["| | |", "|:--|:--|", ...rows].join("\n"));
  const input = reading.inputs[0] && channelsLast(reading.inputs[0], reading.layout);
  const output = layer.outputs[0] && channelsLast(layer.outputs[0], reading.layout);
  const pictures = [
    ...(field && input && output ? [`![Receptive field ${field.size.join("x")}](${fieldPicture(field, input, output)})`] : []),
    ...(learnt ? [`![Kernels of ${name}](${learnt.image} "${learnt.title}")`] : []),
  ];
  if (pictures.length > 0) parts.push(pictures.join(" &nbsp; "));
  return parts.join("\n\n");
}

/** The layers that one line makes. */
function listText(layers: readonly NotedLayer[]): string {
  const rows = layers
    .slice(0, LISTED)
    .map(({ layer, reading }) => `| ${layer.name || layer.type} | \`${layerShapes(layer, reading)?.replace("->", "→") ?? "?"}\` |`);
  const more = layers.length > LISTED ? [`and ${layers.length - LISTED} more`] : [];
  return [`**${layers.length} layers made here**`, ["| | |", "|:--|:--|", ...rows].join("\n"), ...more].join("\n\n");
}

function heading(name: string, shapes: string | undefined): string {
  return shapes ? `**${name}** \`${shapes.replace("->", "→")}\`` : `**${name}** shape unknown`;
}
