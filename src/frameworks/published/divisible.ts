/** The nearest multiple of a divisor, but no less than nine tenths of the value: the MobileNets' _make_divisible. */
export function divisible(value: number, divisor = 8, least = divisor): number {
  const rounded = Math.max(least, Math.floor((value + divisor / 2) / divisor) * divisor);
  return rounded < 0.9 * value ? rounded + divisor : rounded;
}
