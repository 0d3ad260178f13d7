import type { BinaryFunction, UnaryFunction } from "../../../program/types.js";
import { dtOf, FLOAT } from "../graph.js";
import { DT } from "../savedModel.js";
import type { LoweringTable } from "./lowering.js";

const UNARY: Readonly<Record<UnaryFunction, string>> = {
  negative: "Neg",
  exp: "Exp",
  log: "Log",
  sqrt: "Sqrt",
  square: "Square",
  absolute: "Abs",
  sign: "Sign",
  reciprocal: "Reciprocal",
  relu: "Relu",
  elu: "Elu",
  sigmoid: "Sigmoid",
  tanh: "Tanh",
  softplus: "Softplus",
  erf: "Erf",
};

const BINARY: Readonly<Record<BinaryFunction, string>> = {
  add: "AddV2",
  subtract: "Sub",
  multiply: "Mul",
  divide: "RealDiv",
  maximum: "Maximum",
  minimum: "Minimum",
  equal: "Equal",
  greater: "Greater",
};

export const elementwise = {
  constant: ({ graph, operation, shape }) => [graph.floats(operation.values, shape)],
  unary: ({ graph, operation, input }) => [graph.add(UNARY[operation.fn], [input(0).output], FLOAT)],
  leakyRelu: ({ graph, operation, input }) => [graph.add("LeakyRelu", [input(0).output], { ...FLOAT, alpha: { float: operation.alpha } })],
  leakyReluGradient: ({ graph, operation, input }) => [
    graph.add("LeakyReluGrad", [input(0).output, input(1).output], { ...FLOAT, alpha: { float: operation.alpha } }),
  ],
  unaryGradient: ({ graph, operation, input }) => {
    const [dy, y] = [input(0).output, input(1).output];
    switch (operation.fn) {
      case "relu":
        return [graph.add("ReluGrad", [dy, y], FLOAT)];
      case "elu":
        return [graph.add("EluGrad", [dy, y], FLOAT)];
      case "sigmoid":
        return [graph.add("SigmoidGrad", [y, dy], FLOAT)];
      case "tanh":
        return [graph.add("TanhGrad", [y, dy], FLOAT)];
    }
  },
  binary: ({ graph, operation, input }) => {
    const [a, b] = [input(0), input(1)];
    const result = graph.add(BINARY[operation.fn], [a.output, b.output], { T: { type: dtOf(a.dtype) } });
    const compares = operation.fn === "equal" || operation.fn === "greater";
    return [compares ? graph.add("Cast", [result], { SrcT: { type: DT.bool }, DstT: { type: DT.float } }) : result];
  },
  cast: ({ graph, operation, input }) => [
    graph.add("Cast", [input(0).output], { SrcT: { type: dtOf(input(0).dtype) }, DstT: { type: dtOf(operation.dtype) } }),
  ],
} satisfies Partial<LoweringTable>;
