import type { ClassValue, InstanceValue, Value } from "../../../interpret/values.js";
import { divisible } from "../../published/divisible.js";
import {
  EFFICIENTNET_B0,
  EFFICIENTNET_V2_L,
  EFFICIENTNET_V2_M,
  EFFICIENTNET_V2_S,
  type EfficientNet,
} from "../../published/efficientNet.js";
import { MOBILENET_V2_STAGES, MOBILENET_V3_LARGE, MOBILENET_V3_SMALL, type MobileNetV3Block } from "../../published/mobileNet.js";
import type { Args } from "../core/args.js";
import { classOf } from "../core/native.js";
import type { Forward } from "../modules/building.js";
import { SEQUENTIAL } from "../modules/containers.js";
import { type Builder, constructedAs, forwardClass, literal, networkClass, through } from "./build.js";
import { STOCHASTIC_DEPTH } from "./ops.js";

/** Adds its input where it comes out in the same shape: networks of inverted residuals say so when they are made. */
const residual = (name: string, body: string) =>
  forwardClass(name, (run, x) => {
    const result = through(run, x, body);
    return run.self.fields.has("use_res_connect") ? run.add(result, x) : result;
  });

const INVERTED = residual("InvertedResidual", "conv");
const INVERTED_V3 = residual("InvertedResidual", "block");
const MNAS_INVERTED = residual("_InvertedResidual", "layers");
const CONV_NORM = classOf("Conv2dNormActivation", [SEQUENTIAL]);
const SQUEEZE = forwardClass("SqueezeExcitation", (run, x) =>
  run.multiply(through(run, x, "avgpool fc1 activation fc2 scale_activation"), x),
);
const EXPANDED = forwardClass("MBConv", residualWithDepth);
const FUSED = forwardClass("FusedMBConv", residualWithDepth);

function residualWithDepth(run: Forward, x: Value): Value {
  if (!run.self.fields.has("use_res_connect")) return run.run("block", x);
  return run.add(through(run, x, "block stochastic_depth"), x);
}

const poolsAndClassifies = (name: string, body: string) =>
  networkClass(name, (run, x) => run.run("classifier", run.flatten(through(run, x, body))));

/** A convolution, its norm and perhaps an activation. */
export function convNorm(
  build: Builder,
  inputs: number,
  outputs: number,
  options: {
    readonly kernel?: number;
    readonly stride?: number;
    readonly groups?: number;
    readonly dilation?: number;
    readonly activation?: string;
    readonly norm?: Readonly<Record<string, number>>;
  },
): InstanceValue {
  const { kernel = 3, stride = 1, groups = 1, dilation = 1, activation, norm = {} } = options;
  const padding = Math.floor((kernel - 1) / 2) * dilation;
  const children = [
    build.conv(inputs, outputs, kernel, { stride, padding, dilation, groups, bias: false }),
    build.norm(outputs, norm),
    ...(activation ? [build.layer(activation, [], { inplace: true })] : []),
  ];
  return build.module(CONV_NORM, { ...Object.fromEntries(children.entries()), out_channels: literal(outputs) });
}

export function squeezeExcitation(build: Builder, inputs: number, squeezed: number, activation: string, scale: string): InstanceValue {
  return build.module(SQUEEZE, {
    avgpool: build.layer("AdaptiveAvgPool2d", [1]),
    fc1: build.conv(inputs, squeezed, 1),
    fc2: build.conv(squeezed, inputs, 1),
    activation: build.layer(activation),
    scale_activation: build.layer(scale),
  });
}

const shortcut = (wanted: boolean): Record<string, Value> => (wanted ? { use_res_connect: { kind: "boolean", value: true } } : {});
const classesOf = (args: Args) => args.number("num_classes") ?? 1000;

const MOBILENET_V2 = networkClass("MobileNetV2", (run, x) => {
  const pooled = run.run("features", x);
  return run.run("classifier", run.flatten(run.globalPool(pooled)));
});

function mobilenet_v2(build: Builder, args: Args): InstanceValue {
  const factor = args.number("width_mult") ?? 1;
  const activation = "ReLU6";
  let inputs = divisible(32 * factor);
  const last = divisible(1280 * Math.max(1, factor));
  const features: Value[] = [convNorm(build, 3, inputs, { stride: 2, activation })];
  for (const [expansion, channels, repeats, step] of MOBILENET_V2_STAGES) {
    const outputs = divisible(channels * factor);
    for (let i = 0; i < repeats; i++) {
      const stride = i === 0 ? step : 1;
      const hidden = Math.round(inputs * expansion);
      const body = [
        ...(expansion === 1 ? [] : [convNorm(build, inputs, hidden, { kernel: 1, activation })]),
        convNorm(build, hidden, hidden, { stride, groups: hidden, activation }),
        build.conv(hidden, outputs, 1, { bias: false }),
        build.norm(outputs),
      ];
      const shown = { out_channels: literal(outputs), ...shortcut(stride === 1 && inputs === outputs) };
      features.push(build.module(INVERTED, { conv: build.sequence(body), ...shown }));
      inputs = outputs;
    }
  }
  features.push(convNorm(build, inputs, last, { kernel: 1, activation }));
  return build.module(MOBILENET_V2, {
    last_channel: literal(last),
    features: build.sequence(features),
    classifier: build.sequence([build.layer("Dropout", [args.number("dropout") ?? 0.2]), build.linear(last, classesOf(args))]),
  });
}

const MOBILENET_V3 = poolsAndClassifies("MobileNetV3", "features avgpool");

const mobilenetV3 =
  (blocks: readonly MobileNetV3Block[], hidden: number) =>
  (build: Builder, args: Args): InstanceValue => {
    const factor = args.number("width_mult") ?? 1;
    const wide = (channels: number) => divisible(channels * factor);
    const norm = { eps: 0.001, momentum: 0.01 };
    let inputs = wide(16);
    const features: Value[] = [convNorm(build, 3, inputs, { stride: 2, activation: "Hardswish", norm })];
    for (const [kernel, between, to, squeezes, isHard, stride] of blocks) {
      const activation = isHard ? "Hardswish" : "ReLU";
      const [expanded, outputs] = [wide(between), wide(to)];
      const body = [
        ...(expanded === inputs ? [] : [convNorm(build, inputs, expanded, { kernel: 1, activation, norm })]),
        convNorm(build, expanded, expanded, { kernel, stride, groups: expanded, activation, norm }),
        ...(squeezes ? [squeezeExcitation(build, expanded, divisible(Math.floor(expanded / 4)), "ReLU", "Hardsigmoid")] : []),
        convNorm(build, expanded, outputs, { kernel: 1, norm }),
      ];
      const shown = { out_channels: literal(outputs), ...shortcut(stride === 1 && inputs === outputs) };
      features.push(build.module(INVERTED_V3, { block: build.sequence(body), ...shown }));
      inputs = outputs;
    }
    const last = 6 * inputs;
    features.push(convNorm(build, inputs, last, { kernel: 1, activation: "Hardswish", norm }));
    return build.module(MOBILENET_V3, {
      features: build.sequence(features),
      avgpool: build.layer("AdaptiveAvgPool2d", [1]),
      classifier: build.sequence([
        build.linear(last, wide(hidden)),
        build.layer("Hardswish", [true]),
        build.layer("Dropout", [args.number("dropout") ?? 0.2, true]),
        build.linear(wide(hidden), classesOf(args)),
      ]),
    });
  };

const MNASNET = forwardClass("MNASNet", (run, x) => run.run("classifier", run.mean(run.run("layers", x))));

/** Inputs, outputs, kernel, stride, expansion and repeats of each stage, by positions in the list of widths (Tan et al., 2019). */
const STACKS = [
  [1, 2, 3, 2, 3, 3],
  [2, 3, 5, 2, 3, 3],
  [3, 4, 5, 2, 6, 3],
  [4, 5, 3, 1, 6, 2],
  [5, 6, 5, 2, 6, 4],
  [6, 7, 3, 1, 6, 1],
] as const;

const mnasnet =
  (alpha: number) =>
  (build: Builder, args: Args): InstanceValue => {
    const widths = [32, 16, 24, 40, 80, 96, 192, 320].map((width) => divisible(width * alpha));
    const width = (at: number) => widths[at] ?? 0;
    const norm = { momentum: 1 - 0.9997 };
    const conv = (inputs: number, outputs: number, kernel: number, stride = 1, groups = 1) => [
      build.conv(inputs, outputs, kernel, { padding: Math.floor(kernel / 2), stride, groups, bias: false }),
      build.norm(outputs, norm),
    ];
    const inverted = (inputs: number, outputs: number, kernel: number, stride: number, expansion: number) => {
      const hidden = inputs * expansion;
      const body = [
        ...conv(inputs, hidden, 1),
        build.relu(),
        ...conv(hidden, hidden, kernel, stride, hidden),
        build.relu(),
        ...conv(hidden, outputs, 1),
      ];
      return build.module(MNAS_INVERTED, { layers: build.sequence(body), ...shortcut(stride === 1 && inputs === outputs) });
    };
    const stacks = STACKS.map(([from, to, kernel, stride, expansion, repeats]) =>
      build.sequence(
        Array.from({ length: repeats }, (_, i) => inverted(width(i === 0 ? from : to), width(to), kernel, i === 0 ? stride : 1, expansion)),
      ),
    );
    return build.module(MNASNET, {
      layers: build.sequence([
        ...conv(3, width(0), 3, 2),
        build.relu(),
        ...conv(width(0), width(0), 3, 1, width(0)),
        build.relu(),
        ...conv(width(0), width(1), 1),
        ...stacks,
        ...conv(width(7), 1280, 1),
        build.relu(),
      ]),
      classifier: build.sequence([build.layer("Dropout", [args.number("dropout") ?? 0.2, true]), build.linear(1280, classesOf(args))]),
    });
  };

const EFFICIENTNET = poolsAndClassifies("EfficientNet", "features avgpool");

/** EfficientNet-B0, wider and deeper. */
function scaled(width: number, depth: number): EfficientNet {
  const { stem, stages } = EFFICIENTNET_B0;
  return {
    stem: divisible(stem * width),
    stages: stages.map(([kind, kernel, repeats, channels, ...rest]) => [
      kind,
      kernel,
      Math.ceil(repeats * depth),
      divisible(channels * width),
      ...rest,
    ]),
  };
}

const efficientnet =
  ({ stem, stages }: EfficientNet, dropout: number, norm: Readonly<Record<string, number>>, head?: number) =>
  (build: Builder, args: Args): InstanceValue => {
    const activation = "SiLU";
    const total = stages.reduce((sum, [, , repeats]) => sum + repeats, 0);
    const features: Value[] = [convNorm(build, 3, stem, { stride: 2, activation, norm })];
    let inputs = stem;
    let block = 0;
    for (const [kind, kernel, repeats, outputs, expansion, step] of stages) {
      const blocks = Array.from({ length: repeats }, (_, i) => {
        const stride = i === 0 ? step : 1;
        const expanded = divisible(inputs * expansion);
        const project = () => convNorm(build, expanded, outputs, { kernel: 1, norm });
        const squeezed = Math.max(1, Math.floor(inputs / 4));
        const widen = expanded === inputs ? [] : [convNorm(build, inputs, expanded, { kernel: 1, activation, norm })];
        const deep = [
          ...widen,
          convNorm(build, expanded, expanded, { kernel, stride, groups: expanded, activation, norm }),
          squeezeExcitation(build, expanded, squeezed, activation, "Sigmoid"),
          project(),
        ];
        const single = [convNorm(build, inputs, outputs, { kernel, stride, activation, norm })];
        const fused = expanded === inputs ? single : [convNorm(build, inputs, expanded, { kernel, stride, activation, norm }), project()];
        const depth = build.own(STOCHASTIC_DEPTH, [(0.2 * block++) / total, "row"]);
        const shown = shortcut(stride === 1 && inputs === outputs);
        inputs = outputs;
        return kind === "fused"
          ? build.module(FUSED, { block: build.sequence(fused), stochastic_depth: depth, ...shown })
          : build.module(EXPANDED, { block: build.sequence(deep), stochastic_depth: depth, ...shown });
      });
      features.push(build.sequence(blocks));
    }
    const wide = head ?? 4 * inputs;
    features.push(convNorm(build, inputs, wide, { kernel: 1, activation, norm }));
    return build.module(EFFICIENTNET, {
      features: build.sequence(features),
      avgpool: build.layer("AdaptiveAvgPool2d", [1]),
      classifier: build.sequence([build.layer("Dropout", [args.number("dropout") ?? dropout, true]), build.linear(wide, classesOf(args))]),
    });
  };

const PLAIN_NORM = {};
const SLOW_NORM = { eps: 0.001, momentum: 0.01 };
const FINE_NORM = { eps: 0.001 };

export const MOBILE_CLASSES: readonly ClassValue[] = [
  constructedAs(
    MOBILENET_V2,
    "MobileNetV2(num_classes=1000, width_mult=1.0, inverted_residual_setting=None, round_nearest=8, block=None, norm_layer=None, dropout=0.2)",
    mobilenet_v2,
  ),
  constructedAs(MNASNET, "MNASNet(alpha, num_classes=1000, dropout=0.2)", (build, args) => mnasnet(args.number("alpha") ?? 1)(build, args)),
];

/** torchvision.models.mobilenet, mnasnet and efficientnet. */
export const MOBILE_NETWORKS = {
  mobilenet_v2,
  mobilenet_v3_large: mobilenetV3(MOBILENET_V3_LARGE, 1280),
  mobilenet_v3_small: mobilenetV3(MOBILENET_V3_SMALL, 1024),
  mnasnet0_5: mnasnet(0.5),
  mnasnet0_75: mnasnet(0.75),
  mnasnet1_0: mnasnet(1),
  mnasnet1_3: mnasnet(1.3),
  efficientnet_b0: efficientnet(scaled(1, 1), 0.2, PLAIN_NORM),
  efficientnet_b1: efficientnet(scaled(1, 1.1), 0.2, PLAIN_NORM),
  efficientnet_b2: efficientnet(scaled(1.1, 1.2), 0.3, PLAIN_NORM),
  efficientnet_b3: efficientnet(scaled(1.2, 1.4), 0.3, PLAIN_NORM),
  efficientnet_b4: efficientnet(scaled(1.4, 1.8), 0.4, PLAIN_NORM),
  efficientnet_b5: efficientnet(scaled(1.6, 2.2), 0.4, SLOW_NORM),
  efficientnet_b6: efficientnet(scaled(1.8, 2.6), 0.5, SLOW_NORM),
  efficientnet_b7: efficientnet(scaled(2, 3.1), 0.5, SLOW_NORM),
  efficientnet_v2_s: efficientnet(EFFICIENTNET_V2_S, 0.2, FINE_NORM, 1280),
  efficientnet_v2_m: efficientnet(EFFICIENTNET_V2_M, 0.3, FINE_NORM, 1280),
  efficientnet_v2_l: efficientnet(EFFICIENTNET_V2_L, 0.4, FINE_NORM, 1280),
} as const;
