import { type InstanceValue, NONE, type Value } from "../../../interpret/values.js";
import type { Args } from "../core/args.js";
import { parameter } from "../core/tensor.js";
import { type Builder, constructedAs, forwardClass, through } from "./build.js";
import { mlp } from "./mlp.js";

const BLOCK = forwardClass("EncoderBlock", (run, input) => {
  const normalized = run.run("ln_1", input);
  const [attended = NONE] = run.call.interpreter.items(run.run("self_attention", normalized, normalized, normalized)) ?? [];
  const x = run.add(run.run("dropout", attended), input);
  return run.add(x, through(run, x, "ln_2 mlp"));
});
const ENCODER = forwardClass("Encoder", (run, x) =>
  through(run, run.add(x, run.self.fields.get("pos_embedding") ?? NONE), "dropout layers ln"),
);
/** Patches in a row behind the token of the class, whose place is what is classified in the end. */
const VISION_TRANSFORMER = forwardClass("VisionTransformer", (run, x) => {
  const patches = run.method(run.method(run.run("conv_proj", x), "flatten", 2), "permute", 0, 2, 1);
  const token = run.method(run.self.fields.get("class_token") ?? NONE, "expand", 1, -1, -1);
  return run.run("heads", run.method(run.run("encoder", run.cat([token, patches])), "select", 1, 0));
});

interface Size {
  readonly patch: number;
  readonly depth: number;
  readonly heads: number;
  readonly width: number;
  /** Of the linear layers inside of a block: four times the width where it is not said. */
  readonly hidden?: number;
}

/** Vision transformer (Dosovitskiy et al., 2021); the linear layers inside of a block are four times as wide. */
const vit =
  ({ patch, depth, heads, width, hidden = 4 * width }: Size) =>
  (build: Builder, args: Args): InstanceValue => {
    const norm = () => build.layer("LayerNorm", [width, 1e-6]);
    const drop = args.number("dropout") ?? 0;
    const side = Math.floor((args.number("image_size") ?? 224) / patch);
    const blocks = Array.from({ length: depth }, (_, i): [string, Value] => [
      `encoder_layer_${i}`,
      build.module(BLOCK, {
        ln_1: norm(),
        self_attention: build.layer("MultiheadAttention", [width, heads], { batch_first: true }),
        dropout: build.layer("Dropout", [drop]),
        ln_2: norm(),
        mlp: mlp(build, width, hidden, drop),
      }),
    ]);
    return build.module(VISION_TRANSFORMER, {
      class_token: parameter(1, 1, width),
      conv_proj: build.conv(3, width, patch, { stride: patch }),
      encoder: build.module(ENCODER, {
        pos_embedding: parameter(1, side ** 2 + 1, width),
        dropout: build.layer("Dropout", [drop]),
        layers: build.sequence(Object.fromEntries(blocks)),
        ln: norm(),
      }),
      heads: build.sequence({ head: build.linear(width, args.number("num_classes") ?? 1000) }),
    });
  };

const ARGUMENTS = ["patch_size", "num_layers", "num_heads", "hidden_dim", "mlp_dim"];

export const VISION_TRANSFORMER_CLASS = constructedAs(
  VISION_TRANSFORMER,
  "VisionTransformer(image_size, patch_size, num_layers, num_heads, hidden_dim, mlp_dim, dropout=0.0, attention_dropout=0.0, num_classes=1000, representation_size=None, norm_layer=None, conv_stem_configs=None)",
  (build, args) => {
    const [patch = 16, depth = 0, heads = 1, width = 0, hidden = 0] = ARGUMENTS.map((name) => args.number(name));
    return vit({ patch, depth, heads, width, hidden })(build, args);
  },
);

/** torchvision.models.vision_transformer. */
export const VISION_TRANSFORMERS = {
  vit_b_16: vit({ patch: 16, depth: 12, heads: 12, width: 768 }),
  vit_b_32: vit({ patch: 32, depth: 12, heads: 12, width: 768 }),
  vit_l_16: vit({ patch: 16, depth: 24, heads: 16, width: 1024 }),
  vit_l_32: vit({ patch: 32, depth: 24, heads: 16, width: 1024 }),
  vit_h_14: vit({ patch: 14, depth: 32, heads: 16, width: 1280 }),
};
