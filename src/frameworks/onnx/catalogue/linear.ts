import { reshaped } from "../../../interpret/channelsFirst.js";
import { rescaled, type Steps, step } from "../../../interpret/steps.js";
import { added, laid } from "./affine.js";
import type { Constant } from "./constant.js";
import { all, type Lowering } from "./operands.js";

/** alpha*(A B) + beta*C is beta*((alpha/beta)*(A B) + C), so that C is a bias as it is stored. */
const gemm: Lowering = (node) => {
  const { call } = node;
  const stored = node.constant(1);
  const matrix = call.number("transB", 0) === 1 ? stored?.permuted([1, 0]) : stored;
  const addend = node.constant(2);
  if (!matrix || !node.onFirst || node.rank !== 2 || call.number("transA", 0) === 1 || (node.given(2) && !addend)) return undefined;
  const alpha = call.number("alpha", 1);
  const beta = addend ? call.number("beta", 1) : 0;
  if (beta === 0) return [...rescaled(alpha, 0), dense(matrix)];
  const isVector = addend?.count === matrix.shape[1];
  const product = isVector ? [dense(matrix, addend)] : all([dense(matrix)], added(laid(addend, 2)));
  return all(rescaled(alpha / beta, 0), product, rescaled(beta, 0));
};

function dense(kernel: Constant, bias?: Constant) {
  const weights = { kernel: kernel.source, ...(bias && { bias: bias.source }) };
  return step("dense", { units: kernel.shape[1], useBias: bias !== undefined }, weights);
}

/** Over the last axis of rows; of more axes, a convolution with kernels of 1x1 over an image of one column. */
const matMul: Lowering = (node) => {
  const matrix = node.constant(1);
  if (!matrix || !node.onFirst || matrix.shape.length !== 2) return undefined;
  if (node.rank === 2) return [dense(matrix)];
  return node.rank === 3 ? overRows(node.input, node.output, matrix) : undefined;
};

function overRows([batch, rows, units]: readonly (number | undefined)[], output: readonly (number | undefined)[], matrix: Constant) {
  const [inputs = 1, filters = 1] = matrix.shape;
  const kernel = matrix.reshaped([1, 1, inputs, filters]) ?? matrix;
  const convolution = step("conv2d", { filters, kernelSize: 1, useBias: false }, { kernel: kernel.source });
  const image: Steps = [step("reshape", { targetShape: [rows, 1, units] })];
  const back = reshaped([batch, rows, filters, 1], output);
  return rows === undefined ? undefined : all(image, [convolution], back && [step("reshape", { targetShape: output.slice(1) })]);
}

export const LINEAR: Readonly<Record<string, Lowering>> = { Gemm: gemm, MatMul: matMul };
