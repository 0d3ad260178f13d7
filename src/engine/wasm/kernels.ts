/** What kernels/ exports. Tensors are addresses in bytes, tables too; sizes are counts of numbers, strides are bytes. */
export interface Kernels {
  unary(fn: number, x: number, y: number, count: number): void;
  unaryGradient(fn: number, dy: number, y: number, dx: number, count: number): void;
  leaky(scale: number, x: number, y: number, count: number, alpha: number): void;
  binary(fn: number, a: number, b: number, y: number, geometry: number, axes: number): void;

  sum(x: number, outer: number, reduced: number, inner: number, scale: number, y: number): void;
  maximum(x: number, outer: number, reduced: number, inner: number, y: number): void;

  copy(from: number, to: number, bytes: number): void;
  copyStrided(from: number, to: number, geometry: number, axes: number, width: number): void;
  fill(to: number, count: number, value: number): void;
  floatFromByte(x: number, y: number, count: number): void;
  floatFromInt(x: number, y: number, count: number): void;
  intFromByte(x: number, y: number, count: number): void;
  intFromFloat(x: number, y: number, count: number): void;
  byteFromInt(x: number, y: number, count: number): void;

  packColumns(
    b: number,
    taps: number,
    tapCount: number,
    rowsPerTap: number,
    rowStride: number,
    columnStride: number,
    columns: number,
    bias: number,
    packed: number,
  ): void;
  multiplyRows(
    a: number,
    c: number,
    table: number,
    rows: number,
    runs: number,
    runCount: number,
    runBytes: number,
    packed: number,
    columns: number,
    floor: number,
  ): void;
  correlateRows(
    a: number,
    c: number,
    table: number,
    rows: number,
    runs: number,
    runCount: number,
    runBytes: number,
    columns: number,
    out: number,
    outStride: number,
    panel: number,
  ): void;
  depthwiseRows(
    a: number,
    c: number,
    table: number,
    rows: number,
    taps: number,
    tapCount: number,
    kernel: number,
    channels: number,
    bias: number,
    floor: number,
  ): void;
  depthwiseKernelRows(
    a: number,
    c: number,
    table: number,
    rows: number,
    taps: number,
    tapCount: number,
    kernel: number,
    channels: number,
  ): void;

  pool(kind: number, window: number, x: number, y: number, dy: number, dx: number): void;

  moments(x: number, rows: number, channels: number, mean: number, variance: number): void;
  normalize(
    x: number,
    rows: number,
    channels: number,
    gamma: number,
    beta: number,
    mean: number,
    variance: number,
    epsilon: number,
    floor: number,
    scales: number,
    y: number,
  ): void;
  normalizeGradient(
    dy: number,
    x: number,
    rows: number,
    channels: number,
    gamma: number,
    mean: number,
    variance: number,
    epsilon: number,
    coefficients: number,
    dx: number,
    dgamma: number,
    dbeta: number,
  ): void;

  softmax(x: number, rows: number, count: number, y: number): void;
  softmaxCrossEntropy(x: number, labels: number, rows: number, count: number, loss: number, gradient: number): void;
  argMax(x: number, rows: number, count: number, y: number): void;
  inTopK(x: number, labels: number, rows: number, count: number, k: number, y: number): void;
  oneHot(labels: number, count: number, depth: number, y: number): void;
  randomUniform(y: number, count: number, seed: number, stream: number, counter: number): void;

  sgd(w: number, gradient: number, count: number, rate: number): void;
  momentum(w: number, accumulator: number, gradient: number, count: number, rate: number, keep: number, nesterov: number): void;
  adam(
    w: number,
    mean: number,
    square: number,
    gradient: number,
    count: number,
    correctedRate: number,
    decay: number,
    oneLessBeta1: number,
    oneLessBeta2: number,
    epsilon: number,
  ): void;
  rmsprop(
    w: number,
    square: number,
    accumulator: number,
    gradient: number,
    count: number,
    rate: number,
    rho: number,
    oneLessRho: number,
    keep: number,
    epsilon: number,
  ): void;
}
