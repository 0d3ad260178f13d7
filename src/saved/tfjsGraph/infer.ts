import { ARITHMETIC } from "./arithmetic.js";
import { ARRANGEMENT } from "./arrangement.js";
import { damaged } from "./json.js";
import type { GraphNode, NodeInput } from "./nodes.js";
import { Inputs, type Known, type Operation, UNKNOWN } from "./operation.js";
import { WINDOWS } from "./windows.js";

export const OPERATIONS: ReadonlyMap<string, Operation> = new Map(Object.entries({ ...ARITHMETIC, ...ARRANGEMENT, ...WINDOWS }));

/** What is known of the outputs of each node. */
export type KnownOutputs = ReadonlyMap<string, readonly Known[]>;

/** Goes through a graph in the order it runs. `constants` are numbers of weights that decide shapes. */
export function inferGraph(nodes: readonly GraphNode[], constants: ReadonlyMap<string, readonly number[]>): KnownOutputs {
  const known = new Map<string, readonly Known[]>();
  for (const node of nodes) known.set(node.name, outputsOf(node, known, constants));
  return known;
}

export function inputOf({ node, output }: NodeInput, known: KnownOutputs): Known {
  return known.get(node)?.[output] ?? UNKNOWN;
}

function outputsOf(node: GraphNode, known: KnownOutputs, constants: ReadonlyMap<string, readonly number[]>): readonly Known[] {
  if (node.op === "Const") {
    const tensor = node.attributes.tensor("value");
    return [{ shape: tensor?.shape, values: constants.get(node.name) ?? tensor?.values }];
  }
  const inputs = new Inputs(node.inputs.map((input) => inputOf(input, known)));
  return OPERATIONS.get(node.op)?.(inputs, node.attributes) ?? [UNKNOWN];
}

/** Loops of TensorFlow 1 go round by these; all other cycles are mistakes. */
const LOOPS: ReadonlySet<string> = new Set(["NextIteration", "RefNextIteration"]);

/** The nodes so that inputs come first. Throws UserError where an input is missing, or where they go round in a circle. */
export function inOrder(nodes: readonly GraphNode[], file: string): GraphNode[] {
  const byName = new Map(nodes.map((node) => [node.name, node]));
  const needs = new Map<GraphNode, number>();
  const users = new Map<GraphNode, GraphNode[]>();
  for (const node of nodes) {
    let count = 0;
    for (const { node: name } of node.inputs) {
      const maker = byName.get(name);
      if (!maker) throw damaged(file, `${node.name} needs ${name}, which is not there`);
      if (LOOPS.has(maker.op)) continue;
      count++;
      const known = users.get(maker);
      if (known) known.push(node);
      else users.set(maker, [node]);
    }
    needs.set(node, count);
  }
  const ready = nodes.filter((node) => needs.get(node) === 0);
  for (let at = 0; at < ready.length; at++) {
    const done = ready[at];
    for (const user of (done && users.get(done)) ?? []) {
      const left = (needs.get(user) ?? 0) - 1;
      needs.set(user, left);
      if (left === 0) ready.push(user);
    }
  }
  const stuck = nodes.find((node) => (needs.get(node) ?? 0) > 0);
  if (stuck) throw damaged(file, `${stuck.name} needs its own result`);
  return ready;
}
