import { bytesOf, type Emits, rowsOf } from "./emit.js";

export const normalization: Emits<"batchNormTraining" | "batchNormTrainingGradient" | "batchNormInference"> = {
  batchNormTraining: ({ epsilon }, { kernels, scratch, floor }, y, mean, variance, x, gamma, beta) => {
    const [rows, channels] = rowsOf(x);
    const scales = scratch(bytesOf(mean));
    const parameters = [gamma.address, beta.address, mean.address, variance.address] as const;
    return () => {
      kernels.moments(x.address, rows, channels, mean.address, variance.address);
      kernels.normalize(x.address, rows, channels, ...parameters, epsilon, floor, scales, y.address);
    };
  },
  batchNormInference: ({ epsilon }, { kernels, scratch, floor }, y, x, gamma, beta, mean, variance) => {
    const [rows, channels] = rowsOf(x);
    const scales = scratch(bytesOf(mean));
    const parameters = [gamma.address, beta.address, mean.address, variance.address] as const;
    return () => kernels.normalize(x.address, rows, channels, ...parameters, epsilon, floor, scales, y.address);
  },
  batchNormTrainingGradient: ({ epsilon }, { kernels, scratch }, dx, dgamma, dbeta, dy, x, gamma, mean, variance) => {
    const [rows, channels] = rowsOf(x);
    const coefficients = scratch(3 * bytesOf(mean));
    const parameters = [gamma.address, mean.address, variance.address] as const;
    const results = [dx.address, dgamma.address, dbeta.address] as const;
    return () => kernels.normalizeGradient(dy.address, x.address, rows, channels, ...parameters, epsilon, coefficients, ...results);
  },
};
