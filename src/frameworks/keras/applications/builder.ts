import type { Size } from "../../../interpret/tensor.js";
import type { Call, Value } from "../../../interpret/values.js";
import type { DatumRecord } from "../layers/data.js";
import { makeLayer } from "../source/layerClasses.js";
import { callLayer } from "../source/run.js";

/** What a program asks of a network of keras.applications. */
export interface ApplicationOptions {
  readonly includeTop: boolean;
  readonly classes: number;
  readonly pooling: string | undefined;
  /** Factor of the numbers of channels, where the network has one. */
  readonly alpha: number;
  readonly activation: string | null;
}

/** Applies layers one after another, as the source of a network does. */
export class Builder {
  constructor(private readonly place: Call) {}

  layer(className: string, data: DatumRecord, input: Value): Value {
    return callLayer(
      makeLayer(className, data, this.place.place),
      { positional: [input], named: new Map(), incomplete: false },
      this.place,
    );
  }

  convolution(input: Value, name: string, filters: number, size: number, more: DatumRecord = {}): Value {
    return this.layer("Conv2D", { name, filters, kernel_size: size, ...more }, input);
  }

  normalization(input: Value, name: string, more: DatumRecord = {}): Value {
    return this.layer("BatchNormalization", { name, ...more }, input);
  }

  relu(input: Value, name: string): Value {
    return this.layer("Activation", { name, activation: "relu" }, input);
  }

  add(a: Value, b: Value, name: string): Value {
    return this.layer("Add", { name }, { kind: "list", items: [a, b] });
  }

  /** Padded by hand for a window that moves by two: a row more after than before where the size is even (correct_pad). */
  padded(input: Value, name: string, size: number): Value {
    const shape = input.kind === "tensor" ? input.tensor.shape : undefined;
    const half = Math.floor(size / 2);
    const sides = (side: Size) => [half - (side === undefined ? 1 : 1 - (side % 2)), half];
    return this.layer("ZeroPadding2D", { name, padding: [sides(shape?.at(-3)), sides(shape?.at(-2))] }, input);
  }

  channels(value: Value): Size {
    return value.kind === "tensor" ? value.tensor.shape?.at(-1) : undefined;
  }

  /** Global pooling and a classifier, or the pooling that was asked for instead. */
  head(input: Value, { includeTop, classes, pooling, activation }: ApplicationOptions): Value {
    if (includeTop) {
      const pooled = this.layer("GlobalAveragePooling2D", { name: "avg_pool" }, input);
      return this.layer("Dense", { name: "predictions", units: classes, activation }, pooled);
    }
    return this.pooled(input, pooling);
  }

  pooled(input: Value, pooling: string | undefined): Value {
    if (pooling === "avg") return this.layer("GlobalAveragePooling2D", { name: "avg_pool" }, input);
    return pooling === "max" ? this.layer("GlobalMaxPooling2D", { name: "max_pool" }, input) : input;
  }
}
