import { layerKind } from "../../layers/catalogue.js";
import type { ProblemList } from "./problems.js";
import { type JsonNode, ObjectNode, valueAt } from "./tree.js";

/** Begins with a letter; then letters, digits, _, - and dots. */
export const NAME_PATTERN = "^[A-Za-z][A-Za-z0-9_.-]*$";
const nameForm = new RegExp(NAME_PATTERN);

/** Name of the network's input, for `inputs`. */
export const INPUT = "input";

/** The name of each layer, in order: given, or its type with a number, counted over the unnamed layers of the type. */
export function nameLayers(nodes: readonly JsonNode[], problems: ProblemList): readonly string[] {
  const taken = new Set<string>([INPUT]);
  const given = nodes.map((node) => givenName(node, taken, problems));
  return number(nodes, given, taken);
}

/** The name a layer says, if it may have it. */
function givenName(layer: JsonNode, taken: Set<string>, problems: ProblemList): string | undefined {
  const node = valueAt(layer, "name");
  if (!node) return undefined;
  const name = node.json;
  if (typeof name === "string" && nameForm.test(name)) {
    if (!taken.has(name)) {
      taken.add(name);
      return name;
    }
    const what = name === INPUT ? "is what the network's input is called" : "is the name of an earlier layer too";
    problems.add(node, "duplicate-name", `${name}: ${what}; use a name of its own`);
    return undefined;
  }
  const message = `name is ${typeof name === "object" ? "no text" : JSON.stringify(name)}; use letters, digits, _, - and dots, a letter first`;
  problems.add(node, "wrong-value", message);
  return undefined;
}

function number(nodes: readonly JsonNode[], kept: readonly (string | undefined)[], taken: Set<string>): readonly string[] {
  const types = nodes.map((node) => {
    const type = node instanceof ObjectNode ? node.json["type"] : undefined;
    return typeof type === "string" && nameForm.test(type) ? type : "layer";
  });
  const unnamed = new Map<string, number>();
  for (const [i, type] of types.entries()) if (kept[i] === undefined) unnamed.set(type, (unnamed.get(type) ?? 0) + 1);
  const counted = new Map<string, number>();
  return types.map((type, i) => {
    const name = kept[i];
    if (name !== undefined) return name;
    if (layerKind(type)?.singular && unnamed.get(type) === 1 && !taken.has(type)) return type;
    let count = counted.get(type) ?? 0;
    do count++;
    while (taken.has(`${type}_${count}`));
    counted.set(type, count);
    return `${type}_${count}`;
  });
}
