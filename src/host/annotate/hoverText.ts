import type { InferredLayer } from "../../shape/types.js";
import { layerFacts, shapesText } from "../../shape/words.js";
import type { Analysis } from "./analysis.js";
import { fieldPicture } from "./fieldPicture.js";

/** A layer in Markdown: a heading with the shapes, a table of arithmetic, the receptive field as a picture. */
export function hoverText(layer: InferredLayer, analysis: Analysis): string {
  const shapes = shapesText(layer);
  if (!shapes || !layer.shape) return `**${layer.layer.name}** unknown, ${reason(layer, analysis)}`;
  const input = analysis.network.input?.shape;
  const rows = layerFacts(layer, input).map(({ label, text }) => `| ${label} | \`${text}\` |`);
  const parts = [`**${layer.layer.name}** \`${shapes.replace("->", "\u2192")}\``, ["| | |", "|:--|:--|", ...rows].join("\n")];
  if (layer.receptiveField && input) {
    const { size } = layer.receptiveField;
    parts.push(`![Receptive field ${size.join("x")}](${fieldPicture(layer.receptiveField, input, layer.shape.output)})`);
  }
  return parts.join("\n\n");
}

function reason({ layer, inputs }: InferredLayer, { network, problems }: Analysis): string {
  if (!network.input) return "as the network's input is.";
  const missing = layer.inputs.find((_, i) => inputs[i] === undefined);
  if (missing !== undefined) return `depends on ${missing}, which has a problem.`;
  return (
    problems.find((problem) => problem.message.startsWith(`${layer.name}:`))?.message.slice(layer.name.length + 2) ?? "see its problem."
  );
}
