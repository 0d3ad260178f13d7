import { elementCount } from "../../program/shapes.js";
import { type Emits, rowsOf } from "./emit.js";

export const classification: Emits<"softmax" | "softmaxCrossEntropy" | "argMax" | "inTopK" | "oneHot" | "randomUniform"> = {
  softmax: (_, { kernels }, y, x) => {
    const [rows, count] = rowsOf(x);
    return () => kernels.softmax(x.address, rows, count, y.address);
  },
  softmaxCrossEntropy: (_, { kernels }, loss, gradient, logits, labels) => {
    const [rows, count] = rowsOf(logits);
    return () => kernels.softmaxCrossEntropy(logits.address, labels.address, rows, count, loss.address, gradient.address);
  },
  argMax: (_, { kernels }, y, x) => {
    const [rows, count] = rowsOf(x);
    return () => kernels.argMax(x.address, rows, count, y.address);
  },
  inTopK: ({ k }, { kernels }, y, scores, labels) => {
    const [rows, count] = rowsOf(scores);
    return () => kernels.inTopK(scores.address, labels.address, rows, count, k, y.address);
  },
  oneHot: ({ depth }, { kernels }, y, labels) => {
    const count = elementCount(labels.shape);
    return () => kernels.oneHot(labels.address, count, depth, y.address);
  },
  randomUniform: ({ stream }, { kernels, seed }, y, _like, counter) => {
    const count = elementCount(y.shape);
    return () => kernels.randomUniform(y.address, count, seed, stream, counter.address);
  },
};
