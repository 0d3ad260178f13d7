import type { GraphBuilder } from "../graphBuilder.js";
import type { UnaryFunction, Value } from "../types.js";
import { sumToShape } from "./broadcasting.js";
import type { GradientRules } from "./rule.js";

type UnaryRule = (b: GraphBuilder, dy: Value, x: Value, y: Value) => Value | undefined;

const byOutput =
  (fn: "relu" | "elu" | "sigmoid" | "tanh"): UnaryRule =>
  (b, dy, _, y) =>
    b.appendOne({ op: "unaryGradient", fn }, [dy, y], y.shape);

const unary: Readonly<Record<UnaryFunction, UnaryRule>> = {
  negative: (b, dy) => b.unary("negative", dy),
  exp: (b, dy, _, y) => b.multiply(dy, y),
  log: (b, dy, x) => b.divide(dy, x),
  sqrt: (b, dy, _, y) => b.divide(dy, b.multiply(y, b.scalar(2))),
  square: (b, dy, x) => b.multiply(dy, b.multiply(x, b.scalar(2))),
  absolute: (b, dy, x) => b.multiply(dy, b.unary("sign", x)),
  sign: () => undefined,
  reciprocal: (b, dy, _, y) => b.multiply(dy, b.unary("negative", b.unary("square", y))),
  relu: byOutput("relu"),
  elu: byOutput("elu"),
  sigmoid: byOutput("sigmoid"),
  tanh: byOutput("tanh"),
  softplus: (b, dy, x) => b.multiply(dy, b.unary("sigmoid", x)),
  erf: (b, dy, x) =>
    b.multiply(dy, b.multiply(b.unary("exp", b.unary("negative", b.unary("square", x))), b.scalar(2 / Math.sqrt(Math.PI)))),
};

/** 1 where `winner` is larger, 1/2 where both are equal, else 0. */
const share = (b: GraphBuilder, winner: Value, other: Value): Value =>
  b.add(b.binary("greater", winner, other), b.multiply(b.binary("equal", winner, other), b.scalar(0.5)));

export const elementwise: GradientRules<"unary" | "leakyRelu" | "binary" | "cast"> = {
  unary: ({ builder, operation, dy, y }, x) => [unary[operation.fn](builder, dy, x, y)],
  leakyRelu: ({ builder, operation, dy }, x) => [builder.appendOne({ op: "leakyReluGradient", alpha: operation.alpha }, [dy, x], x.shape)],
  binary: ({ builder: b, operation, dy, y }, left, right) => {
    const gradients = (): readonly Value[] => {
      switch (operation.fn) {
        case "add":
          return [dy, dy];
        case "subtract":
          return [dy, b.unary("negative", dy)];
        case "multiply":
          return [b.multiply(dy, right), b.multiply(dy, left)];
        case "divide":
          return [b.divide(dy, right), b.unary("negative", b.divide(b.multiply(dy, y), right))];
        case "maximum":
          return [b.multiply(dy, share(b, left, right)), b.multiply(dy, share(b, right, left))];
        case "minimum":
          return [b.multiply(dy, share(b, right, left)), b.multiply(dy, share(b, left, right))];
        case "equal":
        case "greater":
          return [];
      }
    };
    const [first, second] = gradients();
    return [first && sumToShape(b, first, left.shape), second && sumToShape(b, second, right.shape)];
  },
  cast: ({ dy, y }, x) => [x.dtype === "float32" && y.dtype === "float32" ? dy : undefined],
};
