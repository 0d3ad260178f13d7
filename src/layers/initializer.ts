import { type Argument, choice, number, optional } from "./arguments.js";
import type { Initializer } from "./kind.js";
import { type VariantOf, variant } from "./variant.js";

const deviation = optional(number("Standard deviation.", { least: 0 }), 0.05);
const mean = optional(number("Middle of the distribution."), 0);

const KINDS = {
  zeros: { doc: "All zeros.", fields: {} },
  ones: { doc: "All ones.", fields: {} },
  constant: { doc: "One number everywhere.", fields: { value: number("The number.") } },
  randomUniform: {
    doc: "Evenly between two numbers.",
    fields: { minval: optional(number("Lower end."), -0.05), maxval: optional(number("Upper end."), 0.05) },
  },
  randomNormal: { doc: "A normal distribution.", fields: { mean, stddev: deviation } },
  truncatedNormal: { doc: "A normal distribution, drawn again beyond two deviations.", fields: { mean, stddev: deviation } },
  glorotUniform: { doc: "Uniform, variance 2/(fanIn + fanOut) (Glorot and Bengio, 2010).", fields: {} },
  glorotNormal: { doc: "Truncated normal, variance 2/(fanIn + fanOut).", fields: {} },
  heUniform: { doc: "Uniform, variance 2/fanIn: made for relu (He et al., 2015).", fields: {} },
  heNormal: { doc: "Truncated normal, variance 2/fanIn: made for relu.", fields: {} },
  leCunUniform: { doc: "Uniform, variance 1/fanIn (LeCun et al., 1998).", fields: {} },
  leCunNormal: { doc: "Truncated normal, variance 1/fanIn.", fields: {} },
  varianceScaling: {
    doc: "Variance scale/fan, with all choices open.",
    fields: {
      scale: optional(number("Factor of the variance.", { above: 0 }), 1),
      mode: optional(
        choice("What divides the variance.", { fanIn: "inputs of a unit", fanOut: "outputs of a unit", fanAvg: "their average" }),
        "fanIn",
      ),
      distribution: optional(
        choice("How the numbers are drawn.", {
          normal: "normal, drawn again beyond two deviations",
          uniform: "uniform",
          truncatedNormal: "as normal",
        }),
        "normal",
      ),
    },
  },
} as const;

/** How weights start, before their fans are known. */
export type InitializerConfig = VariantOf<typeof KINDS>;

const any = variant("", KINDS);

/** Schema of every initializer, once, as it is long; arguments refer to it. */
export const INITIALIZER_DEFINITION = { initializer: any.schema };

export function initializer(doc: string): Argument<InitializerConfig> {
  return { doc, schema: { $ref: "#/definitions/initializer" }, read: any.read };
}

/** The initializer for weights with these fans, counted as Keras counts them: kernel area times channels in and out. */
export function withFans(config: InitializerConfig, fanIn: number, fanOut: number): Initializer {
  const scaling = (scale: number, mode: "fanIn" | "fanAverage" | "fanOut", distribution: "uniform" | "truncatedNormal"): Initializer => ({
    kind: "varianceScaling",
    scale,
    mode,
    distribution,
    fanIn,
    fanOut,
  });
  switch (config.type) {
    case "zeros":
    case "ones":
      return { kind: config.type };
    case "constant":
      return { kind: "constant", value: config.value };
    case "randomUniform":
      return { kind: "randomUniform", low: Math.min(config.minval, config.maxval), high: Math.max(config.minval, config.maxval) };
    case "randomNormal":
    case "truncatedNormal":
      return { kind: config.type, mean: config.mean, deviation: config.stddev };
    case "glorotUniform":
      return scaling(1, "fanAverage", "uniform");
    case "glorotNormal":
      return scaling(1, "fanAverage", "truncatedNormal");
    case "heUniform":
      return scaling(2, "fanIn", "uniform");
    case "heNormal":
      return scaling(2, "fanIn", "truncatedNormal");
    case "leCunUniform":
      return scaling(1, "fanIn", "uniform");
    case "leCunNormal":
      return scaling(1, "fanIn", "truncatedNormal");
    case "varianceScaling": {
      const mode = config.mode === "fanAvg" ? "fanAverage" : config.mode;
      return scaling(config.scale, mode, config.distribution === "uniform" ? "uniform" : "truncatedNormal");
    }
  }
}
