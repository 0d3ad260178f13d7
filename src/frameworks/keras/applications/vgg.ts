import type { Value } from "../../../interpret/values.js";
import { vggWidth } from "../../published/vgg.js";
import type { ApplicationOptions, Builder } from "./builder.js";

/** VGG (Simonyan and Zisserman, 2014); so many convolutions in each of its five blocks. */
export const vgg =
  (depths: readonly number[]) =>
  (net: Builder, input: Value, options: ApplicationOptions): Value => {
    let x = input;
    depths.forEach((depth, i) => {
      const block = `block${i + 1}`;
      for (let j = 1; j <= depth; j++) {
        x = net.convolution(x, `${block}_conv${j}`, vggWidth(i), 3, { padding: "same", activation: "relu" });
      }
      x = net.layer("MaxPooling2D", { name: `${block}_pool`, pool_size: 2, strides: 2 }, x);
    });
    if (!options.includeTop) return net.pooled(x, options.pooling);
    x = net.layer("Flatten", { name: "flatten" }, x);
    x = net.layer("Dense", { name: "fc1", units: 4096, activation: "relu" }, x);
    x = net.layer("Dense", { name: "fc2", units: 4096, activation: "relu" }, x);
    return net.layer("Dense", { name: "predictions", units: options.classes, activation: options.activation }, x);
  };
