import { withSizes } from "../../../interpret/sizes.js";
import type { InstanceValue, Value } from "../../../interpret/values.js";
import { answer } from "../core/answer.js";
import type { Args } from "../core/args.js";
import { parameter } from "../core/tensor.js";
import { layerClass } from "../modules/layer.js";
import { type Builder, forwardClass, through } from "./build.js";
import { mlp } from "./mlp.js";
import { PERMUTE, STOCHASTIC_DEPTH } from "./ops.js";

/** Attention within windows; every place of the image attends to those of its window, with a learned bias for each distance. */
function windowAttention(name: string, biases: (args: Args) => Readonly<Record<string, Value>>) {
  return layerClass(
    `${name}(dim, window_size, num_heads)`,
    (args) => {
      const shape = args.shape("input");
      const [, rows, columns] = shape ?? [];
      const multiplyAdds = withSizes([rows, columns, args.number("dim"), args.number("window_size")], (height, width, channels, side) => {
        const places = Math.ceil(height / side) * Math.ceil(width / side) * side ** 2;
        return places * (4 * channels ** 2 + 2 * side ** 2 * channels);
      });
      return answer(shape, { multiplyAdds, reach: "global" });
    },
    {
      fields: (args) => {
        const width = args.number("dim");
        const three = withSizes([width], (size) => 3 * size);
        return {
          "qkv.weight": parameter(three, width),
          "qkv.bias": parameter(three),
          "proj.weight": parameter(width, width),
          "proj.bias": parameter(width),
          ...biases(args),
        };
      },
    },
  );
}

const ATTENTION = windowAttention("ShiftedWindowAttention", (args) => {
  const places = withSizes([args.number("window_size")], (side) => (2 * side - 1) ** 2);
  return { relative_position_bias_table: parameter(places, args.number("num_heads")) };
});
const ATTENTION_V2 = windowAttention("ShiftedWindowAttentionV2", (args) => ({
  logit_scale: parameter(args.number("num_heads"), 1, 1),
  "cpb_mlp.0.weight": parameter(512, 2),
  "cpb_mlp.0.bias": parameter(512),
  "cpb_mlp.2.weight": parameter(args.number("num_heads"), 512),
}));

/** Two by two places become one with twice the channels; `normalized`: how many times the channels the norm is for. */
function merging(name: string, normalized: number) {
  return layerClass(
    `${name}(dim)`,
    (args) => {
      const [batch, height, width] = args.shape("input") ?? [];
      const [rows, columns] = [height, width].map((size) => withSizes([size], (all) => Math.ceil(all / 2)));
      const channels = args.number("dim");
      const multiplyAdds = withSizes([rows, columns, channels], (h, w, c) => h * w * 8 * c ** 2);
      return answer([batch, rows, columns, withSizes([channels], (c) => 2 * c)], { multiplyAdds, reach: "global" });
    },
    {
      fields: (args) => {
        const times = (factor: number) => withSizes([args.number("dim")], (c) => factor * c);
        return {
          "reduction.weight": parameter(times(2), times(4)),
          "norm.weight": parameter(times(normalized)),
          "norm.bias": parameter(times(normalized)),
        };
      },
    },
  );
}

const MERGING = merging("PatchMerging", 4);
const MERGING_V2 = merging("PatchMergingV2", 2);
const BLOCK = forwardClass("SwinTransformerBlock", (run, input) => {
  const x = run.add(input, through(run, input, "norm1 attn stochastic_depth"));
  return run.add(x, through(run, x, "norm2 mlp stochastic_depth"));
});
const BLOCK_V2 = forwardClass("SwinTransformerBlockV2", (run, input) => {
  const x = run.add(input, through(run, input, "attn norm1 stochastic_depth"));
  return run.add(x, through(run, x, "mlp norm2 stochastic_depth"));
});
const SWIN = forwardClass("SwinTransformer", (run, x) => through(run, x, "features norm permute avgpool flatten head"));

interface Size {
  readonly width: number;
  readonly depths: readonly number[];
  readonly heads: readonly number[];
  readonly window: number;
  readonly drop: number;
  readonly isV2?: true;
}

/** Swin transformer (Liu et al., 2021 and 2022); channels double with each stage. */
const swin =
  ({ width, depths, heads, window, drop, isV2 }: Size) =>
  (build: Builder, args: Args): InstanceValue => {
    const norm = (channels: number) => build.layer("LayerNorm", [channels, 1e-5]);
    const total = depths.reduce((sum, depth) => sum + depth, 0);
    const features: Value[] = [build.sequence([build.conv(3, width, 4, { stride: 4 }), build.own(PERMUTE, [[0, 2, 3, 1]]), norm(width)])];
    let count = 0;
    depths.forEach((depth, stage) => {
      const channels = width * 2 ** stage;
      const blocks = Array.from({ length: depth }, () =>
        build.module(isV2 ? BLOCK_V2 : BLOCK, {
          norm1: norm(channels),
          attn: build.own(isV2 ? ATTENTION_V2 : ATTENTION, [channels, window, heads[stage] ?? 1]),
          stochastic_depth: build.own(STOCHASTIC_DEPTH, [(drop * count++) / (total - 1), "row"]),
          norm2: norm(channels),
          mlp: mlp(build, channels, 4 * channels, 0),
        }),
      );
      features.push(build.sequence(blocks));
      if (stage < depths.length - 1) features.push(build.own(isV2 ? MERGING_V2 : MERGING, [channels]));
    });
    const last = width * 2 ** (depths.length - 1);
    return build.module(SWIN, {
      features: build.sequence(features),
      norm: norm(last),
      permute: build.own(PERMUTE, [[0, 3, 1, 2]]),
      avgpool: build.layer("AdaptiveAvgPool2d", [1]),
      flatten: build.layer("Flatten", [1]),
      head: build.linear(last, args.number("num_classes") ?? 1000),
    });
  };

const TINY = { width: 96, depths: [2, 2, 6, 2], heads: [3, 6, 12, 24], drop: 0.2 };
const SMALL = { width: 96, depths: [2, 2, 18, 2], heads: [3, 6, 12, 24], drop: 0.3 };
const BASE = { width: 128, depths: [2, 2, 18, 2], heads: [4, 8, 16, 32], drop: 0.5 };

/** torchvision.models.swin_transformer. */
export const SWINS = {
  swin_t: swin({ ...TINY, window: 7 }),
  swin_s: swin({ ...SMALL, window: 7 }),
  swin_b: swin({ ...BASE, window: 7 }),
  swin_v2_t: swin({ ...TINY, window: 8, isV2: true }),
  swin_v2_s: swin({ ...SMALL, window: 8, isV2: true }),
  swin_v2_b: swin({ ...BASE, window: 8, isV2: true }),
};
