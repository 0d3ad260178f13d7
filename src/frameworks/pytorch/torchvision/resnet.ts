import {
  type Call,
  type ClassValue,
  type InstanceValue,
  integer,
  type NativeFunction,
  NONE,
  unknown,
  type Value,
} from "../../../interpret/values.js";
import { Args } from "../core/args.js";
import { method, native, setField } from "../core/native.js";
import { bind, signature } from "../core/signature.js";
import { asked, Builder, forwardClass, type Network, networkClass, through } from "./build.js";

const BLOCK = "Block(inplanes, planes, stride=1, downsample=None, groups=1, base_width=64, dilation=1, norm_layer=None)";

/** A residual block. `expansion`: how many times its planes it puts out. */
function blockClass(
  name: string,
  expansion: number,
  path: string,
  children: (build: Builder, args: Args) => Record<string, Value>,
): ClassValue {
  const cls = forwardClass(name, (run, x) => run.run("relu", run.add(through(run, x, path), run.run("downsample", x))));
  const init = method("__init__", (self, given, call) => {
    const bound = bind(signature(BLOCK), given, call);
    const args = new Args((argument) => bound.get(argument), call);
    const made = children(Builder.inLibrary(call), args);
    for (const [field, child] of Object.entries({ ...made, downsample: args.value("downsample") })) setField(self, field, child, call);
    return NONE;
  });
  cls.members.set(...init);
  cls.members.set("expansion", integer(expansion));
  return cls;
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

const RESNET = networkClass("ResNet", (run, x) => {
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
function fill(self: InstanceValue, block: Value, counts: readonly number[], variant: Variant, call: Call): void {
  const build = Builder.inLibrary(call);
  const set = (name: string, value: Value) => setField(self, name, value, call);
  set("inplanes", integer(64));
  set("dilation", integer(1));
  set("groups", integer(variant.groups));
  set("base_width", integer(variant.width));
  set("conv1", build.conv(3, 64, 7, { stride: 2, padding: 3, bias: false }));
  set("bn1", build.norm(64));
  set("relu", build.relu());
  set("maxpool", build.layer("MaxPool2d", [3, 2, 1]));
  [64, 128, 256, 512].forEach((planes, stage) => {
    const dilates = stage > 0 && variant.dilated[stage - 1] === true;
    set(`layer${stage + 1}`, madeStage(self, { block, planes, count: counts[stage] ?? 0, stride: stage === 0 ? 1 : 2, dilates }, call));
  });
  set("avgpool", build.layer("AdaptiveAvgPool2d", [[1, 1]]));
  set("fc", build.linear(512 * expansionOf(block, call), variant.classes));
}

interface Stage {
  readonly block: Value;
  readonly planes: number;
  readonly count: number;
  readonly stride: number;
  readonly dilates: boolean;
}

/** One stage behind those that a ResNet has already: its fields say what they put out. */
function madeStage(self: InstanceValue, { block, planes, count, stride: wanted, dilates }: Stage, call: Call): Value {
  const build = Builder.inLibrary(call);
  const field = (name: string) => wholeIn(self.fields.get(name));
  const before = field("dilation");
  const [dilation, stride] = dilates ? [before * wanted, 1] : [before, wanted];
  const out = planes * expansionOf(block, call);
  const inputs = field("inplanes");
  const needsProjection = stride !== 1 || inputs !== out;
  const projection = needsProjection ? build.sequence([build.conv(inputs, out, 1, { stride, bias: false }), build.norm(out)]) : NONE;
  const blocks = Array.from({ length: count }, (_, i) => {
    const [from, step, spread] = i === 0 ? [inputs, stride, before] : [out, 1, dilation];
    const numbers = [from, planes, step].map(integer);
    const more = [field("groups"), field("base_width"), spread].map(integer);
    return call.interpreter.call(block, [...numbers, i === 0 ? projection : NONE, ...more], asked(call.place));
  });
  setField(self, "inplanes", integer(out), call);
  setField(self, "dilation", integer(dilation), call);
  return build.sequence(blocks);
}

const wholeIn = (value: Value | undefined): number => (value?.kind === "number" ? value.value : 1);

function expansionOf(block: Value, { interpreter }: Call): number {
  return wholeIn(interpreter.attribute(block, "expansion"));
}

const STAGE = signature("_make_layer(block, planes, blocks, stride=1, dilate=False)");

RESNET.members.set(
  ...method("_make_layer", (self, given, call) => {
    const bound = bind(STAGE, given, call);
    const args = new Args((name) => bound.get(name), call);
    const [planes, count, stride] = ["planes", "blocks", "stride"].map((name) => args.number(name));
    if (planes === undefined || count === undefined || stride === undefined) return unknown("the size of this stage is not known");
    return madeStage(self, { block: args.value("block"), planes, count, stride, dilates: args.flag("dilate") }, call);
  }),
);

function dilationsOf(args: Args): boolean[] {
  return (args.items("replace_stride_with_dilation") ?? []).map((item) => item.kind === "boolean" && item.value);
}

const RESNET_ARGUMENTS = signature(
  "ResNet(block, layers, num_classes=1000, zero_init_residual=False, groups=1, width_per_group=64, replace_stride_with_dilation=None, norm_layer=None)",
);

RESNET.members.set(
  ...method("__init__", (self, given, call) => {
    const bound = bind(RESNET_ARGUMENTS, given, call);
    const args = new Args((name) => bound.get(name), call);
    const counts = (args.items("layers") ?? []).map((count) => (count.kind === "number" ? count.value : 0));
    const variant = {
      classes: args.number("num_classes") ?? 1000,
      groups: args.number("groups") ?? 1,
      width: args.number("width_per_group") ?? 64,
      dilated: dilationsOf(args),
    };
    fill(self, args.value("block"), counts, variant, call);
    return NONE;
  }),
);

export const RESNET_CLASSES: readonly ClassValue[] = [RESNET, BASIC, BOTTLENECK];

const resnet =
  (block: ClassValue, counts: readonly number[], groups = 1, width = 64): Network =>
  (build, args) => {
    const self = build.module(RESNET, {});
    const variant = {
      classes: args.number("num_classes") ?? 1000,
      groups,
      width: args.number("width_per_group") ?? width,
      dilated: dilationsOf(args),
    };
    fill(self, block, counts, variant, build.call);
    return self;
  };

/** conv3x3(in_planes, out_planes, stride, groups, dilation) and conv1x1(in_planes, out_planes, stride), which blocks of programs use. */
const convolution = (kernel: number, written: string): NativeFunction => {
  const parameters = signature(written);
  return native(`torchvision.models.resnet.conv${kernel}x${kernel}`, (given, call) => {
    const bound = bind(parameters, given, call);
    const args = new Args((name) => bound.get(name), call);
    const [inputs, outputs] = [args.number("in_planes"), args.number("out_planes")];
    if (inputs === undefined || outputs === undefined) return unknown("the channels of this convolution are not known");
    const [stride, dilation] = [size(args, "stride"), size(args, "dilation")];
    const padding = kernel === 1 ? 0 : dilation;
    return Builder.inLibrary(call).conv(inputs, outputs, kernel, { stride, padding, dilation, groups: size(args, "groups"), bias: false });
  });
};

export const RESNET_FUNCTIONS: readonly [string, Value][] = [
  ["conv3x3", convolution(3, "conv3x3(in_planes, out_planes, stride=1, groups=1, dilation=1)")],
  ["conv1x1", convolution(1, "conv1x1(in_planes, out_planes, stride=1, groups=1, dilation=1)")],
];

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
