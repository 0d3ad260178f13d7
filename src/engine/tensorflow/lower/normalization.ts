import { FLOAT, type Graph, type Output } from "../graph.js";
import { DT } from "../savedModel.js";
import type { LoweringTable, Tensor } from "./lowering.js";

const attributes = (epsilon: number, training: boolean) => ({
  ...FLOAT,
  U: { type: DT.float },
  epsilon: { float: epsilon },
  is_training: { flag: training },
  data_format: { text: "NHWC" },
});

const reshape = (graph: Graph, output: Output, shape: readonly number[]): Output =>
  graph.add("Reshape", [output, graph.ints(shape)], { T: { type: DT.float }, Tshape: { type: DT.int32 } });

/** The kernels take images only: everything before the channels becomes their examples. */
function asImages(graph: Graph, { output, shape }: Tensor): Output {
  return shape.length === 4 ? output : reshape(graph, output, [-1, 1, 1, shape.at(-1) ?? 1]);
}

const fromImages = (graph: Graph, output: Output, { shape }: Tensor): Output =>
  shape.length === 4 ? output : reshape(graph, output, shape);

/**
 * Batch normalization by TensorFlow's fused kernels. Outputs 1 and 2 are for moving statistics, with the unbiased variance; 3 and 4
 * are what the gradient wants, mean and biased variance: ours.
 */
export const normalization = {
  batchNormTraining: ({ graph, operation, input }) => {
    const none = graph.floats([], [0]);
    const inputs = [asImages(graph, input(0)), input(1).output, input(2).output, none, none];
    const node = graph.add("FusedBatchNormV3", inputs, { ...attributes(operation.epsilon, true), exponential_avg_factor: { float: 1 } });
    return [fromImages(graph, node, input(0)), `${node}:3`, `${node}:4`];
  },
  batchNormTrainingGradient: ({ graph, operation, input }) => {
    const [dy, x, gamma, mean, variance] = [input(0), input(1), input(2), input(3), input(4)];
    const inputs = [asImages(graph, dy), asImages(graph, x), gamma.output, mean.output, variance.output, graph.floats([], [0])];
    const node = graph.add("FusedBatchNormGradV3", inputs, attributes(operation.epsilon, true));
    return [fromImages(graph, node, x), `${node}:1`, `${node}:2`];
  },
  batchNormInference: ({ graph, operation, input }) => {
    const statistics = [1, 2, 3, 4].map((index) => input(index).output);
    const node = graph.add("FusedBatchNormV3", [asImages(graph, input(0)), ...statistics], attributes(operation.epsilon, false));
    return [fromImages(graph, node, input(0))];
  },
} satisfies Partial<LoweringTable>;
