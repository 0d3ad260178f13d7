import type { ClassValue, InstanceValue, Value } from "../../../interpret/values.js";
import { GOOGLENET_BLOCKS, type InceptionWidths, inceptionWidth } from "../../published/googLeNet.js";
import type { Args } from "../core/args.js";
import type { Forward } from "../modules/building.js";
import { type Builder, constructedAs, forwardClass, through } from "./build.js";

const classesOf = (args: Args) => args.number("num_classes") ?? 1000;

const BASIC = forwardClass("BasicConv2d", (run, x) => run.relu(through(run, x, "conv bn")));

type Kernel = number | readonly [number, number];

/** A convolution that keeps the size, unless told otherwise, with its norm. */
function basic(
  build: Builder,
  inputs: number,
  outputs: number,
  kernel: Kernel,
  options: { readonly stride?: number; readonly padded?: boolean } = {},
): InstanceValue {
  const { stride = 1, padded = true } = options;
  const [height, width] = typeof kernel === "number" ? [kernel, kernel] : kernel;
  const padding = padded ? [Math.floor(height / 2), Math.floor(width / 2)] : 0;
  return build.module(BASIC, {
    conv: build.conv(inputs, outputs, [height, width], { stride, padding, bias: false }),
    bn: build.norm(outputs, { eps: 0.001 }),
  });
}

/** A module whose branches go by fields: "a b" one after another; "pool" in front pools the input first. */
function branching(name: string, branches: readonly string[], pool: "avg" | "max" | undefined) {
  return forwardClass(name, (run, x) => {
    const results = branches.map((path) => {
      const [first, ...rest] = path.split(" ");
      return first === "pool" ? forked(run, run.pool3(x, pool ?? "avg"), rest) : forked(run, x, path.split(" "));
    });
    return run.cat(results);
  });
}

/** "a b c|d": after a and b, c and d next to each other. */
function forked(run: Forward, x: Value, fields: readonly string[]): Value {
  return fields.reduce(
    (value, field) => (field.includes("|") ? run.cat(field.split("|").map((each) => run.run(each, value))) : run.run(field, value)),
    x,
  );
}

const GOOGLE_BLOCK = branching("Inception", ["branch1", "branch2", "branch3", "branch4"], undefined);

function googleBlock(build: Builder, inputs: number, [one, reduced3, three, reduced5, five, pool]: InceptionWidths): InstanceValue {
  return build.module(GOOGLE_BLOCK, {
    branch1: basic(build, inputs, one, 1),
    branch2: build.sequence([basic(build, inputs, reduced3, 1), basic(build, reduced3, three, 3)]),
    // The library has 3x3 here where the paper has 5x5, and keeps it.
    branch3: build.sequence([basic(build, inputs, reduced5, 1), basic(build, reduced5, five, 3)]),
    branch4: build.sequence([build.layer("MaxPool2d", [3, 1, 1], { ceil_mode: true }), basic(build, inputs, pool, 1)]),
  });
}

/** By their names: "inception3a" to "inception5b". */
function googleBlocks(build: Builder): Record<string, InstanceValue> {
  let inputs = 192;
  const blocks = GOOGLENET_BLOCKS.flatMap((stage, at) =>
    stage.map((widths, i) => {
      const block = googleBlock(build, inputs, widths);
      inputs = inceptionWidth(widths);
      return [`inception${at + 3}${String.fromCharCode(97 + i)}`, block] as const;
    }),
  );
  return Object.fromEntries(blocks);
}

const GOOGLE_PATH =
  "conv1 maxpool1 conv2 conv3 maxpool2 inception3a inception3b maxpool3 inception4a inception4b inception4c inception4d inception4e " +
  "maxpool4 inception5a inception5b avgpool";
const GOOGLENET = forwardClass("GoogLeNet", (run, x) => run.run("fc", run.run("dropout", run.flatten(through(run, x, GOOGLE_PATH)))));

/** GoogLeNet; its auxiliary classifiers only run while training, and without weights it has them. */
function googlenet(build: Builder, args: Args): InstanceValue {
  const pool = (size: number) => build.layer("MaxPool2d", [size, 2], { ceil_mode: true });
  const auxiliary = (inputs: number) =>
    build.module(AUXILIARY, {
      conv: basic(build, inputs, 128, 1),
      fc1: build.linear(2048, 1024),
      fc2: build.linear(1024, classesOf(args)),
      dropout: build.layer("Dropout", [0.7]),
    });
  const hasAuxiliary = args.isNone("aux_logits") ? !hasWeights(args) : args.flag("aux_logits");
  return build.module(GOOGLENET, {
    conv1: build.module(BASIC, { conv: build.conv(3, 64, 7, { stride: 2, padding: 3, bias: false }), bn: build.norm(64, { eps: 0.001 }) }),
    maxpool1: pool(3),
    conv2: basic(build, 64, 64, 1),
    conv3: basic(build, 64, 192, 3),
    maxpool2: pool(3),
    maxpool3: pool(3),
    ...googleBlocks(build),
    maxpool4: pool(2),
    ...(hasAuxiliary && { aux1: auxiliary(512), aux2: auxiliary(528) }),
    avgpool: build.layer("AdaptiveAvgPool2d", [[1, 1]]),
    dropout: build.layer("Dropout", [args.number("dropout") ?? 0.2]),
    fc: build.linear(1024, classesOf(args)),
  });
}

/** Only runs while training, which is not read. */
const AUXILIARY = forwardClass("InceptionAux", (_run, x) => x);

function hasWeights(args: Args): boolean {
  return !args.isNone("weights") || args.flag("pretrained");
}

const A = branching(
  "InceptionA",
  ["branch1x1", "branch5x5_1 branch5x5_2", "branch3x3dbl_1 branch3x3dbl_2 branch3x3dbl_3", "pool branch_pool"],
  "avg",
);
const B = branching("InceptionB", ["branch3x3", "branch3x3dbl_1 branch3x3dbl_2 branch3x3dbl_3", "pool"], "max");
const C = branching(
  "InceptionC",
  [
    "branch1x1",
    "branch7x7_1 branch7x7_2 branch7x7_3",
    "branch7x7dbl_1 branch7x7dbl_2 branch7x7dbl_3 branch7x7dbl_4 branch7x7dbl_5",
    "pool branch_pool",
  ],
  "avg",
);
const D = branching("InceptionD", ["branch3x3_1 branch3x3_2", "branch7x7x3_1 branch7x7x3_2 branch7x7x3_3 branch7x7x3_4", "pool"], "max");
const E = branching(
  "InceptionE",
  [
    "branch1x1",
    "branch3x3_1 branch3x3_2a|branch3x3_2b",
    "branch3x3dbl_1 branch3x3dbl_2 branch3x3dbl_3a|branch3x3dbl_3b",
    "pool branch_pool",
  ],
  "avg",
);

const down = { stride: 2, padded: false } as const;

const blockA = (build: Builder, inputs: number, pool: number) =>
  build.module(A, {
    branch1x1: basic(build, inputs, 64, 1),
    branch5x5_1: basic(build, inputs, 48, 1),
    branch5x5_2: basic(build, 48, 64, 5),
    branch3x3dbl_1: basic(build, inputs, 64, 1),
    branch3x3dbl_2: basic(build, 64, 96, 3),
    branch3x3dbl_3: basic(build, 96, 96, 3),
    branch_pool: basic(build, inputs, pool, 1),
  });

const blockB = (build: Builder, inputs: number) =>
  build.module(B, {
    branch3x3: basic(build, inputs, 384, 3, down),
    branch3x3dbl_1: basic(build, inputs, 64, 1),
    branch3x3dbl_2: basic(build, 64, 96, 3),
    branch3x3dbl_3: basic(build, 96, 96, 3, down),
  });

const blockC = (build: Builder, inputs: number, width: number) =>
  build.module(C, {
    branch1x1: basic(build, inputs, 192, 1),
    branch7x7_1: basic(build, inputs, width, 1),
    branch7x7_2: basic(build, width, width, [1, 7]),
    branch7x7_3: basic(build, width, 192, [7, 1]),
    branch7x7dbl_1: basic(build, inputs, width, 1),
    branch7x7dbl_2: basic(build, width, width, [7, 1]),
    branch7x7dbl_3: basic(build, width, width, [1, 7]),
    branch7x7dbl_4: basic(build, width, width, [7, 1]),
    branch7x7dbl_5: basic(build, width, 192, [1, 7]),
    branch_pool: basic(build, inputs, 192, 1),
  });

const blockD = (build: Builder, inputs: number) =>
  build.module(D, {
    branch3x3_1: basic(build, inputs, 192, 1),
    branch3x3_2: basic(build, 192, 320, 3, down),
    branch7x7x3_1: basic(build, inputs, 192, 1),
    branch7x7x3_2: basic(build, 192, 192, [1, 7]),
    branch7x7x3_3: basic(build, 192, 192, [7, 1]),
    branch7x7x3_4: basic(build, 192, 192, 3, down),
  });

const blockE = (build: Builder, inputs: number) =>
  build.module(E, {
    branch1x1: basic(build, inputs, 320, 1),
    branch3x3_1: basic(build, inputs, 384, 1),
    branch3x3_2a: basic(build, 384, 384, [1, 3]),
    branch3x3_2b: basic(build, 384, 384, [3, 1]),
    branch3x3dbl_1: basic(build, inputs, 448, 1),
    branch3x3dbl_2: basic(build, 448, 384, 3),
    branch3x3dbl_3a: basic(build, 384, 384, [1, 3]),
    branch3x3dbl_3b: basic(build, 384, 384, [3, 1]),
    branch_pool: basic(build, inputs, 192, 1),
  });

const INCEPTION_PATH =
  "Conv2d_1a_3x3 Conv2d_2a_3x3 Conv2d_2b_3x3 maxpool1 Conv2d_3b_1x1 Conv2d_4a_3x3 maxpool2 Mixed_5b Mixed_5c Mixed_5d Mixed_6a Mixed_6b " +
  "Mixed_6c Mixed_6d Mixed_6e Mixed_7a Mixed_7b Mixed_7c avgpool dropout";
const INCEPTION = forwardClass("Inception3", (run, x) => run.run("fc", run.flatten(through(run, x, INCEPTION_PATH))));

/** Inception v3 (Szegedy et al., 2016), made for 299x299. */
function inception_v3(build: Builder, args: Args): InstanceValue {
  const hasAuxiliary = args.isNone("aux_logits") || args.flag("aux_logits");
  const valid = { padded: false };
  return build.module(INCEPTION, {
    Conv2d_1a_3x3: basic(build, 3, 32, 3, down),
    Conv2d_2a_3x3: basic(build, 32, 32, 3, valid),
    Conv2d_2b_3x3: basic(build, 32, 64, 3),
    maxpool1: build.layer("MaxPool2d", [3, 2]),
    Conv2d_3b_1x1: basic(build, 64, 80, 1),
    Conv2d_4a_3x3: basic(build, 80, 192, 3, valid),
    maxpool2: build.layer("MaxPool2d", [3, 2]),
    Mixed_5b: blockA(build, 192, 32),
    Mixed_5c: blockA(build, 256, 64),
    Mixed_5d: blockA(build, 288, 64),
    Mixed_6a: blockB(build, 288),
    Mixed_6b: blockC(build, 768, 128),
    Mixed_6c: blockC(build, 768, 160),
    Mixed_6d: blockC(build, 768, 160),
    Mixed_6e: blockC(build, 768, 192),
    ...(hasAuxiliary && {
      AuxLogits: build.module(AUXILIARY, {
        conv0: basic(build, 768, 128, 1),
        conv1: basic(build, 128, 768, 5, valid),
        fc: build.linear(768, classesOf(args)),
      }),
    }),
    Mixed_7a: blockD(build, 768),
    Mixed_7b: blockE(build, 1280),
    Mixed_7c: blockE(build, 2048),
    avgpool: build.layer("AdaptiveAvgPool2d", [[1, 1]]),
    dropout: build.layer("Dropout", [args.number("dropout") ?? 0.5]),
    fc: build.linear(2048, classesOf(args)),
  });
}

export const INCEPTION_CLASSES: readonly ClassValue[] = [
  constructedAs(
    GOOGLENET,
    "GoogLeNet(num_classes=1000, aux_logits=True, transform_input=False, init_weights=None, blocks=None, dropout=0.2, dropout_aux=0.7)",
    googlenet,
  ),
  constructedAs(
    INCEPTION,
    "Inception3(num_classes=1000, aux_logits=True, transform_input=False, inception_blocks=None, init_weights=None, dropout=0.5)",
    inception_v3,
  ),
];

/** torchvision.models.googlenet and inception. */
export const INCEPTIONS = { googlenet, inception_v3 } as const;
