import type { Value } from "../../../interpret/values.js";
import type { ApplicationOptions, Builder } from "./builder.js";

/** Rows and columns of a convolution's window, and its channels. */
type Step = readonly [filters: number, rows: number, columns: number];

/** Inception v3 (Szegedy et al., 2016); Keras counts the names of its convolutions. */
export function inceptionV3(net: Builder, input: Value, options: ApplicationOptions): Value {
  const convolved = (x: Value, [filters, rows, columns]: Step, strides = 1, padding: "same" | "valid" = "same") => {
    const settings = { filters, kernel_size: [rows, columns], strides, padding, use_bias: false };
    const normalized = net.layer("BatchNormalization", { scale: false }, net.layer("Conv2D", settings, x));
    return net.layer("Activation", { activation: "relu" }, normalized);
  };
  const chain = (x: Value, ...steps: readonly Step[]) => steps.reduce((value, step) => convolved(value, step), x);
  const largest = (x: Value) => net.layer("MaxPooling2D", { pool_size: 3, strides: 2 }, x);
  const mean = (x: Value) => net.layer("AveragePooling2D", { pool_size: 3, strides: 1, padding: "same" }, x);

  let x = convolved(input, [32, 3, 3], 2, "valid");
  x = largest(convolved(convolved(x, [32, 3, 3], 1, "valid"), [64, 3, 3]));
  x = largest(convolved(convolved(x, [80, 1, 1], 1, "valid"), [192, 3, 3], 1, "valid"));
  [32, 64, 64].forEach((filters, i) => {
    const one = chain(x, [64, 1, 1]);
    const five = chain(x, [48, 1, 1], [64, 5, 5]);
    const double = chain(x, [64, 1, 1], [96, 3, 3], [96, 3, 3]);
    x = net.joined("Concatenate", [one, five, double, chain(mean(x), [filters, 1, 1])], `mixed${i}`);
  });
  const shrunk = convolved(x, [384, 3, 3], 2, "valid");
  const twice = convolved(chain(x, [64, 1, 1], [96, 3, 3]), [96, 3, 3], 2, "valid");
  x = net.joined("Concatenate", [shrunk, twice, largest(x)], "mixed3");
  [128, 160, 160, 192].forEach((width, i) => {
    const one = chain(x, [192, 1, 1]);
    const seven = chain(x, [width, 1, 1], [width, 1, 7], [192, 7, 1]);
    const double = chain(x, [width, 1, 1], [width, 7, 1], [width, 1, 7], [width, 7, 1], [192, 1, 7]);
    x = net.joined("Concatenate", [one, seven, double, chain(mean(x), [192, 1, 1])], `mixed${i + 4}`);
  });
  const three = convolved(chain(x, [192, 1, 1]), [320, 3, 3], 2, "valid");
  const seven = convolved(chain(x, [192, 1, 1], [192, 1, 7], [192, 7, 1]), [192, 3, 3], 2, "valid");
  x = net.joined("Concatenate", [three, seven, largest(x)], "mixed8");
  for (const i of [0, 1]) {
    const one = chain(x, [320, 1, 1]);
    const split = (value: Value, name?: string) => net.joined("Concatenate", [chain(value, [384, 1, 3]), chain(value, [384, 3, 1])], name);
    const wide = split(chain(x, [384, 1, 1]), `mixed9_${i}`);
    const double = split(chain(x, [448, 1, 1], [384, 3, 3]));
    x = net.joined("Concatenate", [one, wide, double, chain(mean(x), [192, 1, 1])], `mixed${9 + i}`);
  }
  return options.includeTop ? net.head(x, options) : net.pooled(x, options.pooling, false);
}
