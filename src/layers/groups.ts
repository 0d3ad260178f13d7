import type { LayerProblem } from "./kind.js";

/** What to say where the groups of a convolution do not divide both its input channels and its filters. */
export function groupsProblem(groups: number, channels: number, filters: number): LayerProblem | undefined {
  const wrong = channels % groups !== 0 ? `${channels} input channels` : filters % groups !== 0 ? `${filters} filters` : undefined;
  if (!wrong) return undefined;
  const fit = commonDivisor(commonDivisor(channels, filters), groups);
  return {
    code: "groups-do-not-divide",
    argument: "groups",
    message: `groups ${groups} does not divide ${wrong}; use a divisor of both ${channels} and ${filters}, such as ${fit}`,
    fixes: [{ title: `Set groups ${fit}`, set: { groups: fit } }],
  };
}

/** Euclid's algorithm. */
export function commonDivisor(a: number, b: number): number {
  return b === 0 ? a : commonDivisor(b, a % b);
}
