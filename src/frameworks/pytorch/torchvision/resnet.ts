import { type Call, type ClassValue, type InstanceValue, NONE, type Value } from "../../../interpret/values.js";
import { Args } from "../core/args.js";
import { method, setField } from "../core/native.js";
import { bind, signature } from "../core/signature.js";
import { Builder, forwardClass, through } from "./build.js";

/** A residual block and how many times its planes it puts out. */
interface Block {
  readonly cls: ClassValue;
  readonly expansion: number;
}

const BLOCK = "Block(inplanes, planes, stride=1, downsample=None, groups=1, base_width=64, dilation=1, norm_layer=None)";

function blockClass(name: string, expansion: number, path: string, children: (build: Builder, args: Args) => Record<string, Value>): Block {
  const cls = forwardClass(name, (run, x) => run.run("relu", run.add(through(run, x, path), run.run("downsample", x))));
  const init = method("__init__", (self, given, call) => {
    const bound = bind(signature(BLOCK), given, call);
    const args = new Args((argument) => bound.get(argument), call);
    const made = children(Builder.inLibrary(call), args);
    for (const [field, child] of Object.entries({ ...made, downsample: args.value("downsample") })) setField(self, field, child, call);
    return NONE;
  });
  cls.members.set(...init);
  cls.members.set("expansion", { kind: "number", value: expansion, float: false });
  return { cls, expansion };
}

const size = (args: Args, name: string) => args.number(name) ?? 1;

const BASIC = blockClass("BasicBlock", 1, "conv1 bn1 relu conv2 bn2", (build, args) => {
  const [inputs, planes, stride] = [size(args, "inplanes"), size(args, "planes"), size(args, "stride")];
  return {
    conv1: build.conv(inputs, planes, 3, { stride, padding: 1, bias: false }),
    bn1: build.norm(planes),
    relu: build.relu(),
    conv2: build.conv(planes, planes, 3, { padding: 1, bias: false }),
    bn2: build.norm(planes),
  };
});

const BOTTLENECK = blockClass("Bottleneck", 4, "conv1 bn1 relu conv2 bn2 relu conv3 bn3", (build, args) => {
  const [inputs, planes, stride, groups, dilation] = ["inplanes", "planes", "stride", "groups", "dilation"].map((name) => size(args, name));
  const width = Math.floor(((planes ?? 1) * size(args, "base_width")) / 64) * (groups ?? 1);
  const out = (planes ?? 1) * 4;
  return {
    conv1: build.conv(inputs ?? 1, width, 1, { bias: false }),
    bn1: build.norm(width),
    conv2: build.conv(width, width, 3, {
      stride: stride ?? 1,
      padding: dilation ?? 1,
      dilation: dilation ?? 1,
      groups: groups ?? 1,
      bias: false,
    }),
    bn2: build.norm(width),
    conv3: build.conv(width, out, 1, { bias: false }),
    bn3: build.norm(out),
    relu: build.relu(),
  };
});

const RESNET = forwardClass("ResNet", (run, x) => {
  const features = through(run, x, "conv1 bn1 relu maxpool layer1 layer2 layer3 layer4 avgpool");
  return run.run("fc", run.flatten(features));
});

interface Variant {
  readonly classes: number;
  readonly groups: number;
  readonly width: number;
  /** Which of the last three stages dilate instead of striding. */
  readonly dilated: readonly boolean[];
}

/** Fills a ResNet (He et al., 2016) with its layers; blocks are made as the program would make them. */
function fill(self: InstanceValue, block: Value, expansion: number, counts: readonly number[], variant: Variant, call: Call): void {
  const build = Builder.inLibrary(call);
  const set = (name: string, value: Value) => setField(self, name, value, call);
  set("conv1", build.conv(3, 64, 7, { stride: 2, padding: 3, bias: false }));
  set("bn1", build.norm(64));
  set("relu", build.relu());
  set("maxpool", build.layer("MaxPool2d", [3, 2, 1]));
  let inputs = 64;
  let dilation = 1;
  [64, 128, 256, 512].forEach((planes, stage) => {
    const before = dilation;
    const isDilated = stage > 0 && variant.dilated[stage - 1] === true;
    const stride = stage === 0 || isDilated ? 1 : 2;
    if (isDilated) dilation *= 2;
    const out = planes * expansion;
    const blocks = Array.from({ length: counts[stage] ?? 0 }, (_, i) => {
      const needsProjection = i === 0 && (stride !== 1 || inputs !== out);
      const projection = needsProjection ? build.sequence([build.conv(inputs, out, 1, { stride, bias: false }), build.norm(out)]) : NONE;
      const numbers = [inputs, planes, i === 0 ? stride : 1].map(whole);
      const more = [variant.groups, variant.width, i === 0 ? before : dilation].map(whole);
      inputs = out;
      return call.interpreter.call(block, [...numbers, projection, ...more], call.place);
    });
    set(`layer${stage + 1}`, build.sequence(blocks));
  });
  set("avgpool", build.layer("AdaptiveAvgPool2d", [[1, 1]]));
  set("fc", build.linear(512 * expansion, variant.classes));
}

const whole = (value: number): Value => ({ kind: "number", value, float: false });

function dilationsOf(args: Args): boolean[] {
  return (args.items("replace_stride_with_dilation") ?? []).map((item) => item.kind === "boolean" && item.value);
}

RESNET.members.set(
  ...method("__init__", (self, given, call) => {
    const written =
      "ResNet(block, layers, num_classes=1000, zero_init_residual=False, groups=1, width_per_group=64, replace_stride_with_dilation=None, norm_layer=None)";
    const bound = bind(signature(written), given, call);
    const args = new Args((name) => bound.get(name), call);
    const block = args.value("block");
    const expansion = call.interpreter.attribute(block, "expansion");
    const counts = (args.items("layers") ?? []).map((count) => (count.kind === "number" ? count.value : 0));
    const variant = {
      classes: args.number("num_classes") ?? 1000,
      groups: args.number("groups") ?? 1,
      width: args.number("width_per_group") ?? 64,
      dilated: dilationsOf(args),
    };
    fill(self, block, expansion?.kind === "number" ? expansion.value : 1, counts, variant, call);
    return NONE;
  }),
);

export const RESNET_CLASSES: readonly ClassValue[] = [RESNET, BASIC.cls, BOTTLENECK.cls];

const resnet =
  (block: Block, counts: readonly number[], groups = 1, width = 64) =>
  (build: Builder, args: Args): InstanceValue => {
    const self = build.module(RESNET, {});
    const variant = {
      classes: args.number("num_classes") ?? 1000,
      groups,
      width: args.number("width_per_group") ?? width,
      dilated: dilationsOf(args),
    };
    fill(self, block.cls, block.expansion, counts, variant, build.call);
    return self;
  };

/** torchvision.models.resnet. */
export const RESNETS = {
  resnet18: resnet(BASIC, [2, 2, 2, 2]),
  resnet34: resnet(BASIC, [3, 4, 6, 3]),
  resnet50: resnet(BOTTLENECK, [3, 4, 6, 3]),
  resnet101: resnet(BOTTLENECK, [3, 4, 23, 3]),
  resnet152: resnet(BOTTLENECK, [3, 8, 36, 3]),
  resnext50_32x4d: resnet(BOTTLENECK, [3, 4, 6, 3], 32, 4),
  resnext101_32x8d: resnet(BOTTLENECK, [3, 4, 23, 3], 32, 8),
  resnext101_64x4d: resnet(BOTTLENECK, [3, 4, 23, 3], 64, 4),
  wide_resnet50_2: resnet(BOTTLENECK, [3, 4, 6, 3], 1, 128),
  wide_resnet101_2: resnet(BOTTLENECK, [3, 4, 23, 3], 1, 128),
} as const;
