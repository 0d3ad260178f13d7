import type { InferredLayer } from "../../shape/types.js";
import { layerFacts, shapesText } from "../../shape/words.js";
import type { Analysis } from "./analysis.js";
import { fieldPicture } from "./fieldPicture.js";

/** What a layer has learnt. */
export interface Learnt {
  /** Source of an image of its kernels. */
  readonly image: string;
  /** What the image shows. */
  readonly title: string;
  /** Where it was learnt, in Markdown; short, as it stands in the heading: a hover has 250 pixels until it is scrolled. */
  readonly where: string;
}

/** A layer in Markdown: a heading with the shapes, a table of arithmetic, pictures of the receptive field and of the kernels side by side. */
export function hoverText(layer: InferredLayer, analysis: Analysis, learnt?: Learnt): string {
  const shapes = shapesText(layer);
  if (!shapes || !layer.shape) return `**${layer.layer.name}** unknown, ${reason(layer, analysis)}`;
  const input = analysis.network.input?.shape;
  const rows = layerFacts(layer, input).map(({ label, text }) => `| ${label} | \`${text}\` |`);
  const heading = `**${layer.layer.name}** \`${shapes.replace("->", "\u2192")}\`${learnt ? ` weights of ${learnt.where}` : ""}`;
  const parts = [heading, ["| | |", "|:--|:--|", ...rows].join("\n")];
  const pictures: string[] = [];
  if (layer.receptiveField && input) {
    const { size } = layer.receptiveField;
    pictures.push(`![Receptive field ${size.join("x")}](${fieldPicture(layer.receptiveField, input, layer.shape.output)})`);
  }
  if (learnt) pictures.push(`![Kernels of ${layer.layer.name}](${learnt.image} "${learnt.title}")`);
  if (pictures.length > 0) parts.push(pictures.join(" &nbsp; "));
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
