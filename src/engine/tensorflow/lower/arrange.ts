import type { ReduceFunction } from "../../../program/types.js";
import { dtOf, type Graph, type Output } from "../graph.js";
import { DT } from "../savedModel.js";
import type { LoweringTable, Tensor } from "./lowering.js";

const REDUCE: Readonly<Record<ReduceFunction, string>> = { sum: "Sum", mean: "Mean", max: "Max" };

const typed = (tensor: Tensor) => ({ T: { type: dtOf(tensor.dtype) } });
const indexed = (tensor: Tensor) => ({ ...typed(tensor), Index: { type: DT.int32 } });

/** The first entry of a tensor's shape, int32 [1]. */
function exampleCount(graph: Graph, tensor: Tensor): Output {
  const begin = graph.ints([0]);
  const size = graph.ints([1]);
  return graph.add("Slice", [graph.shapeOf(tensor), begin, size], { T: { type: DT.int32 }, Index: { type: DT.int32 } });
}

/** Operations that move numbers about, or reduce along axes. */
export const arrange = {
  reduce: ({ graph, operation, input }) => [
    graph.add(REDUCE[operation.fn], [input(0).output, graph.ints(operation.axes)], {
      ...typed(input(0)),
      Tidx: { type: DT.int32 },
      keep_dims: { flag: operation.keepDims },
    }),
  ],
  broadcastTo: ({ graph, operation, input, inputs }) => {
    const like = inputs[1];
    const rest = operation.shape.slice(1);
    const attributes = { T: { type: DT.int32 }, Tidx: { type: DT.int32 }, N: { int: 2 } };
    const shape = like
      ? graph.add("ConcatV2", [exampleCount(graph, like), graph.ints(rest), graph.ints([0], [])], attributes)
      : graph.ints(operation.shape);
    return [graph.add("BroadcastTo", [input(0).output, shape], { ...typed(input(0)), Tidx: { type: DT.int32 } })];
  },
  reshape: ({ graph, operation, input }) => [
    graph.add("Reshape", [input(0).output, graph.ints(operation.shape)], { ...typed(input(0)), Tshape: { type: DT.int32 } }),
  ],
  transpose: ({ graph, operation, input }) => [
    graph.add("Transpose", [input(0).output, graph.ints(operation.permutation)], { ...typed(input(0)), Tperm: { type: DT.int32 } }),
  ],
  concat: ({ graph, operation, inputs, input }) => [
    graph.add("ConcatV2", [...inputs.map((each) => each.output), graph.ints([operation.axis], [])], {
      ...typed(input(0)),
      Tidx: { type: DT.int32 },
      N: { int: inputs.length },
    }),
  ],
  slice: ({ graph, operation, input }) => {
    const { shape } = input(0);
    const begin = graph.ints(shape.map((_, axis) => (axis === operation.axis ? operation.start : 0)));
    const size = graph.ints(shape.map((_, axis) => (axis === operation.axis ? operation.size : -1)));
    return [graph.add("Slice", [input(0).output, begin, size], indexed(input(0)))];
  },
  batchSize: ({ graph, input }) => {
    const count = graph.add("Reshape", [exampleCount(graph, input(0)), graph.ints([])], {
      T: { type: DT.int32 },
      Tshape: { type: DT.int32 },
    });
    return [graph.add("Cast", [count], { SrcT: { type: DT.int32 }, DstT: { type: DT.float } })];
  },
} satisfies Partial<LoweringTable>;
