import type { Value } from "../../../interpret/values.js";
import type { Build, Builder } from "./builder.js";

const NORM = { momentum: 0.9997, epsilon: 1e-3 };
const PLAIN = { padding: "same", use_bias: false };

interface Size {
  /** Normal cells between reductions. */
  readonly blocks: number;
  /** Channels of the first cells' parts. */
  readonly filters: number;
  /** Channels of the first convolution. */
  readonly stem: number;
  /** The cell after a reduction gets what came before it as its second input. */
  readonly skipsReduction: boolean;
}

/** NASNet-A (Zoph et al., 2018): cells that were found by search, each with the outputs of the two before it. */
export function nasnet({ blocks, filters, stem, skipsReduction }: Size): Build {
  return (net, input, options) => {
    let x = net.convolution(input, "stem_conv1", stem, 3, { strides: 2, use_bias: false });
    x = net.normalization(x, "stem_bn1", NORM);
    const first = reductionCell(net, x, undefined, filters / 4, "stem_1");
    let before = x;
    x = first;
    const second = reductionCell(net, x, before, filters / 2, "stem_2");
    before = x;
    x = second;
    for (const stage of [0, 1, 2]) {
      const channels = filters * 2 ** stage;
      if (stage > 0) {
        const reduced = reductionCell(net, x, before, channels, `reduce_${stage * blocks}`);
        if (!skipsReduction) before = x;
        x = reduced;
      }
      for (let i = 0; i < blocks; i++) {
        const next = normalCell(net, x, before, channels, `${stage * blocks + i + Math.min(stage, 1)}`);
        before = x;
        x = next;
      }
    }
    x = net.layer("Activation", { activation: "relu" }, x);
    const { includeTop, classes, pooling, activation } = options;
    if (!includeTop) return net.pooled(x, pooling, false);
    return net.layer("Dense", { name: "predictions", units: classes, activation }, net.layer("GlobalAveragePooling2D", {}, x));
  };
}

function normalCell(net: Builder, input: Value, previous: Value, filters: number, id: string): Value {
  const p = adjusted(net, previous, input, filters, id);
  const h = projected(net, input, filters, `normal_conv_1_${id}`, `normal_bn_1_${id}`);
  const mean = (x: Value, side: string) =>
    net.layer("AveragePooling2D", { name: `normal_${side}_${id}`, pool_size: 3, strides: 1, padding: "same" }, x);
  const separated = (x: Value, size: number, side: string) => separable(net, x, { filters, size, strides: 1, id: `normal_${side}_${id}` });
  const sum = (i: number, a: Value, b: Value) => net.add(a, b, `normal_add_${i}_${id}`);
  const sums = [
    sum(1, separated(h, 5, "left1"), separated(p, 3, "right1")),
    sum(2, separated(p, 5, "left2"), separated(p, 3, "right2")),
    sum(3, mean(h, "left3"), p),
    sum(4, mean(p, "left4"), mean(p, "right4")),
    sum(5, separated(h, 3, "left5"), h),
  ];
  return net.joined("Concatenate", [p, ...sums], `normal_concat_${id}`);
}

/** Halves rows and columns. */
function reductionCell(net: Builder, input: Value, previous: Value | undefined, filters: number, id: string): Value {
  const p = previous ? adjusted(net, previous, input, filters, id) : input;
  const h = projected(net, input, filters, `reduction_conv_1_${id}`, `reduction_bn_1_${id}`);
  const framed = net.padded(h, `reduction_pad_1_${id}`, 3);
  const pooled = (kind: "Max" | "Average", side: string) =>
    net.layer(`${kind}Pooling2D`, { name: `reduction_${side}_${id}`, pool_size: 3, strides: 2 }, framed);
  const halved = (x: Value, size: number, side: string) => separable(net, x, { filters, size, strides: 2, id: `reduction_${side}_${id}` });
  const one = net.add(halved(h, 5, "left1"), halved(p, 7, "right1"), `reduction_add_1_${id}`);
  const two = net.add(pooled("Max", "left2"), halved(p, 7, "right2"), `reduction_add_2_${id}`);
  const three = net.add(pooled("Average", "left3"), halved(p, 5, "right3"), `reduction_add3_${id}`);
  const mean = net.layer("AveragePooling2D", { name: `reduction_left4_${id}`, pool_size: 3, strides: 1, padding: "same" }, one);
  const four = net.add(two, mean);
  const again = separable(net, one, { filters, size: 3, strides: 1, id: `reduction_left4_${id}` });
  const five = net.add(again, pooled("Max", "right5"), `reduction_add4_${id}`);
  return net.joined("Concatenate", [two, three, four, five], `reduction_concat_${id}`);
}

function projected(net: Builder, input: Value, filters: number, name: string, norm: string): Value {
  const rectified = net.layer("Activation", { activation: "relu" }, input);
  return net.normalization(net.convolution(rectified, name, filters, 1, PLAIN), norm, NORM);
}

interface Separable {
  readonly filters: number;
  readonly size: number;
  readonly strides: 1 | 2;
  readonly id: string;
}

/** Twice rectified, convolved separably and normalized. */
function separable(net: Builder, input: Value, { filters, size, strides, id }: Separable): Value {
  let x = input;
  for (const i of [1, 2]) {
    const isHalved = strides === 2 && i === 1;
    x = net.layer("Activation", { activation: "relu" }, x);
    if (isHalved) x = net.padded(x, `separable_conv_1_pad_${id}`, size);
    const moves = isHalved ? { strides, padding: "valid" } : {};
    x = net.layer("SeparableConv2D", { name: `separable_conv_${i}_${id}`, filters, kernel_size: size, ...PLAIN, ...moves }, x);
    x = net.normalization(x, `separable_conv_${i}_bn_${id}`, NORM);
  }
  return x;
}

/** What came before the input, brought to its rows, columns and channels. */
function adjusted(net: Builder, previous: Value, input: Value, filters: number, id: string): Value {
  if (net.columns(previous) === net.columns(input)) {
    if (net.channels(previous) === filters) return previous;
    return projected(net, previous, filters, `adjust_conv_projection_${id}`, `adjust_bn_${id}`);
  }
  const rectified = net.relu(previous, `adjust_relu_1_${id}`);
  const shifted = net.layer(
    "ZeroPadding2D",
    {
      padding: [
        [0, 1],
        [0, 1],
      ],
    },
    rectified,
  );
  const halves = [
    rectified,
    net.layer(
      "Cropping2D",
      {
        cropping: [
          [1, 0],
          [1, 0],
        ],
      },
      shifted,
    ),
  ].map((half, i) => {
    const sampled = net.layer("AveragePooling2D", { name: `adjust_avg_pool_${i + 1}_${id}`, pool_size: 1, strides: 2 }, half);
    return net.convolution(sampled, `adjust_conv_${i + 1}_${id}`, Math.floor(filters / 2), 1, PLAIN);
  });
  return net.normalization(net.joined("Concatenate", halves), `adjust_bn_${id}`, NORM);
}
