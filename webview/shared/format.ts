// Numbers and times as panels write them: U+2212 for minus, a comma each thousand, a fixed count of decimals.

export const NONE = "\u2013";

/** -0.5 -> "\u22120.50"; a number that rounds to zero has no sign; NaN and infinities by name. */
export function fixed(value: number, decimals: number): string {
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "\u221e" : "\u2212\u221e";
  return value
    .toFixed(decimals)
    .replace("-", "\u2212")
    .replace(/^\u2212(0\.?0*)$/, "$1");
}

/** 61706 -> "61,706" */
export function count(value: number): string {
  return Math.round(value)
    .toString()
    .replace("-", "\u2212")
    .replace(/\B(?=(\d{3})+$)/g, ",");
}

/** Seconds as 0:41 or 1:02:09. */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const pad = (n: number) => n.toString().padStart(2, "0");
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor(whole / 60) % 60;
  return hours > 0 ? `${hours}:${pad(minutes)}:${pad(whole % 60)}` : `${minutes}:${pad(whole % 60)}`;
}

/** 0.9884 -> "98.84" */
export function percent(share: number): string {
  return fixed(100 * share, 2);
}

/** A rate or tick with at most `digits` significant ones and nothing to spare: 0.0005, 0.00025, 1e-7. */
export function short(value: number, digits = 3): string {
  if (value !== 0 && (Math.abs(value) < 1e-5 || Math.abs(value) >= 1e6)) {
    return value
      .toExponential(digits - 1)
      .replace(/\.?0+e/, "e")
      .replace("e+", "e")
      .replaceAll("-", "\u2212");
  }
  return Number.parseFloat(value.toPrecision(digits)).toString().replace("-", "\u2212");
}

/** [28, 28, 6] -> "28x28x6" */
export function shape(sizes: readonly number[]): string {
  return sizes.join("x");
}
