import { activation, alongBoth, rescaled, type Steps, step } from "../../../interpret/steps.js";
import { windowOf } from "./convolution.js";
import { type Lowering, type Operands, onFirst } from "./operands.js";

/** Max and average pooling of images and sequences. */
const pool = (kind: "max" | "average"): Lowering =>
  onFirst((node) => node.onImage(pooled(node, kind, node.call.number("count_include_pad", 0) === 1)));

function pooled(node: Operands, kind: "max" | "average", countPadding: boolean): Steps | undefined {
  const poolSize = node.call.numbers("kernel_shape") ?? [];
  const placed = windowOf(node, poolSize);
  if (!placed) return undefined;
  const { strides, dilationRate, padding } = placed;
  const isDilated = dilationRate.some((each) => each > 1);
  if (isDilated && kind === "average") return undefined;
  const args = {
    poolSize: alongBoth(poolSize, 1),
    strides,
    padding,
    ...(node.call.number("ceil_mode", 0) === 1 && node.call.text("auto_pad", "NOTSET") === "NOTSET" && { ceilMode: true }),
    ...(isDilated && { dilationRate }),
    ...(countPadding && { countPadding: true }),
  };
  return [step(kind === "max" ? "maxPooling2d" : "averagePooling2d", args)];
}

/** (sum of |x|^p under the window)^(1/p): an average of powers, times the window's area. */
const powerPool: Lowering = onFirst((node) => {
  const p = node.call.number("p", 2);
  const average = node.call.number("ceil_mode", 0) === 1 ? undefined : pooled(node, "average", true);
  const area = (node.call.numbers("kernel_shape") ?? []).reduce((product, size) => product * size, 1);
  const power = (exponent: number) => step("power", { exponent });
  return node.onImage(average && [activation("absolute"), power(p), ...average, ...rescaled(area, 0), power(1 / p)]);
});

const global = (type: string): Lowering =>
  onFirst((node) => (node.input.includes(undefined) ? undefined : node.onImage([step(type, { keepDims: true })])));

export const POOLS: Readonly<Record<string, Lowering>> = {
  MaxPool: pool("max"),
  AveragePool: pool("average"),
  LpPool: powerPool,
  GlobalMaxPool: global("globalMaxPooling2d"),
  GlobalAveragePool: global("globalAveragePooling2d"),
};
