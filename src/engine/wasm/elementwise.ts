import { elementCount } from "../../program/shapes.js";
import type { BinaryFunction, UnaryFunction } from "../../program/types.js";
import { type Emits, type Step, type Tensor, WIDTH, type Workshop } from "./emit.js";
import { broadcastStrides, geometryOf, mergeAxes } from "./strides.js";

// In the order of the cases in kernels/elementwise.ts.
const UNARY: readonly UnaryFunction[] = [
  "negative",
  "exp",
  "log",
  "sqrt",
  "square",
  "absolute",
  "sign",
  "reciprocal",
  "relu",
  "elu",
  "sigmoid",
  "tanh",
  "softplus",
  "erf",
];
const DERIVATIVES = ["relu", "elu", "sigmoid", "tanh"] as const;
const BINARY: readonly BinaryFunction[] = ["add", "subtract", "multiply", "divide", "maximum", "minimum", "equal", "greater"];

function binary(fn: BinaryFunction, { kernels, table }: Workshop, y: Tensor, a: Tensor, b: Tensor): Step {
  const whole = a.dtype === "int32";
  if (a.dtype === "uint8" || (whole && fn === "divide")) throw new Error(`The wasm engine has no ${fn} of ${a.dtype}.`);
  const strides = [a, b].map((tensor) => broadcastStrides(tensor.shape, y.shape, WIDTH[tensor.dtype]));
  const axes = mergeAxes(y.shape, strides);
  const geometry = table(geometryOf(axes));
  const code = BINARY.indexOf(fn) + (whole ? BINARY.length : 0);
  return () => kernels.binary(code, a.address, b.address, y.address, geometry, axes.length);
}

/** The kernels that convert. Bytes are cut, not clamped, as integers are. */
function cast({ kernels, scratch }: Workshop, y: Tensor, x: Tensor): Step {
  const count = elementCount(x.shape);
  switch (`${x.dtype} ${y.dtype}` as const) {
    case "uint8 float32":
      return () => kernels.floatFromByte(x.address, y.address, count);
    case "int32 float32":
      return () => kernels.floatFromInt(x.address, y.address, count);
    case "uint8 int32":
      return () => kernels.intFromByte(x.address, y.address, count);
    case "float32 int32":
      return () => kernels.intFromFloat(x.address, y.address, count);
    case "int32 uint8":
      return () => kernels.byteFromInt(x.address, y.address, count);
    case "float32 uint8": {
      const whole = scratch(count * WIDTH.int32);
      return () => {
        kernels.intFromFloat(x.address, whole, count);
        kernels.byteFromInt(whole, y.address, count);
      };
    }
    default:
      return () => kernels.copy(x.address, y.address, count * WIDTH[x.dtype]);
  }
}

export const elementwise: Emits<"unary" | "leakyRelu" | "binary" | "unaryGradient" | "leakyReluGradient" | "cast" | "biasAdd"> = {
  unary: ({ fn }, { kernels }, y, x) => {
    const code = UNARY.indexOf(fn);
    const count = elementCount(x.shape);
    return () => kernels.unary(code, x.address, y.address, count);
  },
  unaryGradient: ({ fn }, { kernels }, dx, dy, y) => {
    const code = DERIVATIVES.indexOf(fn);
    const count = elementCount(y.shape);
    return () => kernels.unaryGradient(code, dy.address, y.address, dx.address, count);
  },
  leakyRelu: ({ alpha }, { kernels }, y, x) => {
    const count = elementCount(x.shape);
    return () => kernels.leaky(x.address, x.address, y.address, count, alpha);
  },
  leakyReluGradient: ({ alpha }, { kernels }, dx, dy, x) => {
    const count = elementCount(x.shape);
    return () => kernels.leaky(dy.address, x.address, dx.address, count, alpha);
  },
  binary: ({ fn }, workshop, y, a, b) => binary(fn, workshop, y, a, b),
  biasAdd: (_, workshop, y, x, bias) => binary("add", workshop, y, x, bias),
  cast: (_, workshop, y, x) => cast(workshop, y, x),
};
