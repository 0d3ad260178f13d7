import type { TextRange } from "../../base/text.js";
import { isCount, quote } from "../../layers/arguments.js";
import { LARGEST_RANK } from "../../layers/axes.js";
import { readFields } from "../../layers/fields.js";
import { suggest } from "../../layers/suggest.js";
import type { Layer, Network, ReadNetwork } from "../network.js";
import { DEFAULT_TRAINING, type TrainingConfig } from "../training.js";
import { TRAINING_ARGUMENTS } from "../trainingArguments.js";
import { INPUT, nameLayers } from "./names.js";
import { ProblemList } from "./problems.js";
import { readLayer } from "./readLayer.js";
import { parseJson } from "./syntax.js";
import { ArrayNode, type JsonNode, ObjectNode, type Property, valueAt } from "./tree.js";

const KEYS = ["input", "layers", "training", "name", "$schema"];
const SUFFIX = /(\.cnn)?\.json$/i;

/**
 * Reads a `*.cnn.json` file: JSON with comments. Never throws; what cannot be understood is left out of the network and is a problem.
 * A layer that is left out leaves those behind it with an unknown input.
 */
export function readCnnJson(text: string, fileName: string): ReadNetwork {
  const problems = new ProblemList();
  const root = parseJson(text, problems);
  const file: TextRange = root ? { start: root.start, end: root.start + 1 } : { start: 0, end: Math.min(1, text.length) };
  if (!(root instanceof ObjectNode)) problems.add(file, "missing-argument", "A network is an object with input, layers and training");
  else {
    for (const property of root.properties) if (!KEYS.includes(property.key)) reportKey(property, problems);
    if (!root.property("input")) reportMissingInput(file, problems);
    if (!root.property("layers")) problems.add(file, "missing-argument", "The network needs layers, a list");
  }
  const network: Network = {
    name: readName(valueAt(root, "name"), fileName, problems),
    input: readInput(valueAt(root, "input"), problems),
    layers: readLayers(valueAt(root, "layers"), problems),
    training: readTraining(valueAt(root, "training"), problems),
  };
  return { network, problems: problems.all };
}

function reportKey(property: Property, problems: ProblemList): void {
  const { key } = property;
  const meant = suggest(key, KEYS);
  const fixes = meant ? [{ title: `Use ${meant}`, edits: [{ range: property, text: JSON.stringify(meant) }] }] : [];
  const advice = meant ? `did you mean ${meant}?` : "it knows input, layers, training and name";
  problems.add(property, "unknown-argument", `The network has no ${quote(key)}; ${advice}`, fixes);
}

function reportMissingInput(range: TextRange, problems: ProblemList): void {
  const end = { start: range.end, end: range.end };
  const fixes = [{ title: "Add input [28, 28, 1]", edits: [{ range: end, text: '\n  "input": [28, 28, 1],' }] }];
  problems.add(range, "missing-input", "The network needs an input, [height, width, channels]; 28x28 gray images are [28, 28, 1]", fixes);
}

function readName(node: JsonNode | undefined, fileName: string, problems: ProblemList): string {
  const name = node?.json;
  if (typeof name === "string" && name.trim() !== "") return name;
  if (node) problems.add(node, "wrong-value", `name is ${quote(name)}; use a text`);
  return (fileName.split(/[\\/]/).at(-1) ?? fileName).replace(SUFFIX, "");
}

function readInput(node: JsonNode | undefined, problems: ProblemList): Network["input"] {
  if (!node) return undefined;
  const { json } = node;
  const sizes: readonly unknown[] = Array.isArray(json) ? json : [];
  const shape = sizes.filter((size) => isCount(size, 1));
  if (shape.length === sizes.length && sizes.length >= 1 && sizes.length <= LARGEST_RANK) return { shape, range: node };
  problems.add(node, "wrong-value", `input is ${quote(json)}; use [height, width, channels], such as [28, 28, 1]`);
  return undefined;
}

function readLayers(node: JsonNode | undefined, problems: ProblemList): readonly Layer[] {
  if (!node) return [];
  if (!(node instanceof ArrayNode) || node.items.length === 0) {
    problems.add(node, "missing-argument", 'layers needs at least one layer, such as [{ "type": "flatten" }]');
    return [];
  }
  const names = nameLayers(node.items, problems);
  const all = [INPUT, ...names];
  const order = new Map(all.map((name, i) => [name, i]));
  return node.items.flatMap((child, i) => {
    const layer = readLayer(child, names[i] ?? "", all[i] ?? INPUT, { all, usable: i + 1, order }, problems);
    return layer ? [layer] : [];
  });
}

function readTraining(node: JsonNode | undefined, problems: ProblemList): TrainingConfig {
  if (!node) return DEFAULT_TRAINING;
  if (!(node instanceof ObjectNode)) {
    problems.add(node, "wrong-value", 'training is an object, such as { "data": "mnist", "epochs": 12 }');
    return DEFAULT_TRAINING;
  }
  const { values, issues } = readFields(TRAINING_ARGUMENTS, node.json);
  problems.addIssues("training", node, issues);
  if (!values) return DEFAULT_TRAINING;
  const { earlyStopping, ...training } = values;
  return { ...training, ...(earlyStopping && { earlyStopping }) };
}
