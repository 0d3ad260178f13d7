import type { LineIndex } from "../base/text.js";
import type { TensorShape } from "../interpret/tensor.js";
import type { ModelGraph, ModelNode, Sizes } from "../protocol/modelPanel.js";
import type { InputOrigin, ModelReading, ReadLayer } from "../reading/types.js";
import { TensorTable } from "./tensorTable.js";

/** What a panel says of a model beside what its reading knows. */
export interface GraphContext {
  readonly title: string;
  readonly format: string;
  readonly canTrain: boolean;
  /** The text beside; undefined for saved models. */
  readonly lines?: LineIndex;
  /** Names of weights that the reading stores nowhere, but whose numbers can be asked for. */
  readonly learnt?: ReadonlySet<string>;
}

const NOTES: Readonly<Record<InputOrigin, string>> = {
  asked: "",
  comment: "",
  setting: "",
  file: "",
  solved: "a guess: it fits the first dense layer",
  habit: "a guess: this framework's habit",
};

/** A reading as panels show it; checkpoints have tensors alone. */
export function readingGraph(reading: ModelReading, { lines, learnt = new Set(), ...context }: GraphContext): ModelGraph {
  const table = new TensorTable(reading, learnt);
  const nodes = reading.layers.map((layer) => nodeOf(layer, table, lines));
  const costs = nodes.flatMap(({ multiplyAdds }) => multiplyAdds ?? []);
  return {
    ...context,
    inputs: reading.inputs.map(sizesOf),
    inputNote: reading.inputs.length > 0 ? NOTES[reading.inputOrigin] : "",
    nodes,
    edges: reading.edges,
    tensors: table.tensors,
    totalParameters: reading.totalParameters ?? null,
    totalMultiplyAdds: costs.length > 0 ? costs.reduce((sum, cost) => sum + cost, 0) : null,
    problems: reading.problems.map(({ message, severity, range }) => {
      const isIn = ({ range: own }: ReadLayer) => own !== undefined && own.start <= range.start && range.end <= own.end;
      const node = lines ? reading.layers.findIndex(isIn) : -1;
      return { message, severity, node: node < 0 ? null : node };
    }),
    hasText: lines !== undefined,
  };
}

function nodeOf(layer: ReadLayer, table: TensorTable, lines: LineIndex | undefined): ModelNode {
  const { name, type, outputs, parameters, application, range } = layer;
  return {
    name,
    type,
    outputs: outputs.map(sizesOrNull),
    parameters: parameters ?? null,
    multiplyAdds: application?.multiplyAdds ?? null,
    line: lines && range ? lines.position(range.start).line + 1 : null,
    tensors: table.of(layer),
  };
}

export function sizesOf(shape: TensorShape): Sizes {
  return shape.map((size) => size ?? null);
}

export function sizesOrNull(shape: TensorShape | undefined): Sizes | null {
  return shape ? sizesOf(shape) : null;
}
