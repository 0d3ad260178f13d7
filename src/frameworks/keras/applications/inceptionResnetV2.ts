import type { Value } from "../../../interpret/values.js";
import type { DatumRecord } from "../layers/data.js";
import type { ApplicationOptions, Builder } from "./builder.js";

/** Channels of a convolution, and its window. */
type Step = readonly [filters: number, size: number | readonly [rows: number, columns: number]];

interface Residual {
  readonly name: string;
  readonly repeats: number;
  /** What the residuals are multiplied by. */
  readonly scale: number;
  readonly branches: readonly (readonly Step[])[];
}

const BLOCK_35: Residual = {
  name: "block35",
  repeats: 10,
  scale: 0.17,
  branches: [
    [[32, 1]],
    [
      [32, 1],
      [32, 3],
    ],
    [
      [32, 1],
      [48, 3],
      [64, 3],
    ],
  ],
};
const BLOCK_17: Residual = {
  name: "block17",
  repeats: 20,
  scale: 0.1,
  branches: [
    [[192, 1]],
    [
      [128, 1],
      [160, [1, 7]],
      [192, [7, 1]],
    ],
  ],
};
const BLOCK_8: Residual = {
  name: "block8",
  repeats: 10,
  scale: 0.2,
  branches: [
    [[192, 1]],
    [
      [192, 1],
      [224, [1, 3]],
      [256, [3, 1]],
    ],
  ],
};

/** Inception-ResNet v2 (Szegedy et al., 2017); Keras counts the names of its convolutions. */
export function inceptionResnetV2(net: Builder, input: Value, options: ApplicationOptions): Value {
  const convolved = (x: Value, [filters, size]: Step, more: DatumRecord = {}) => {
    const convolution = net.layer("Conv2D", { filters, kernel_size: size, padding: "same", use_bias: false, ...more }, x);
    return net.layer("Activation", { activation: "relu" }, net.layer("BatchNormalization", { scale: false }, convolution));
  };
  const valid = (x: Value, step: Step) => convolved(x, step, { padding: "valid" });
  const halved = (x: Value, step: Step) => convolved(x, step, { padding: "valid", strides: 2 });
  const chain = (x: Value, steps: readonly Step[]) => steps.reduce((value, step) => convolved(value, step), x);
  const largest = (x: Value) => net.layer("MaxPooling2D", { pool_size: 3, strides: 2 }, x);
  const residuals = (input: Value, { name, repeats, scale, branches }: Residual) => {
    let x = input;
    for (let i = 1; i <= repeats; i++) {
      // The last of all is added whole, and not rectified.
      const isLast = name === BLOCK_8.name && i === repeats;
      const mixed = net.joined(
        "Concatenate",
        branches.map((steps) => chain(x, steps)),
        `${name}_${i}_mixed`,
      );
      const up = net.convolution(mixed, `${name}_${i}_conv`, net.channels(x) ?? 0, 1, { padding: "same" });
      x = net.add(x, isLast ? up : net.arithmetic("*", up, scale));
      if (!isLast) x = net.relu(x, `${name}_${i}_ac`);
    }
    return x;
  };

  let x = convolved(valid(halved(input, [32, 3]), [32, 3]), [64, 3]);
  x = largest(valid(valid(largest(x), [80, 1]), [192, 3]));
  const five = [
    chain(x, [[96, 1]]),
    chain(x, [
      [48, 1],
      [64, 5],
    ]),
    chain(x, [
      [64, 1],
      [96, 3],
      [96, 3],
    ]),
  ];
  const mean = net.layer("AveragePooling2D", { pool_size: 3, strides: 1, padding: "same" }, x);
  x = residuals(net.joined("Concatenate", [...five, chain(mean, [[64, 1]])], "mixed_5b"), BLOCK_35);
  const six = [
    halved(x, [384, 3]),
    halved(
      chain(x, [
        [256, 1],
        [256, 3],
      ]),
      [384, 3],
    ),
    largest(x),
  ];
  x = residuals(net.joined("Concatenate", six, "mixed_6a"), BLOCK_17);
  const entered = chain(x, [[256, 1]]);
  const wide = halved(chain(x, [[256, 1]]), [288, 3]);
  const seven = [
    halved(entered, [384, 3]),
    wide,
    halved(
      chain(x, [
        [256, 1],
        [288, 3],
      ]),
      [320, 3],
    ),
    largest(x),
  ];
  x = residuals(net.joined("Concatenate", seven, "mixed_7a"), BLOCK_8);
  x = net.convolution(x, "conv_7b", 1536, 1, { padding: "same", use_bias: false });
  x = net.relu(net.normalization(x, "conv_7b_bn", { scale: false }), "conv_7b_ac");
  return options.includeTop ? net.head(x, options) : net.pooled(x, options.pooling, false);
}
