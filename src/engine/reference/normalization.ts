import { addAt, at, type Kernels, map, rowsOf, type Tensor, zeros } from "./tensor.js";

/** Mean over everything but the last axis. */
function channelMeans(x: Tensor): Tensor {
  const [rows, channels] = rowsOf(x);
  const result = zeros([channels]);
  x.data.forEach((value, i) => {
    addAt(result.data, i % channels, value / rows);
  });
  return result;
}

const product = (a: Tensor, b: Tensor): Tensor => map(a, (value, i) => value * at(b.data, i));

/** (x - mean) / sqrt(variance + epsilon), channel by channel. */
const normalized = (x: Tensor, mean: Tensor, variance: Tensor, epsilon: number): Tensor => {
  const [, channels] = rowsOf(x);
  return map(x, (value, i) => (value - at(mean.data, i % channels)) / Math.sqrt(at(variance.data, i % channels) + epsilon));
};

const scaled = (x: Tensor, gamma: Tensor, beta: Tensor): Tensor => {
  const [, channels] = rowsOf(x);
  return map(x, (value, i) => value * at(gamma.data, i % channels) + at(beta.data, i % channels));
};

export const normalization: Kernels<"batchNormTraining" | "batchNormTrainingGradient" | "batchNormInference"> = {
  batchNormTraining: ({ epsilon }, x, gamma, beta) => {
    const [, channels] = rowsOf(x);
    const mean = channelMeans(x);
    const variance = channelMeans(map(x, (value, i) => (value - at(mean.data, i % channels)) ** 2));
    return [scaled(normalized(x, mean, variance, epsilon), gamma, beta), mean, variance];
  },
  // Ioffe and Szegedy, 2015: dx = gamma / sqrt(variance + epsilon) * (dy - mean(dy) - xhat * mean(dy * xhat)).
  batchNormTrainingGradient: ({ epsilon }, dy, x, gamma, mean, variance) => {
    const [rows, channels] = rowsOf(x);
    const xhat = normalized(x, mean, variance, epsilon);
    const meanDy = channelMeans(dy);
    const meanDyXhat = channelMeans(product(dy, xhat));
    const dx = map(dy, (value, i) => {
      const channel = i % channels;
      const centred = value - at(meanDy.data, channel) - at(xhat.data, i) * at(meanDyXhat.data, channel);
      return (at(gamma.data, channel) / Math.sqrt(at(variance.data, channel) + epsilon)) * centred;
    });
    return [dx, map(meanDyXhat, (value) => value * rows), map(meanDy, (value) => value * rows)];
  },
  batchNormInference: ({ epsilon }, x, gamma, beta, mean, variance) => scaled(normalized(x, mean, variance, epsilon), gamma, beta),
};
