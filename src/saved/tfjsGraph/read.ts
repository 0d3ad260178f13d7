import { readFile } from "node:fs/promises";
import path from "node:path";
import { product } from "../../interpret/sizes.js";
import type { TensorShape } from "../../interpret/tensor.js";
import type { Application } from "../../interpret/trace.js";
import type { Edge, ModelReading, ReadLayer } from "../../reading/types.js";
import { elementCount, type WithTensors } from "../tensors.js";
import { GraphApplications } from "./catalogue/translate.js";
import { inferGraph, inOrder, inputOf, type KnownOutputs } from "./infer.js";
import { damaged, isJson, type Json, recordIn } from "./json.js";
import { type GraphNode, graphNodes } from "./nodes.js";
import { manifestOf, openWeight, smallConstants } from "./weights.js";

/**
 * Reads a graph model of TensorFlow.js (`model.json` with `modelTopology.node`): its nodes in the order they run with their shapes, and
 * its weights. Of the weight files only the few numbers are read that decide shapes. Throws UserError where the model is damaged.
 */
export async function readTfjsGraph(file: string): Promise<ModelReading> {
  const model = parse(await readFile(file, "utf8"), file);
  const topology = recordIn(model, "modelTopology");
  if (!topology) throw damaged(file, "it has no modelTopology");
  const nodes = inOrder(graphNodes(topology, file), file);
  const groups = manifestOf(model, file);
  const known = inferGraph(nodes, await smallConstants(groups));
  const tensors = groups.flatMap(({ weights }) => weights.map(({ name, shape, dtype }) => ({ name, shape, dtype })));
  const running = nodes.filter(({ op }) => op !== "Const");
  const constants = new Set(nodes.filter(({ op }) => op === "Const").map(({ name }) => name));
  const real = new Set(tensors.filter(({ dtype }) => dtype.startsWith("float")).map(({ name }) => name));
  const inputs = running.filter(({ op }) => op === "Placeholder");
  const applications = new GraphApplications(nodes, file, known);
  const tensorsOf = (ends: readonly GraphNode[]) => ends.flatMap(({ name }) => applications.tensor({ node: name, output: 0 }));
  return {
    framework: "tfjs",
    layout: "NHWC",
    target: path.basename(file),
    inputs: inputs.map((node) => shapeOf(node, known) ?? []),
    inputOrigin: "file",
    layers: running.map((node) => layerOf(node, { constants, real }, known, applications)),
    edges: edgesOf(running),
    outputs: outputsOf(running).map((node) => shapeOf(node, known)),
    ends: { inputs: tensorsOf(inputs), outputs: tensorsOf(outputsOf(running)) },
    totalParameters: tensors.reduce((sum, { shape }) => sum + elementCount(shape), 0),
    lines: [],
    tensors,
    problems: [],
  };
}

export const withTfjsGraphTensors: WithTensors = async (file, use) => {
  const groups = manifestOf(parse(await readFile(file, "utf8"), file), file);
  return use(async (name, useOne) => useOne(openWeight(groups, name, file)));
};

function parse(text: string, file: string): Json {
  try {
    const json: unknown = JSON.parse(text);
    if (isJson(json)) return json;
  } catch {
    // Told below.
  }
  throw damaged(file, "it is no JSON");
}

const shapeOf = ({ name }: GraphNode, known: KnownOutputs): TensorShape | undefined => known.get(name)?.[0]?.shape;

/** Names of constants, and of those that are real numbers: whole ones are axes and sizes. */
interface Stored {
  readonly constants: ReadonlySet<string>;
  readonly real: ReadonlySet<string>;
}

function layerOf(node: GraphNode, { constants, real }: Stored, known: KnownOutputs, applications: GraphApplications): ReadLayer {
  const weights = node.inputs.filter((input) => real.has(input.node));
  const layer: ReadLayer = {
    name: node.name,
    type: node.op,
    role: "layer",
    range: undefined,
    inputs: node.inputs.filter((input) => !constants.has(input.node)).map((input) => inputOf(input, known).shape),
    outputs: (known.get(node.name) ?? []).map(({ shape }) => shape),
    attributes: () => node.attributes.list(),
    get weights() {
      const names = [...weights.map(({ node: name }) => name), ...sourcesOf(applications.of(node))];
      return new Map(names.map((name) => [name, name]));
    },
    parameters: weights.reduce<number | undefined>((sum, input) => add(sum, product(inputOf(input, known).shape ?? [undefined])), 0),
  };
  if (node.op === "Placeholder") return layer;
  // Large graphs are mostly looked at.
  return Object.defineProperty(layer, "application", { enumerable: true, get: () => applications.of(node) });
}

/** Constants that reach a layer by way of other nodes. */
function sourcesOf(application: Application | undefined): string[] {
  return (application?.catalogue ?? []).flatMap(({ weights = {} }) => Object.values(weights).map(({ parameter }) => parameter));
}

const add = (a: number | undefined, b: number | undefined): number | undefined => (a === undefined || b === undefined ? undefined : a + b);

/** Which nodes feed which, by index; -1 stands for the model's inputs. */
function edgesOf(nodes: readonly GraphNode[]): Edge[] {
  const places = new Map(nodes.map(({ name }, at) => [name, at]));
  return nodes.flatMap(({ op, inputs }, to): Edge[] => {
    if (op === "Placeholder") return [[-1, to]];
    return inputs.flatMap(({ node }): Edge[] => {
      const from = places.get(node);
      return from === undefined ? [] : [[from, to]];
    });
  });
}

/** Nodes whose results nobody uses. */
function outputsOf(nodes: readonly GraphNode[]): GraphNode[] {
  const used = new Set(nodes.flatMap(({ inputs }) => inputs.map(({ node }) => node)));
  return nodes.filter(({ name }) => !used.has(name));
}
