import type { Node } from "jsonc-parser";
import type { TextRange } from "../../base/text.js";
import { isCount, quote } from "../../layers/arguments.js";
import { readFields } from "../../layers/fields.js";
import { suggest } from "../../layers/suggest.js";
import type { Layer, Network, ReadNetwork } from "../network.js";
import { DEFAULT_TRAINING, type TrainingConfig } from "../training.js";
import { TRAINING_ARGUMENTS } from "../trainingArguments.js";
import { INPUT, nameLayers } from "./names.js";
import { ProblemList } from "./problems.js";
import { readLayer } from "./readLayer.js";
import { parseJson } from "./syntax.js";
import { entriesOf, jsonOf, type Property, propertiesOf, rangeOf } from "./tree.js";

const KEYS = ["input", "layers", "training", "name", "$schema"];
const SUFFIX = /(\.cnn)?\.json$/i;

/**
 * Reads a `*.cnn.json` file: JSON with comments. Never throws; what cannot be understood is left out of the network and is a problem.
 * A layer that is left out leaves those behind it with an unknown input.
 */
export function readCnnJson(text: string, fileName: string): ReadNetwork {
  const problems = new ProblemList();
  const root = parseJson(text, problems);
  const properties = propertiesOf(root);
  const file: TextRange = root ? { start: root.offset, end: root.offset + 1 } : { start: 0, end: Math.min(1, text.length) };
  if (root?.type !== "object") problems.add(file, "missing-argument", "A network is an object with input, layers and training");
  else {
    for (const [key, { key: node }] of properties) if (!KEYS.includes(key)) reportKey(key, node, problems);
    if (!properties.has("input")) reportMissingInput(root, problems);
    if (!properties.has("layers")) problems.add(file, "missing-argument", "The network needs layers, a list");
  }
  const network: Network = {
    name: readName(properties.get("name"), fileName, problems),
    input: readInput(properties.get("input")?.value, problems),
    layers: readLayers(properties.get("layers")?.value, problems),
    training: readTraining(properties.get("training")?.value, problems),
  };
  return { network, problems: problems.all };
}

function reportKey(key: string, node: Node, problems: ProblemList): void {
  const meant = suggest(key, KEYS);
  const fixes = meant ? [{ title: `Use ${meant}`, edits: [{ range: rangeOf(node), text: JSON.stringify(meant) }] }] : [];
  const advice = meant ? `did you mean ${meant}?` : "it knows input, layers, training and name";
  problems.add(rangeOf(node), "unknown-argument", `The network has no ${quote(key)}; ${advice}`, fixes);
}

function reportMissingInput(root: Node, problems: ProblemList): void {
  const range = { start: root.offset, end: root.offset + 1 };
  const end = { start: range.end, end: range.end };
  const fixes = [{ title: "Add input [28, 28, 1]", edits: [{ range: end, text: '\n  "input": [28, 28, 1],' }] }];
  problems.add(range, "missing-input", "The network needs an input, [height, width, channels]; 28x28 gray images are [28, 28, 1]", fixes);
}

function readName(property: Property | undefined, fileName: string, problems: ProblemList): string {
  const name: unknown = property?.value?.value;
  if (typeof name === "string" && name.trim() !== "") return name;
  if (property?.value) problems.add(rangeOf(property.value), "wrong-value", `name is ${quote(jsonOf(property.value))}; use a text`);
  return (fileName.split(/[\\/]/).at(-1) ?? fileName).replace(SUFFIX, "");
}

function readInput(node: Node | undefined, problems: ProblemList): Network["input"] {
  if (!node) return undefined;
  const json = jsonOf(node);
  const sizes: readonly unknown[] = Array.isArray(json) ? json : [];
  const shape = sizes.filter((size) => isCount(size, 1));
  if (shape.length === sizes.length && (sizes.length === 3 || sizes.length === 1)) return { shape, range: rangeOf(node) };
  const gray = `[${shape.join(", ")}, 1]`;
  const fixes = shape.length === 2 && sizes.length === 2 ? [{ title: `Use ${gray}`, edits: [{ range: rangeOf(node), text: gray }] }] : [];
  problems.add(
    rangeOf(node),
    "wrong-value",
    `input is ${quote(json)}; use [height, width, channels], such as ${fixes.length > 0 ? gray : "[28, 28, 1]"}`,
    fixes,
  );
  return undefined;
}

function readLayers(node: Node | undefined, problems: ProblemList): readonly Layer[] {
  if (!node) return [];
  if (node.type !== "array" || !node.children?.length) {
    problems.add(rangeOf(node), "missing-argument", 'layers needs at least one layer, such as [{ "type": "flatten" }]');
    return [];
  }
  const nodes = node.children.map((child) => ({ node: child, properties: propertiesOf(child) }));
  const names = nameLayers(nodes, problems);
  const all = [INPUT, ...names];
  const order = new Map(all.map((name, i) => [name, i]));
  return nodes.flatMap((child, i) => {
    const layer = readLayer(child, names[i] ?? "", all[i] ?? INPUT, { all, usable: i + 1, order }, problems);
    return layer ? [layer] : [];
  });
}

function readTraining(node: Node | undefined, problems: ProblemList): TrainingConfig {
  if (!node) return DEFAULT_TRAINING;
  if (node.type !== "object") {
    problems.add(rangeOf(node), "wrong-value", 'training is an object, such as { "data": "mnist", "epochs": 12 }');
    return DEFAULT_TRAINING;
  }
  const { values, issues } = readFields(TRAINING_ARGUMENTS, entriesOf(propertiesOf(node)));
  problems.addIssues("training", node, issues);
  if (!values) return DEFAULT_TRAINING;
  const { earlyStopping, ...training } = values;
  return { ...training, ...(earlyStopping && { earlyStopping }) };
}
