import { Random } from "../base/random.js";
import type { Initializer } from "../layers/kind.js";
import { elementCount } from "../program/shapes.js";
import type { CompiledNetwork } from "./types.js";

/** The first of the Philox streams for initial values, one for each variable; layers number theirs from 0. */
const FIRST_STREAM = 0x20000000;

/** Standard deviation of a standard normal distribution cut off at -2 and 2. */
const TRUNCATED_DEVIATION = 0.8796256610342398;

/** How every variable starts, by name: the same for the same network and seed. */
export function initialValues(compiled: Pick<CompiledNetwork, "program" | "initial">, seed: number): Map<string, Float32Array> {
  return new Map(
    compiled.program.variables.map(({ name, shape }, i) => {
      const values = new Float32Array(elementCount(shape));
      const draw = drawer(compiled.initial.get(name) ?? { kind: "zeros" }, new Random({ seed, stream: FIRST_STREAM + i, step: [0, 0] }));
      return [name, values.map(draw)];
    }),
  );
}

/** Draws one number after another by an initializer. */
function drawer(initializer: Initializer, random: Random): () => number {
  switch (initializer.kind) {
    case "zeros":
      return () => 0;
    case "ones":
      return () => 1;
    case "constant":
      return () => initializer.value;
    case "randomUniform":
      return () => initializer.low + (initializer.high - initializer.low) * random.uniform();
    case "randomNormal":
      return () => initializer.mean + initializer.deviation * random.normal();
    case "truncatedNormal":
      return () => initializer.mean + initializer.deviation * truncatedNormal(random);
    case "varianceScaling":
      return drawer(scaled(initializer), random);
  }
}

/** Drawn again beyond two deviations. */
function truncatedNormal(random: Random): number {
  for (;;) {
    const value = random.normal();
    if (Math.abs(value) < 2) return value;
  }
}

/** The distribution with variance scale / fan (Glorot and Bengio, 2010; He et al., 2015), as Keras makes it. */
function scaled({ scale, mode, distribution, fanIn, fanOut }: Extract<Initializer, { kind: "varianceScaling" }>): Initializer {
  const fan = { fanIn, fanOut, fanAverage: (fanIn + fanOut) / 2 }[mode];
  const deviation = Math.sqrt(scale / Math.max(1, fan));
  switch (distribution) {
    case "uniform":
      return { kind: "randomUniform", low: -Math.sqrt(3) * deviation, high: Math.sqrt(3) * deviation };
    case "normal":
      return { kind: "randomNormal", mean: 0, deviation };
    case "truncatedNormal":
      return { kind: "truncatedNormal", mean: 0, deviation: deviation / TRUNCATED_DEVIATION };
  }
}
