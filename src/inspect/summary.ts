import type { TensorSummary } from "../protocol/modelPanel.js";
import { countOfSource, forEachBlock, type NumberSource } from "./numberSource.js";

const BINS = 64;

/** Running moments of the finite numbers met so far. */
interface Moments {
  finite: number;
  mean: number;
  /** Sum of squared differences from the mean. */
  squares: number;
  minimum: number;
  maximum: number;
  zeros: number;
  notFinite: number;
}

/**
 * Statistics of a tensor, read twice: once for the moments, once for the histogram between their extremes. The deviation is the
 * population's; without any finite number all figures are 0. `pause` is waited for between blocks.
 */
export async function summarize(source: NumberSource, pause: () => Promise<void>): Promise<Omit<TensorSummary, "tensor">> {
  const moments: Moments = { finite: 0, mean: 0, squares: 0, minimum: Infinity, maximum: -Infinity, zeros: 0, notFinite: 0 };
  await forEachBlock(source, pause, (block) => add(moments, block));
  const { finite, mean, squares, zeros, notFinite } = moments;
  const [minimum, maximum] = finite > 0 ? [moments.minimum, moments.maximum] : [0, 0];
  // A constant tensor has one bin.
  const histogram = new Array<number>(maximum > minimum ? BINS : 1).fill(0);
  const perUnit = maximum > minimum ? BINS / (maximum - minimum) : 0;
  await forEachBlock(source, pause, (block) => {
    for (const value of block) {
      if (!Number.isFinite(value)) continue;
      const bin = Math.min(Math.floor((value - minimum) * perUnit), histogram.length - 1);
      histogram[bin] = (histogram[bin] ?? 0) + 1;
    }
  });
  const deviation = finite > 0 ? Math.sqrt(squares / finite) : 0;
  return { count: countOfSource(source), minimum, maximum, mean, deviation, zeros, notFinite, histogram };
}

/** Joins a block's moments with those before (Chan, Golub and LeVeque, "Updating formulae and a pairwise algorithm", 1979). */
function add(moments: Moments, block: Float32Array): void {
  let finite = 0;
  let sum = 0;
  for (const value of block) {
    if (!Number.isFinite(value)) {
      moments.notFinite++;
      continue;
    }
    finite++;
    sum += value;
    if (value === 0) moments.zeros++;
    if (value < moments.minimum) moments.minimum = value;
    if (value > moments.maximum) moments.maximum = value;
  }
  if (finite === 0) return;
  const mean = sum / finite;
  let squares = 0;
  for (const value of block) if (Number.isFinite(value)) squares += (value - mean) ** 2;
  const all = moments.finite + finite;
  const shift = mean - moments.mean;
  moments.squares += squares + (shift ** 2 * moments.finite * finite) / all;
  moments.mean += (shift * finite) / all;
  moments.finite = all;
}
