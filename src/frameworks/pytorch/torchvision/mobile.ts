import type { InstanceValue, Value } from "../../../interpret/values.js";
import type { Args } from "../core/args.js";
import { classOf } from "../core/native.js";
import type { Forward } from "../modules/building.js";
import { SEQUENTIAL } from "../modules/containers.js";
import { type Builder, divisible, forwardClass, literal, through } from "./build.js";
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
  forwardClass(name, (run, x) => run.run("classifier", run.flatten(through(run, x, body))));

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

const MOBILENET_V2 = forwardClass("MobileNetV2", (run, x) => {
  const pooled = run.run("features", x);
  return run.run("classifier", run.flatten(run.globalPool(pooled)));
});

/** Expansion, channels, repeats and stride of each stage (Sandler et al., 2018). */
const STAGES_V2 = [
  [1, 16, 1, 1],
  [6, 24, 2, 2],
  [6, 32, 3, 2],
  [6, 64, 4, 2],
  [6, 96, 3, 1],
  [6, 160, 3, 2],
  [6, 320, 1, 1],
] as const;

function mobilenet_v2(build: Builder, args: Args): InstanceValue {
  const factor = args.number("width_mult") ?? 1;
  const activation = "ReLU6";
  let inputs = divisible(32 * factor, 8);
  const last = divisible(1280 * Math.max(1, factor), 8);
  const features: Value[] = [convNorm(build, 3, inputs, { stride: 2, activation })];
  for (const [expansion, channels, repeats, step] of STAGES_V2) {
    const outputs = divisible(channels * factor, 8);
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

/** Inputs, kernel, expanded, outputs, squeeze and excitation, hard swish, stride (Howard et al., 2019). */
type RowV3 = readonly [number, number, number, number, boolean, boolean, number];

const LARGE: readonly RowV3[] = [
  [16, 3, 16, 16, false, false, 1],
  [16, 3, 64, 24, false, false, 2],
  [24, 3, 72, 24, false, false, 1],
  [24, 5, 72, 40, true, false, 2],
  [40, 5, 120, 40, true, false, 1],
  [40, 5, 120, 40, true, false, 1],
  [40, 3, 240, 80, false, true, 2],
  [80, 3, 200, 80, false, true, 1],
  [80, 3, 184, 80, false, true, 1],
  [80, 3, 184, 80, false, true, 1],
  [80, 3, 480, 112, true, true, 1],
  [112, 3, 672, 112, true, true, 1],
  [112, 5, 672, 160, true, true, 2],
  [160, 5, 960, 160, true, true, 1],
  [160, 5, 960, 160, true, true, 1],
];

const SMALL: readonly RowV3[] = [
  [16, 3, 16, 16, true, false, 2],
  [16, 3, 72, 24, false, false, 2],
  [24, 3, 88, 24, false, false, 1],
  [24, 5, 96, 40, true, true, 2],
  [40, 5, 240, 40, true, true, 1],
  [40, 5, 240, 40, true, true, 1],
  [40, 5, 120, 48, true, true, 1],
  [48, 5, 144, 48, true, true, 1],
  [48, 5, 288, 96, true, true, 2],
  [96, 5, 576, 96, true, true, 1],
  [96, 5, 576, 96, true, true, 1],
];

const mobilenetV3 =
  (rows: readonly RowV3[], hidden: number) =>
  (build: Builder, args: Args): InstanceValue => {
    const factor = args.number("width_mult") ?? 1;
    const wide = (channels: number) => divisible(channels * factor, 8);
    const norm = { eps: 0.001, momentum: 0.01 };
    const features: Value[] = [convNorm(build, 3, wide(16), { stride: 2, activation: "Hardswish", norm })];
    for (const [from, kernel, between, to, squeezes, isHard, stride] of rows) {
      const activation = isHard ? "Hardswish" : "ReLU";
      const [inputs, expanded, outputs] = [wide(from), wide(between), wide(to)];
      const body = [
        ...(expanded === inputs ? [] : [convNorm(build, inputs, expanded, { kernel: 1, activation, norm })]),
        convNorm(build, expanded, expanded, { kernel, stride, groups: expanded, activation, norm }),
        ...(squeezes ? [squeezeExcitation(build, expanded, divisible(Math.floor(expanded / 4), 8), "ReLU", "Hardsigmoid")] : []),
        convNorm(build, expanded, outputs, { kernel: 1, norm }),
      ];
      const shown = { out_channels: literal(outputs), ...shortcut(stride === 1 && inputs === outputs) };
      features.push(build.module(INVERTED_V3, { block: build.sequence(body), ...shown }));
    }
    const last = wide(rows.at(-1)?.[3] ?? 16);
    features.push(convNorm(build, last, 6 * last, { kernel: 1, activation: "Hardswish", norm }));
    return build.module(MOBILENET_V3, {
      features: build.sequence(features),
      avgpool: build.layer("AdaptiveAvgPool2d", [1]),
      classifier: build.sequence([
        build.linear(6 * last, wide(hidden)),
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
    const widths = [32, 16, 24, 40, 80, 96, 192, 320].map((width) => divisible(width * alpha, 8));
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

/** Fused, expansion, kernel, stride, inputs, outputs, repeats. */
type Stage = readonly [fused: boolean, expansion: number, kernel: number, stride: number, inputs: number, outputs: number, repeats: number];

/** EfficientNet-B0 (Tan and Le, 2019); the others are it, wider and deeper. */
const B0: readonly Stage[] = [
  [false, 1, 3, 1, 32, 16, 1],
  [false, 6, 3, 2, 16, 24, 2],
  [false, 6, 5, 2, 24, 40, 2],
  [false, 6, 3, 2, 40, 80, 3],
  [false, 6, 5, 1, 80, 112, 3],
  [false, 6, 5, 2, 112, 192, 4],
  [false, 6, 3, 1, 192, 320, 1],
];

const scaled = (width: number, depth: number): Stage[] =>
  B0.map(([fused, expansion, kernel, stride, inputs, outputs, repeats]) => {
    return [fused, expansion, kernel, stride, divisible(inputs * width, 8), divisible(outputs * width, 8), Math.ceil(repeats * depth)];
  });

const V2_S: readonly Stage[] = [
  [true, 1, 3, 1, 24, 24, 2],
  [true, 4, 3, 2, 24, 48, 4],
  [true, 4, 3, 2, 48, 64, 4],
  [false, 4, 3, 2, 64, 128, 6],
  [false, 6, 3, 1, 128, 160, 9],
  [false, 6, 3, 2, 160, 256, 15],
];

const V2_M: readonly Stage[] = [
  [true, 1, 3, 1, 24, 24, 3],
  [true, 4, 3, 2, 24, 48, 5],
  [true, 4, 3, 2, 48, 80, 5],
  [false, 4, 3, 2, 80, 160, 7],
  [false, 6, 3, 1, 160, 176, 14],
  [false, 6, 3, 2, 176, 304, 18],
  [false, 6, 3, 1, 304, 512, 5],
];

const V2_L: readonly Stage[] = [
  [true, 1, 3, 1, 32, 32, 4],
  [true, 4, 3, 2, 32, 64, 7],
  [true, 4, 3, 2, 64, 96, 7],
  [false, 4, 3, 2, 96, 192, 10],
  [false, 6, 3, 1, 192, 224, 19],
  [false, 6, 3, 2, 224, 384, 25],
  [false, 6, 3, 1, 384, 640, 7],
];

const efficientnet =
  (stages: readonly Stage[], dropout: number, norm: Readonly<Record<string, number>>, head?: number) =>
  (build: Builder, args: Args): InstanceValue => {
    const activation = "SiLU";
    const total = stages.reduce((sum, [, , , , , , repeats]) => sum + repeats, 0);
    const first = stages[0]?.[4] ?? 32;
    const features: Value[] = [convNorm(build, 3, first, { stride: 2, activation, norm })];
    let block = 0;
    for (const [isFused, expansion, kernel, step, from, outputs, repeats] of stages) {
      const blocks = Array.from({ length: repeats }, (_, i) => {
        const [inputs, stride] = i === 0 ? [from, step] : [outputs, 1];
        const expanded = divisible(inputs * expansion, 8);
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
        return build.module(isFused ? FUSED : EXPANDED, {
          block: build.sequence(isFused ? fused : deep),
          stochastic_depth: depth,
          ...shortcut(stride === 1 && inputs === outputs),
        });
      });
      features.push(build.sequence(blocks));
    }
    const last = stages.at(-1)?.[5] ?? 320;
    const wide = head ?? 4 * last;
    features.push(convNorm(build, last, wide, { kernel: 1, activation, norm }));
    return build.module(EFFICIENTNET, {
      features: build.sequence(features),
      avgpool: build.layer("AdaptiveAvgPool2d", [1]),
      classifier: build.sequence([build.layer("Dropout", [args.number("dropout") ?? dropout, true]), build.linear(wide, classesOf(args))]),
    });
  };

const PLAIN_NORM = {};
const SLOW_NORM = { eps: 0.001, momentum: 0.01 };
const FINE_NORM = { eps: 0.001 };

/** torchvision.models.mobilenet, mnasnet and efficientnet. */
export const MOBILE_NETWORKS = {
  mobilenet_v2,
  mobilenet_v3_large: mobilenetV3(LARGE, 1280),
  mobilenet_v3_small: mobilenetV3(SMALL, 1024),
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
  efficientnet_v2_s: efficientnet(V2_S, 0.2, FINE_NORM, 1280),
  efficientnet_v2_m: efficientnet(V2_M, 0.3, FINE_NORM, 1280),
  efficientnet_v2_l: efficientnet(V2_L, 0.4, FINE_NORM, 1280),
} as const;
