import type { Fix } from "../../base/problem.js";
import type { LayerFix } from "../../layers/kind.js";
import type { Layer } from "../network.js";

/** Writes fixes of layers as edits of the text that the network was read from. */
export function cnnJsonFixes(text: string): (layer: Layer, fix: LayerFix) => Fix {
  return (layer, fix) =>
    "insertBefore" in fix ? insertLayer(text, layer, fix.title, fix.insertBefore) : setArguments(layer, fix.title, fix.set);
}

function setArguments(layer: Layer, title: string, values: Readonly<Record<string, unknown>>): Fix {
  const added: string[] = [];
  const edits = [];
  for (const [name, value] of Object.entries(values)) {
    const range = layer.argumentRanges.get(name);
    if (range) edits.push({ range, text: written(value) });
    else added.push(`, ${written(name)}: ${written(value)}`);
  }
  // Behind the last value, so that neither a comma nor a comment after it is in the way.
  const end = Math.max(...[...layer.argumentRanges.values()].map((range) => range.end));
  if (added.length > 0) edits.push({ range: { start: end, end }, text: added.join("") });
  return { title, edits };
}

/** A line of its own above the layer, with the layer's indentation. The new layer takes over the layer's inputs where it names any. */
function insertLayer(text: string, layer: Layer, title: string, entries: Readonly<Record<string, unknown>>): Fix {
  const { start } = layer.range;
  const indent = /[ \t]*$/.exec(text.slice(0, start))?.[0] ?? "";
  const inputs = layer.argumentRanges.get("inputs");
  const name = `before_${layer.name}`;
  const inserted = inputs ? { ...entries, name, inputs: layer.inputs } : entries;
  const edits = [{ range: { start, end: start }, text: `${written(inserted)},\n${indent}` }];
  if (inputs) edits.push({ range: inputs, text: written(name) });
  return { title: `${title} before ${layer.name}`, edits };
}

/** JSON on one line, spaced as people type it. */
function written(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(written).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).map(([key, entry]) => `${written(key)}: ${written(entry)}`);
  return `{ ${entries.join(", ")} }`;
}
