import { step } from "./catalogue.js";
import { type KerasLayer, layer } from "./layer.js";
import { parameterFormula, weight } from "./parameters.js";

/** A learned factor for each channel: what ConvNeXt of keras.applications scales its residuals by. */
const layerScale = layer("LayerScale", { init_values: 1e-6, projection_dim: null }, (args, [input]) => {
  const given = args.get("projection_dim");
  const parameters = [weight("gamma", [typeof given === "number" ? given : input?.at(-1)])];
  const [scaling] = step("scaling", { initializer: { type: "constant", value: args.number("init_values") } }) ?? [];
  const catalogue = scaling && [{ ...scaling, weights: { scale: { parameter: "gamma" } } }];
  return { outputs: [input], parameters, formulas: () => parameterFormula(parameters), catalogue };
});

/** x + scale * y: what Inception-ResNet of keras.applications adds its residuals by. */
const customScale = layer("CustomScaleLayer", { scale: 1 }, (args, [input]) => ({
  outputs: [input],
  catalogue: args.number("scale") === 1 ? step("add", {}) : undefined,
}));

export const RESIDUAL_SCALINGS: readonly KerasLayer[] = [layerScale, customScale];
