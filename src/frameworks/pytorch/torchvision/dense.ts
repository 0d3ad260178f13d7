import type { ClassValue, InstanceValue, Value } from "../../../interpret/values.js";
import type { Args } from "../core/args.js";
import { classOf } from "../core/native.js";
import { SEQUENTIAL } from "../modules/containers.js";
import { childrenOf } from "../modules/moduleClass.js";
import { type Builder, constructedAs, forwardClass, networkClass, through } from "./build.js";

const classesOf = (args: Args) => args.number("num_classes") ?? 1000;

const DENSE_LAYER = forwardClass("_DenseLayer", (run, x) => {
  const features = x.kind === "list" ? x.items : [x];
  return through(run, run.cat(features), "norm1 relu1 conv1 norm2 relu2 conv2");
});
const DENSE_BLOCK = forwardClass("_DenseBlock", (run, x) => {
  const features = [x];
  for (const [name] of childrenOf(run.self)) features.push(run.run(name, { kind: "list", items: [...features] }));
  return run.cat(features);
});
const TRANSITION = classOf("_Transition", [SEQUENTIAL]);
const DENSENET = forwardClass("DenseNet", (run, x) => {
  const features = run.relu(run.run("features", x));
  return run.run("classifier", run.flatten(run.globalPool(features)));
});

/** DenseNet-BC (Huang et al., 2017): each layer sees what all before it in its block put out. */
const densenet =
  (growth: number, counts: readonly number[], first: number) =>
  (build: Builder, args: Args): InstanceValue => {
    const features: Record<string, Value> = {
      conv0: build.conv(3, first, 7, { stride: 2, padding: 3, bias: false }),
      norm0: build.norm(first),
      relu0: build.relu(),
      pool0: build.layer("MaxPool2d", [3, 2, 1]),
    };
    let width = first;
    counts.forEach((count, stage) => {
      const layers = Array.from({ length: count }, (_, i) => {
        const inputs = width + i * growth;
        const layer = build.module(DENSE_LAYER, {
          norm1: build.norm(inputs),
          relu1: build.relu(),
          conv1: build.conv(inputs, 4 * growth, 1, { bias: false }),
          norm2: build.norm(4 * growth),
          relu2: build.relu(),
          conv2: build.conv(4 * growth, growth, 3, { padding: 1, bias: false }),
        });
        return [`denselayer${i + 1}`, layer] as const;
      });
      features[`denseblock${stage + 1}`] = build.module(DENSE_BLOCK, Object.fromEntries(layers));
      width += count * growth;
      if (stage === counts.length - 1) return;
      const half = Math.floor(width / 2);
      features[`transition${stage + 1}`] = build.module(TRANSITION, {
        norm: build.norm(width),
        relu: build.relu(),
        conv: build.conv(width, half, 1, { bias: false }),
        pool: build.layer("AvgPool2d", [2, 2]),
      });
      width = half;
    });
    features["norm5"] = build.norm(width);
    return build.module(DENSENET, { features: build.sequence(features), classifier: build.linear(width, classesOf(args)) });
  };

const SHUFFLE_UNIT = forwardClass("InvertedResidual", (run, x) => {
  const [first = x, second = x] = run.self.fields.has("splits") ? run.halves(x) : [];
  const branch1 = run.self.fields.has("splits") ? first : run.run("branch1", x);
  return run.shuffle(run.cat([branch1, run.run("branch2", second)]));
});
const SHUFFLENET = networkClass("ShuffleNetV2", (run, x) =>
  run.run("fc", run.mean(through(run, x, "conv1 maxpool stage2 stage3 stage4 conv5"))),
);

/** ShuffleNet V2 (Ma et al., 2018) by the widths of its stages. */
const shufflenet =
  (widths: readonly number[]) =>
  (build: Builder, args: Args): InstanceValue => {
    const conv = (inputs: number, outputs: number, kernel: number, stride = 1, groups = 1) => [
      build.conv(inputs, outputs, kernel, { stride, padding: Math.floor(kernel / 2), groups, bias: false }),
      build.norm(outputs),
    ];
    const unit = (inputs: number, outputs: number, stride: number) => {
      const half = Math.floor(outputs / 2);
      const splits = stride === 1;
      const branch1 = splits ? [] : [...conv(inputs, inputs, 3, stride, inputs), ...conv(inputs, half, 1), build.relu()];
      const branch2 = [
        ...conv(splits ? half : inputs, half, 1),
        build.relu(),
        ...conv(half, half, 3, stride, half),
        ...conv(half, half, 1),
        build.relu(),
      ];
      const mark: Record<string, Value> = splits ? { splits: { kind: "boolean", value: true } } : {};
      return build.module(SHUFFLE_UNIT, { branch1: build.sequence(branch1), branch2: build.sequence(branch2), ...mark });
    };
    const [first = 24, ...more] = widths;
    const last = more.pop() ?? 1024;
    const fields: Record<string, Value> = {
      conv1: build.sequence([...conv(3, first, 3, 2), build.relu()]),
      maxpool: build.layer("MaxPool2d", [3, 2, 1]),
    };
    let inputs = first;
    more.forEach((outputs, stage) => {
      const repeats = stage === 1 ? 8 : 4;
      const units = Array.from({ length: repeats }, (_, i) => unit(i === 0 ? inputs : outputs, outputs, i === 0 ? 2 : 1));
      fields[`stage${stage + 2}`] = build.sequence(units);
      inputs = outputs;
    });
    return build.module(SHUFFLENET, {
      ...fields,
      conv5: build.sequence([...conv(inputs, last, 1), build.relu()]),
      fc: build.linear(last, classesOf(args)),
    });
  };

const numbersIn = (args: Args, name: string): number[] =>
  (args.items(name) ?? []).flatMap((item) => (item.kind === "number" ? [item.value] : []));

export const DENSE_CLASSES: readonly ClassValue[] = [
  constructedAs(
    DENSENET,
    "DenseNet(growth_rate=32, block_config=(6, 12, 24, 16), num_init_features=64, bn_size=4, drop_rate=0, num_classes=1000, memory_efficient=False)",
    (build, args) =>
      densenet(args.number("growth_rate") ?? 32, numbersIn(args, "block_config"), args.number("num_init_features") ?? 64)(build, args),
  ),
  constructedAs(SHUFFLENET, "ShuffleNetV2(stages_repeats, stages_out_channels, num_classes=1000)", (build, args) =>
    shufflenet(numbersIn(args, "stages_out_channels"))(build, args),
  ),
];

/** torchvision.models.densenet and shufflenetv2. */
export const DENSE_NETWORKS = {
  densenet121: densenet(32, [6, 12, 24, 16], 64),
  densenet161: densenet(48, [6, 12, 36, 24], 96),
  densenet169: densenet(32, [6, 12, 32, 32], 64),
  densenet201: densenet(32, [6, 12, 48, 32], 64),
  shufflenet_v2_x0_5: shufflenet([24, 48, 96, 192, 1024]),
  shufflenet_v2_x1_0: shufflenet([24, 116, 232, 464, 1024]),
  shufflenet_v2_x1_5: shufflenet([24, 176, 352, 704, 1024]),
  shufflenet_v2_x2_0: shufflenet([24, 244, 488, 976, 2048]),
} as const;
