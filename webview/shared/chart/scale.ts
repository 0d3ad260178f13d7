// Where a chart's axes begin and end, and where their lines stand. Pure arithmetic.

export interface Range {
  readonly min: number;
  readonly max: number;
}

/** 1, 2 or 5 times a power of ten, at least `rough`. */
export function niceStep(rough: number): number {
  if (!(rough > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(rough));
  const factor = [1, 2, 5, 10].find((f) => f * power >= rough * (1 - 1e-9)) ?? 10;
  return factor * power;
}

/** Evenly spaced round numbers within a range, at most `most`. */
export function linearTicks({ min, max }: Range, most: number): number[] {
  const inside = (step: number) => [Math.ceil(min / step - 1e-9), Math.floor(max / step + 1e-9)] as const;
  let step = niceStep((max - min) / Math.max(1, most));
  for (let [first, last] = inside(step); last - first + 1 > most; [first, last] = inside(step)) step = niceStep(step * 1.01);
  const [first, last] = inside(step);
  // Multiples of the step, written without the noise of 3 * 0.1.
  return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

/** Factors of the powers of ten that may be ticks, the most even first. */
const LOG_FACTORS = [[1, 3], [1, 2, 5], [1, 2, 3, 5, 7], [1]];
const FEW = 4;

/** 0.01, 0.03, 0.1, ...: at most `most`, and where the range allows not fewer than four: rather up to `atWorst` than too few. */
export function logTicks({ min, max }: Range, most: number, atWorst = most): number[] {
  const all = LOG_FACTORS.map((factors) => decades(min, max, factors, 1));
  const enough = (limit: number) => all.find(({ length }) => length >= FEW && length <= limit);
  const longest = all.filter(({ length }) => length <= most).reduce((best, ticks) => (ticks.length > best.length ? ticks : best), []);
  const chosen = enough(most) ?? enough(atWorst) ?? longest;
  if (chosen.length >= 2) return chosen;
  for (let every = 2; every <= 64; every++) {
    const ticks = decades(min, max, [1], every);
    if (ticks.length <= most && ticks.length >= 2) return ticks;
  }
  return [min, max];
}

function decades(min: number, max: number, factors: readonly number[], every: number): number[] {
  const ticks: number[] = [];
  for (let exponent = Math.floor(Math.log10(min)); exponent <= Math.ceil(Math.log10(max)); exponent++) {
    if (exponent % every !== 0) continue;
    for (const factor of factors) {
      const tick = Number((factor * 10 ** exponent).toPrecision(3));
      if (tick >= min * (1 - 1e-9) && tick <= max * (1 + 1e-9)) ticks.push(tick);
    }
  }
  return ticks;
}

const LOG_BOUNDS = [1, 2, 3, 5, 7];

/** The range widened to the next of 1, 2, 3, 5, 7 times a power of ten, so that it moves rarely. */
export function logRange(fit: Range): Range {
  const low = Math.max(fit.min, 1e-12);
  const high = Math.max(fit.max, low * 1.01);
  const floor = (value: number) => {
    const power = 10 ** Math.floor(Math.log10(value));
    return power * ([...LOG_BOUNDS].reverse().find((f) => f * power <= value * (1 + 1e-9)) ?? 1);
  };
  const ceil = (value: number) => {
    const power = 10 ** Math.floor(Math.log10(value));
    return power * ([...LOG_BOUNDS, 10].find((f) => f * power >= value * (1 - 1e-9)) ?? 10);
  };
  const min = floor(low);
  const max = ceil(high);
  return max / min < 2 ? { min, max: ceil(2 * min) } : { min, max };
}

/** The range widened to whole ticks, kept within `limits`. */
export function linearRange(fit: Range, limits: Range): Range {
  const span = Math.max(fit.max - fit.min, Math.abs(fit.max) * 0.01, 1e-9);
  const step = niceStep(span / 5);
  return {
    min: Math.max(limits.min, Math.floor(fit.min / step + 1e-9) * step),
    max: Math.min(limits.max, Math.max(Math.ceil(fit.max / step - 1e-9), Math.floor(fit.min / step) + 1) * step),
  };
}

/**
 * What the vertical axis should show: all of `always` (smoothed, validation) and nearly all of `mostly` (raw values, without the
 * extreme hundredths). Undefined where there is no number.
 */
export function fitRange(always: readonly ArrayLike<number>[], mostly: ArrayLike<number>): Range | undefined {
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  const take = (value: number) => {
    if (!Number.isFinite(value)) return;
    min = Math.min(min, value);
    max = Math.max(max, value);
  };
  const stride = Math.max(1, Math.floor(mostly.length / 500));
  const picked: number[] = [];
  for (let i = 0; i < mostly.length; i += stride) if (Number.isFinite(mostly[i])) picked.push(mostly[i] ?? 0);
  const sample = Float64Array.from(picked).sort();
  const cut = Math.ceil(sample.length * 0.01);
  for (const value of sample.subarray(cut, Math.max(cut, sample.length - cut))) take(value);
  for (const values of always) for (let i = 0; i < values.length; i++) take(values[i] ?? Number.NaN);
  return min <= max ? { min, max } : undefined;
}
