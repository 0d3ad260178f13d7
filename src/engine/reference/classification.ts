import { at, type Kernels, map, rowsOf, type Tensor } from "./tensor.js";

/** One number for each row of the last axis. */
function perRow(x: Tensor, fn: (row: Float64Array, index: number) => number): Tensor {
  const [rows, length] = rowsOf(x);
  return {
    shape: x.shape.slice(0, -1),
    data: Float64Array.from({ length: rows }, (_, row) => fn(x.data.subarray(row * length, (row + 1) * length), row)),
  };
}

/** log(sum(exp(row))) without overflow. */
function logSumExp(row: Float64Array): number {
  const largest = row.reduce((a, b) => Math.max(a, b));
  return largest + Math.log(row.reduce((sum, value) => sum + Math.exp(value - largest), 0));
}

function softmax(x: Tensor): Tensor {
  const [, length] = rowsOf(x);
  const logSums = perRow(x, logSumExp);
  return map(x, (value, i) => Math.exp(value - at(logSums.data, Math.floor(i / length))));
}

export const classification: Kernels<"softmax" | "softmaxCrossEntropy" | "argMax" | "inTopK"> = {
  softmax: (_, x) => softmax(x),
  softmaxCrossEntropy: (_, logits, labels) => {
    const [, classes] = rowsOf(logits);
    const loss = perRow(logits, (row, n) => logSumExp(row) - at(row, at(labels.data, n)));
    const gradient = map(softmax(logits), (p, i) => p - Number(i % classes === at(labels.data, Math.floor(i / classes))));
    return [loss, gradient];
  },
  argMax: (_, x) => perRow(x, (row) => row.reduce((best, value, i) => (value > at(row, best) ? i : best), 0)),
  inTopK: ({ k }, scores, labels) =>
    perRow(scores, (row, n) => {
      const own = at(row, at(labels.data, n));
      return Number(row.filter((score) => score > own).length < k);
    }),
};
