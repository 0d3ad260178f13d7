import { FLOAT } from "../graph.js";
import type { LoweringTable } from "./lowering.js";

const CHANNELS_LAST = { ...FLOAT, data_format: { text: "NHWC" } } as const;

export const linear = {
  matMul: ({ graph, operation, input }) => [
    graph.add("MatMul", [input(0).output, input(1).output], {
      ...FLOAT,
      transpose_a: { flag: operation.transposeA },
      transpose_b: { flag: operation.transposeB },
    }),
  ],
  biasAdd: ({ graph, input }) => [graph.add("BiasAdd", [input(0).output, input(1).output], CHANNELS_LAST)],
  biasAddGradient: ({ graph, input }) => [graph.add("BiasAddGrad", [input(0).output], CHANNELS_LAST)],
} satisfies Partial<LoweringTable>;
