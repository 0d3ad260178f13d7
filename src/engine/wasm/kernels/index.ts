// The module: everything here takes addresses (bytes), counts and numbers; nothing is checked. ../kernels.ts names the same for the caller.
export { argMax, inTopK, oneHot, softmax, softmaxCrossEntropy } from "./classify";
export { depthwiseKernelRows, depthwiseRows } from "./depthwise";
export { binary, leaky, unary, unaryGradient } from "./elementwise";
export { byteFromInt, copy, copyStrided, fill, floatFromByte, floatFromInt, intFromByte, intFromFloat } from "./layout";
export { correlateRows, multiplyRows, packColumns } from "./multiply";
export { moments, normalize, normalizeGradient } from "./normalize";
export { pool } from "./pool";
export { randomUniform } from "./random";
export { maximum, sum } from "./reduce";
export { adam, momentum, rmsprop, sgd } from "./update";
