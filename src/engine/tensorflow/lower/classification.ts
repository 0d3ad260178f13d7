import { FLOAT, type Graph, type Output } from "../graph.js";
import { DT } from "../savedModel.js";
import type { LoweringTable } from "./lowering.js";

const LABELS = { type: DT.int32 } as const;

/** int32 [2n] read as n unsigned numbers of 64 bits, low words first. */
const asWords64 = (graph: Graph, words: Output, count: number): Output => {
  const pairs = graph.add("Reshape", [words, graph.ints([count, 2])], { T: { type: DT.int32 }, Tshape: { type: DT.int32 } });
  return graph.add("Bitcast", [pairs], { T: { type: DT.int32 }, type: { type: DT.uint64 } });
};

/** TensorFlow's number of the Philox algorithm. */
const PHILOX = 1;

/** Losses, labels, and random numbers. */
export const classification = {
  softmax: ({ graph, input }) => [graph.add("Softmax", [input(0).output], FLOAT)],
  softmaxCrossEntropy: ({ graph, input }) => {
    const node = graph.add("SparseSoftmaxCrossEntropyWithLogits", [input(0).output, input(1).output], { ...FLOAT, Tlabels: LABELS });
    return [node, `${node}:1`];
  },
  oneHot: ({ graph, operation, input }) => {
    const depth = graph.ints([operation.depth], []);
    const inputs = [input(0).output, depth, graph.floats([1]), graph.floats([0])];
    return [graph.add("OneHot", inputs, { ...FLOAT, TI: LABELS, axis: { int: -1 } })];
  },
  argMax: ({ graph, input }) => [
    graph.add("ArgMax", [input(0).output, graph.ints([-1], [])], { ...FLOAT, Tidx: { type: DT.int32 }, output_type: LABELS }),
  ],
  inTopK: ({ graph, operation, input }) => {
    const inside = graph.add("InTopKV2", [input(0).output, input(1).output, graph.ints([operation.k], [])], { T: LABELS });
    return [graph.add("Cast", [inside], { SrcT: { type: DT.bool }, DstT: { type: DT.float } })];
  },
  // The counter's low 64 bits count blocks of four numbers from 0; its high 64 bits are the step, as in base/philox.ts.
  randomUniform: ({ graph, operation, input, seed }) => {
    const key = asWords64(graph, graph.ints([seed | 0, operation.stream | 0]), 1);
    const words = graph.add("ConcatV2", [graph.ints([0, 0]), input(1).output, graph.ints([0], [])], {
      T: { type: DT.int32 },
      Tidx: { type: DT.int32 },
      N: { int: 2 },
    });
    const inputs = [graph.shapeOf(input(0)), key, asWords64(graph, words, 2), graph.ints([PHILOX], [])];
    return [graph.add("StatelessRandomUniformV2", inputs, { dtype: { type: DT.float }, Tshape: { type: DT.int32 } })];
  },
} satisfies Partial<LoweringTable>;
