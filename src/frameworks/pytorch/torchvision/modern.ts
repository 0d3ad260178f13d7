import type { InstanceValue, Value } from "../../../interpret/values.js";
import { divisible } from "../../published/divisible.js";
import { answer } from "../core/answer.js";
import type { Args } from "../core/args.js";
import { classOf } from "../core/native.js";
import { parameter } from "../core/tensor.js";
import { SEQUENTIAL } from "../modules/containers.js";
import { layerClass } from "../modules/layer.js";
import { roundHalfEven } from "../operations/known.js";
import { type Builder, forwardClass, through } from "./build.js";
import { convNorm, squeezeExcitation } from "./mobile.js";
import { PERMUTE, STOCHASTIC_DEPTH } from "./ops.js";

const classesOf = (args: Args) => args.number("num_classes") ?? 1000;

/** Normalizes over the channels of an image, which come first. */
const LAYER_NORM = layerClass("LayerNorm2d(normalized_shape, eps=1e-5)", (args) => answer(args.shape("input")), {
  fields: (args) => ({
    weight: parameter(...(args.numbers("normalized_shape") ?? [])),
    bias: parameter(...(args.numbers("normalized_shape") ?? [])),
  }),
});
const CONVNEXT_BLOCK = forwardClass("CNBlock", (run, x) => {
  const scale = run.self.fields.get("layer_scale");
  const result = run.run("block", x);
  return run.add(run.run("stochastic_depth", scale ? run.multiply(scale, result) : result), x);
});
const CONVNEXT = forwardClass("ConvNeXt", (run, x) => through(run, x, "features avgpool classifier"));
const CONV_NORM = classOf("Conv2dNormActivation", [SEQUENTIAL]);

/** ConvNeXt (Liu et al., 2022) by the widths and depths of its stages. */
const convnext =
  (widths: readonly number[], depths: readonly number[], drop: number) =>
  (build: Builder, args: Args): InstanceValue => {
    const norm = (width: number) => build.own(LAYER_NORM, [[width], 1e-6]);
    const [first = 96] = widths;
    const total = depths.reduce((sum, depth) => sum + depth, 0);
    let block = 0;
    const features: Value[] = [build.module(CONV_NORM, { 0: build.conv(3, first, 4, { stride: 4 }), 1: norm(first) })];
    widths.forEach((width, stage) => {
      const blocks = Array.from({ length: depths[stage] ?? 0 }, () =>
        build.module(CONVNEXT_BLOCK, {
          block: build.sequence([
            build.conv(width, width, 7, { padding: 3, groups: width }),
            build.own(PERMUTE, [[0, 2, 3, 1]]),
            build.layer("LayerNorm", [width, 1e-6]),
            build.linear(width, 4 * width),
            build.layer("GELU"),
            build.linear(4 * width, width),
            build.own(PERMUTE, [[0, 3, 1, 2]]),
          ]),
          layer_scale: parameter(width, 1, 1),
          stochastic_depth: build.own(STOCHASTIC_DEPTH, [(drop * block++) / (total - 1), "row"]),
        }),
      );
      features.push(build.sequence(blocks));
      const next = widths[stage + 1];
      if (next !== undefined) features.push(build.sequence([norm(width), build.conv(width, next, 2, { stride: 2 })]));
    });
    const last = widths.at(-1) ?? first;
    return build.module(CONVNEXT, {
      features: build.sequence(features),
      avgpool: build.layer("AdaptiveAvgPool2d", [1]),
      classifier: build.sequence([norm(last), build.layer("Flatten", [1]), build.linear(last, classesOf(args))]),
    });
  };

const STEM = classOf("SimpleStemIN", [CONV_NORM]);
const TRANSFORM = classOf("BottleneckTransform", [SEQUENTIAL]);
const STAGE = classOf("AnyStage", [SEQUENTIAL]);
const RESIDUAL = forwardClass("ResBottleneckBlock", (run, x) => run.run("activation", run.add(run.run("proj", x), run.run("f", x))));
const REGNET = forwardClass("RegNet", (run, x) => run.run("fc", run.flatten(through(run, x, "stem trunk_output avgpool"))));

/** How widths grow over blocks (Radosavovic et al., 2020): first width, slope, step of the logarithm. */
interface Growth {
  readonly depth: number;
  readonly first: number;
  readonly slope: number;
  readonly step: number;
  readonly group: number;
}

/** Width, depth and group width of each stage: widths on a line, brought to powers of the step and to multiples of 8. */
function stagesOf({ depth, first, slope, step, group }: Growth): { width: number; depth: number; group: number }[] {
  const widths = Array.from({ length: depth }, (_, i) => {
    const capacity = Math.round(Math.log((i * slope + first) / first) / Math.log(step));
    return roundHalfEven((first * step ** capacity) / 8) * 8;
  });
  return [...new Set(widths)].map((width) => {
    const grouped = Math.min(group, width);
    return { width: divisible(width, grouped), depth: widths.filter((each) => each === width).length, group: grouped };
  });
}

const regnet =
  (growth: Growth, squeezes: boolean) =>
  (build: Builder, args: Args): InstanceValue => {
    const activation = "ReLU";
    const stem = convNorm(build, 3, 32, { stride: 2, activation });
    const stages: Record<string, Value> = {};
    let inputs = 32;
    stagesOf(growth).forEach(({ width, depth, group }, stage) => {
      const blocks = Array.from({ length: depth }, (_, i) => {
        const [from, stride] = i === 0 ? [inputs, 2] : [width, 1];
        const transform: Record<string, Value> = {
          a: convNorm(build, from, width, { kernel: 1, activation }),
          b: convNorm(build, width, width, { stride, groups: width / group, activation }),
          ...(squeezes && { se: squeezeExcitation(build, width, Math.round(0.25 * from), activation, "Sigmoid") }),
          c: convNorm(build, width, width, { kernel: 1 }),
        };
        const projects = from !== width || stride !== 1;
        const block = build.module(RESIDUAL, {
          ...(projects && { proj: convNorm(build, from, width, { kernel: 1, stride }) }),
          f: build.module(TRANSFORM, transform),
          activation: build.relu(),
        });
        return [`block${stage + 1}-${i}`, block] as const;
      });
      stages[`block${stage + 1}`] = build.module(STAGE, Object.fromEntries(blocks));
      inputs = width;
    });
    return build.module(REGNET, {
      stem: build.module(STEM, Object.fromEntries(stem.fields)),
      trunk_output: build.sequence(stages),
      avgpool: build.layer("AdaptiveAvgPool2d", [[1, 1]]),
      fc: build.linear(inputs, classesOf(args)),
    });
  };

const growth = (depth: number, first: number, slope: number, step: number, group: number): Growth => ({ depth, first, slope, step, group });

/** torchvision.models.convnext and regnet. */
export const MODERN_NETWORKS = {
  convnext_tiny: convnext([96, 192, 384, 768], [3, 3, 9, 3], 0.1),
  convnext_small: convnext([96, 192, 384, 768], [3, 3, 27, 3], 0.4),
  convnext_base: convnext([128, 256, 512, 1024], [3, 3, 27, 3], 0.5),
  convnext_large: convnext([192, 384, 768, 1536], [3, 3, 27, 3], 0.5),
  regnet_y_400mf: regnet(growth(16, 48, 27.89, 2.09, 8), true),
  regnet_y_800mf: regnet(growth(14, 56, 38.84, 2.4, 16), true),
  regnet_y_1_6gf: regnet(growth(27, 48, 20.71, 2.65, 24), true),
  regnet_y_3_2gf: regnet(growth(21, 80, 42.63, 2.66, 24), true),
  regnet_y_8gf: regnet(growth(17, 192, 76.82, 2.19, 56), true),
  regnet_y_16gf: regnet(growth(18, 200, 106.23, 2.48, 112), true),
  regnet_y_32gf: regnet(growth(20, 232, 115.89, 2.53, 232), true),
  regnet_y_128gf: regnet(growth(27, 456, 160.83, 2.52, 264), true),
  regnet_x_400mf: regnet(growth(22, 24, 24.48, 2.54, 16), false),
  regnet_x_800mf: regnet(growth(16, 56, 35.73, 2.28, 16), false),
  regnet_x_1_6gf: regnet(growth(18, 80, 34.01, 2.25, 24), false),
  regnet_x_3_2gf: regnet(growth(25, 88, 26.31, 2.25, 48), false),
  regnet_x_8gf: regnet(growth(23, 80, 49.56, 2.88, 120), false),
  regnet_x_16gf: regnet(growth(22, 216, 55.59, 2.1, 128), false),
  regnet_x_32gf: regnet(growth(23, 320, 69.86, 2.0, 168), false),
} as const;
