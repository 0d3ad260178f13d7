import type { TextRange } from "../../base/text.js";
import { quote } from "../../layers/arguments.js";
import { LAYERS, layerKind } from "../../layers/catalogue.js";
import { readFields } from "../../layers/fields.js";
import type { LayerKind } from "../../layers/kind.js";
import { suggest } from "../../layers/suggest.js";
import type { Layer } from "../network.js";
import type { ProblemList } from "./problems.js";
import { ArrayNode, type JsonNode, ObjectNode, valueAt } from "./tree.js";

/** Keys that every layer may have beside its arguments. */
const COMMON_KEYS = ["type", "name", "inputs", "weightsOf"];

/** One layer; undefined where too little of it can be understood. `previous` is what it takes where it names no inputs. */
export function readLayer(node: JsonNode, name: string, previous: string, names: EarlierNames, problems: ProblemList): Layer | undefined {
  if (!(node instanceof ObjectNode)) {
    problems.add(node, "wrong-value", `${name}: a layer is an object, such as { "type": "flatten" }`);
    return undefined;
  }
  const kind = readKind(node, name, problems);
  if (!kind) return undefined;
  const { values, issues } = readFields(kind.arguments, node.json, COMMON_KEYS);
  if (issues.length > 0) problems.addIssues(name, node, issues);
  const inputs = readInputs(valueAt(node, "inputs"), name, names, problems);
  const weightsOf = readWeightsOf(valueAt(node, "weightsOf"), name, names, problems);
  if (!values) return undefined;
  const argumentRanges = new Map<string, TextRange>();
  for (const { key, value } of node.properties) if (value) argumentRanges.set(key, value);
  return {
    name,
    kind,
    args: values,
    inputs: inputs ?? [previous],
    ...(weightsOf !== undefined && { weightsOf }),
    range: node,
    argumentRanges,
  };
}

/** Which names a layer may use as inputs, and which exist but come later. */
export interface EarlierNames {
  readonly all: readonly string[];
  /** Only the first so many. */
  readonly usable: number;
  /** Position of each name in `all`. */
  readonly order: ReadonlyMap<string, number>;
}

const TYPES = LAYERS.map((kind) => kind.type);
const USUAL = "conv2d, maxPooling2d, flatten or dense";

function readKind(node: ObjectNode, name: string, problems: ProblemList): LayerKind | undefined {
  const type = node.json["type"];
  const kind = typeof type === "string" ? layerKind(type) : undefined;
  if (kind) return kind;
  const typeNode = valueAt(node, "type");
  if (!typeNode) problems.add(node, "missing-argument", `${name}: needs a type, such as ${USUAL}`);
  else {
    const meant = typeof type === "string" ? suggest(type, TYPES) : undefined;
    const message = `There is no layer ${quote(type)}; ${meant ? `did you mean ${meant}?` : `use a known type, such as ${USUAL}`}`;
    const fixes = meant ? [{ title: `Use ${meant}`, edits: [{ range: typeNode, text: JSON.stringify(meant) }] }] : [];
    problems.add(typeNode, "unknown-layer", message, fixes);
  }
  return undefined;
}

/** Names as given, known or not: what an unknown one yields is unknown, and so is this layer. Undefined where none are given. */
function readInputs(node: JsonNode | undefined, name: string, names: EarlierNames, problems: ProblemList): readonly string[] | undefined {
  if (!node) return undefined;
  const entries = node instanceof ArrayNode ? node.items : [node];
  if (entries.length === 0 || entries.some((entry) => typeof entry.json !== "string")) {
    problems.add(node, "wrong-value", `${name}: inputs is ${quote(node.json)}; use names of earlier layers, such as ["conv2d_1"]`);
    return [];
  }
  for (const entry of entries) checkEarlier("input", entry, name, names, problems);
  return entries.map((entry) => String(entry.json));
}

/** A name as given, known or not. */
function readWeightsOf(node: JsonNode | undefined, name: string, names: EarlierNames, problems: ProblemList): string | undefined {
  if (!node) return undefined;
  const { json } = node;
  if (typeof json !== "string") {
    problems.add(node, "wrong-value", `${name}: weightsOf is ${quote(json)}; use the name of an earlier layer`);
    return undefined;
  }
  checkEarlier("weightsOf", node, name, names, problems);
  return json;
}

/** Of all that comes before a layer, only the first is no layer: the network's input. */
function checkEarlier(
  use: "input" | "weightsOf",
  node: JsonNode,
  name: string,
  { all, usable, order }: EarlierNames,
  problems: ProblemList,
): void {
  const first = use === "input" ? 0 : 1;
  const wanted = String(node.json);
  const position = order.get(wanted);
  if (position !== undefined && position >= first && position < usable) return;
  const meant = suggest(wanted, all.slice(first, usable));
  const what =
    position === undefined
      ? "does not exist"
      : position < first
        ? "is no layer"
        : position === usable
          ? "is this layer itself"
          : "comes later in the file";
  const other = use === "input" ? "use an earlier layer, or input" : "use an earlier layer";
  const message = `${use} ${quote(wanted)} ${what}; ${meant ? `did you mean ${meant}?` : other}`;
  const fixes = meant ? [{ title: `Use ${meant}`, edits: [{ range: node, text: JSON.stringify(meant) }] }] : [];
  problems.add(node, "unknown-input", `${name}: ${message}`, fixes);
}
