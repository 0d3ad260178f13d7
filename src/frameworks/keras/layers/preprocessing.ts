import { pointwise } from "./activations.js";
import { step } from "./catalogue.js";
import { type KerasLayer, layer, REQUIRED } from "./layer.js";

const AUGMENTATIONS = [
  "RandomBrightness",
  "RandomColorDegeneration",
  "RandomColorJitter",
  "RandomContrast",
  "RandomElasticTransform",
  "RandomErasing",
  "RandomFlip",
  "RandomGaussianBlur",
  "RandomGrayscale",
  "RandomHue",
  "RandomInvert",
  "RandomPerspective",
  "RandomPosterization",
  "RandomRotation",
  "RandomSaturation",
  "RandomSharpness",
  "RandomShear",
  "RandomTranslation",
  "RandomZoom",
  "AutoContrast",
  "AugMix",
  "CutMix",
  "Equalization",
  "MixUp",
  "RandAugment",
  "Solarization",
];

const categoryEncoding = layer("CategoryEncoding", { num_tokens: REQUIRED, output_mode: "multi_hot" }, (args, [input]) => {
  const tokens = args.count("num_tokens");
  if (!input) return { outputs: [undefined] };
  if (args.word("output_mode") !== "one_hot") return { outputs: [[...input.slice(0, Math.max(1, input.length - 1)), tokens]] };
  return { outputs: [input.length > 1 && input.at(-1) === 1 ? [...input.slice(0, -1), tokens] : [...input, tokens]] };
});

export const PREPROCESSINGS: readonly KerasLayer[] = [
  pointwise("Rescaling", { scale: REQUIRED, offset: 0 }, (args) =>
    step("rescaling", { scale: args.number("scale"), offset: args.number("offset") }),
  ),
  ...AUGMENTATIONS.map((className) => pointwise(className, {})),
  pointwise("Discretization", {}),
  categoryEncoding,
];
