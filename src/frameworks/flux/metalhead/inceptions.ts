import { applyElementwise } from "../../../interpret/julia/arrays/elementwise.js";
import { float, native, notKnown } from "../../../interpret/julia/natives.js";
import type { Call, Value } from "../../../interpret/values.js";
import { type Builder, CAT, PLUS } from "./build.js";
import { IDENTITY, RELU } from "./helpers.js";

/** inputscale(λ; activation): times a number, then the activation. */
export function inputScale([factor]: readonly Value[], _: Call, named: ReadonlyMap<string, Value>): Value {
  const activation = named.get("activation") ?? IDENTITY;
  return native("_input_scale", ([x], call) => {
    if (x?.kind !== "tensor" || !factor) return notKnown("inputscale", x ? [x] : []);
    const scaled = applyElementwise("*", [factor, x], call);
    return activation === IDENTITY ? scaled : call.interpreter.call(activation, [scaled], call.place);
  });
}

/** A kernel of one size or of rows and columns, and from how many channels to how many. */
type Step = readonly [kernel: number | readonly [number, number], from: number, to: number, moves?: { stride?: number; pad?: Pad }];
type Pad = number | readonly [number, number];

const branch = (b: Builder, ...steps: readonly Step[]) =>
  b.chain(...steps.flatMap(([kernel, from, to, moves = {}]) => b.convNorm(kernel, from, to, moves)));
const joined = (b: Builder, ...branches: readonly Value[]) => b.parallel(CAT, ...branches);

/** A block that adds a scaled part of what its branches see (Szegedy et al., 2017). */
function residual(b: Builder, channels: number, inside: number, factor: number, activation: Value, ...branches: readonly Value[]): Value {
  const scale = inputScale([float(factor)], b.call, new Map([["activation", activation]]));
  return b.skip(b.chain(joined(b, ...branches), branch(b, [1, inside, channels]), scale), PLUS);
}

const block35 = (b: Builder) =>
  residual(
    b,
    320,
    128,
    0.17,
    RELU,
    branch(b, [1, 320, 32]),
    branch(b, [1, 320, 32], [3, 32, 32, { pad: 1 }]),
    branch(b, [1, 320, 32], [3, 32, 48, { pad: 1 }], [3, 48, 64, { pad: 1 }]),
  );

const block17 = (b: Builder) =>
  residual(
    b,
    1088,
    384,
    0.1,
    RELU,
    branch(b, [1, 1088, 192]),
    branch(b, [1, 1088, 128], [[7, 1], 128, 160, { pad: [3, 0] }], [[1, 7], 160, 192, { pad: [0, 3] }]),
  );

const block8 = (b: Builder, factor: number, activation: Value) =>
  residual(
    b,
    2080,
    448,
    factor,
    activation,
    branch(b, [1, 2080, 192]),
    branch(b, [1, 2080, 192], [[3, 1], 192, 224, { pad: [1, 0] }], [[1, 3], 224, 256, { pad: [0, 1] }]),
  );

const times = (count: number, make: () => Value) => Array.from({ length: count }, make);

/** Inception-ResNet v2, with Metalhead's own stem. */
export function inceptionResNetV2(b: Builder): Value {
  const halve = { stride: 2 };
  const mixed5b = joined(
    b,
    branch(b, [1, 192, 96]),
    branch(b, [1, 192, 48], [5, 48, 64, { pad: 2 }]),
    branch(b, [1, 192, 64], [3, 64, 96, { pad: 1 }], [3, 96, 96, { pad: 1 }]),
    b.chain(b.pool("MeanPool", 3, 1, 1), branch(b, [1, 192, 64])),
  );
  const mixed6a = joined(
    b,
    branch(b, [3, 320, 384, halve]),
    branch(b, [1, 320, 256], [3, 256, 256, { pad: 1 }], [3, 256, 384, halve]),
    b.pool("MaxPool", 3, 2),
  );
  const mixed7a = joined(
    b,
    branch(b, [1, 1088, 256], [3, 256, 384, halve]),
    branch(b, [1, 1088, 256], [3, 256, 288, halve]),
    branch(b, [1, 1088, 256], [3, 256, 288, { pad: 1 }], [3, 288, 320, halve]),
    b.pool("MaxPool", 3, 2),
  );
  const backbone = b.chain(
    branch(b, [3, b.option("inchannels", 3), 32, halve], [3, 32, 32], [3, 32, 64, { pad: 1 }]),
    b.pool("MaxPool", 3, 2),
    branch(b, [3, 64, 80], [3, 80, 192]),
    b.pool("MaxPool", 3, 2),
    mixed5b,
    ...times(10, () => block35(b)),
    mixed6a,
    ...times(20, () => block17(b)),
    mixed7a,
    ...times(9, () => block8(b, 0.2, IDENTITY)),
    block8(b, 1, RELU),
    branch(b, [1, 2080, 1536]),
  );
  return b.chain(backbone, b.classifier(1536));
}

/** Convolutions of each channel by itself, then of single pixels, both with what follows them. */
const separable = (b: Builder, from: number, to: number) =>
  b.chain(...b.convNorm(3, from, from, { pad: 1, groups: from }), ...b.convNorm(1, from, to));

interface XceptionBlock {
  readonly from: number;
  readonly to: number;
  readonly repeats: number;
  readonly stride?: number;
  readonly startsWithRelu?: boolean;
  /** Whether the first of its convolutions has the block's outputs, or the last one. */
  readonly growsFirst?: boolean;
}

function xceptionBlock(b: Builder, { from, to, repeats, stride = 1, startsWithRelu = true, growsFirst = true }: XceptionBlock): Value {
  const skip = from === to && stride === 1 ? [IDENTITY] : b.convNorm(1, from, to, { stride }, IDENTITY);
  const layers = Array.from({ length: repeats }, (_, at) => {
    const isLast = at === repeats - 1;
    const inputs = growsFirst && at > 0 ? to : from;
    const outputs = growsFirst || isLast ? to : from;
    const convolutions = [b.conv(3, inputs, inputs, { pad: 1, groups: inputs }), b.conv(1, inputs, outputs)];
    return [...(at > 0 || startsWithRelu ? [RELU] : []), ...convolutions, b.norm(outputs, IDENTITY)];
  });
  return b.parallel(PLUS, b.chain(...skip), b.chain(...layers.flat(), b.pool("MaxPool", 3, stride, 1)));
}

/** Xception (Chollet, 2017). */
export function xception(b: Builder): Value {
  const backbone = b.chain(
    ...b.convNorm(3, b.option("inchannels", 3), 32, { stride: 2 }),
    ...b.convNorm(3, 32, 64),
    xceptionBlock(b, { from: 64, to: 128, repeats: 2, stride: 2, startsWithRelu: false }),
    xceptionBlock(b, { from: 128, to: 256, repeats: 2, stride: 2 }),
    xceptionBlock(b, { from: 256, to: 728, repeats: 2, stride: 2 }),
    ...times(8, () => xceptionBlock(b, { from: 728, to: 728, repeats: 3 })),
    xceptionBlock(b, { from: 728, to: 1024, repeats: 2, stride: 2, growsFirst: false }),
    separable(b, 1024, 1536),
    separable(b, 1536, 2048),
  );
  return b.chain(backbone, b.classifier(2048, 0));
}
