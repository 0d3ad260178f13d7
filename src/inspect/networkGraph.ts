import type { Problem } from "../base/problem.js";
import type { LineIndex } from "../base/text.js";
import type { Attribute } from "../interpret/trace.js";
import type { Layer, Network } from "../model/network.js";
import type { ModelGraph, ModelTensor, NodeDetails, Sizes } from "../protocol/modelPanel.js";
import { parameterCount } from "../shape/infer.js";
import type { InferredLayer, NetworkShapes } from "../shape/types.js";

/** A network with all that is known of its shapes. */
export interface KnownNetwork {
  readonly network: Network;
  readonly shapes: NetworkShapes;
  /** All that is wrong in either. */
  readonly problems: readonly Problem[];
}

export interface NetworkContext {
  readonly title: string;
  readonly lines: LineIndex;
  readonly canTrain: boolean;
  /** Tensors whose numbers can be asked for, by their variables' names ("conv1/kernel"). */
  readonly learnt: ReadonlySet<string>;
}

/** A network of our own as panels show it; its tensors are named as the program's variables. */
export function networkGraph({ network, shapes, problems }: KnownNetwork, { title, lines, canTrain, learnt }: NetworkContext): ModelGraph {
  const tensors: ModelTensor[] = [];
  const places = new Map(network.layers.map(({ name }, i) => [name, i]));
  const nodes = shapes.layers.map(({ layer, shape }) => {
    const own = (shape?.parameters ?? []).map((parameter) => {
      const name = `${layer.name}/${parameter.name}`;
      return tensors.push({ name, shape: parameter.shape, dtype: "float32", stored: learnt.has(name) }) - 1;
    });
    return {
      name: layer.name,
      type: layer.kind.type,
      outputs: [shape ? withBatch(shape.output) : null],
      parameters: shape ? parameterCount(shape, false) : null,
      multiplyAdds: shape?.multiplyAdds ?? null,
      line: lines.position(layer.range.start).line + 1,
      tensors: own,
    };
  });
  return {
    title,
    format: "CNN Lab network",
    inputs: network.input ? [withBatch(network.input.shape)] : [],
    inputNote: "",
    nodes,
    edges: network.layers.flatMap(({ inputs }, to) => inputs.map((from) => [places.get(from) ?? -1, to] as const)),
    tensors,
    totalParameters: shapes.totalParameters,
    totalMultiplyAdds: shapes.totalMultiplyAdds,
    problems: problems.map(({ message, severity, range }) => {
      const node = network.layers.findIndex((layer) => layer.range.start <= range.start && range.end <= layer.range.end);
      return { message, severity, node: node < 0 ? null : node };
    }),
    hasText: true,
    canTrain,
  };
}

/** What is known of a network's node beyond its row. */
export function networkDetails({ shapes }: KnownNetwork, node: number): NodeDetails {
  const inferred: InferredLayer | undefined = shapes.layers[node];
  return {
    node,
    inputs: inferred?.inputs.map((shape) => (shape ? withBatch(shape) : null)) ?? [],
    attributes: inferred ? attributesOf(inferred.layer) : [],
    formulas: inferred?.shape?.formulas() ?? [],
    activationBytes: inferred?.shape ? inferred.activationBytes : null,
    receptiveField: inferred?.receptiveField?.size ?? null,
  };
}

/** Networks are without a batch, which may be of any size. */
function withBatch(shape: readonly number[]): Sizes {
  return [null, ...shape];
}

function attributesOf({ kind, args }: Layer): Attribute[] {
  return Object.keys(kind.arguments).flatMap((name) => {
    const value = args[name];
    return value === undefined || value === null ? [] : [{ name, value: argumentText(value) }];
  });
}

/** "[3, 3]"; objects by their types, such as initializers: "truncatedNormal (deviation 0.05)". */
function argumentText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(argumentText).join(", ")}]`;
  if (typeof value !== "object" || value === null) return String(value);
  const { type, ...rest } = value as Readonly<Record<string, unknown>>;
  const others = Object.entries(rest).map(([name, each]) => `${name} ${argumentText(each)}`);
  if (typeof type !== "string") return others.join(", ");
  return others.length > 0 ? `${type} (${others.join(", ")})` : type;
}
