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
  readonly activation: string | null;
  /** Whether it comes with weights: some then scale their inputs once more. */
  readonly trained: boolean;
  /** Other numbers and switches that some networks have ("alpha", "minimalistic"). */
  number(name: string, otherwise: number): number;
  flag(name: string, otherwise: boolean): boolean;
}

/** Makes the layers of a network, from its input to its output. */
export type Build = (net: Builder, input: Value, options: ApplicationOptions) => Value;

/** Applies layers one after another, as the source of a network does. */
export class Builder {
  constructor(private readonly place: Call) {}

  layer(className: string, data: DatumRecord, input: Value): Value {
    return callLayer(makeLayer(className, data, this.place), { positional: [input], named: new Map(), incomplete: false }, this.place);
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

  relu6(input: Value, name: string): Value {
    return this.layer("ReLU", { name, max_value: 6 }, input);
  }

  /** With no name, one that Keras counts. */
  add(a: Value, b: Value, name?: string): Value {
    return this.joined("Add", [a, b], name);
  }

  joined(className: "Add" | "Multiply" | "Concatenate", items: readonly Value[], name?: string): Value {
    return this.layer(className, name === undefined ? {} : { name }, { kind: "list", items: [...items] });
  }

  /** An operator between a tensor and a number. */
  arithmetic(operator: "+" | "*", input: Value, value: number): Value {
    return this.place.interpreter.binary(operator, input, { kind: "number", value, float: true }, this.place);
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

  columns(value: Value): Size {
    return value.kind === "tensor" ? value.tensor.shape?.at(-2) : undefined;
  }

  /** Global pooling and a classifier, or the pooling that was asked for instead. */
  head(input: Value, { includeTop, classes, pooling, activation }: ApplicationOptions): Value {
    if (includeTop) {
      const pooled = this.layer("GlobalAveragePooling2D", { name: "avg_pool" }, input);
      return this.layer("Dense", { name: "predictions", units: classes, activation }, pooled);
    }
    return this.pooled(input, pooling);
  }

  /** Some networks leave the names of these layers to Keras. */
  pooled(input: Value, pooling: string | undefined, isNamed = true): Value {
    const name = (given: string) => (isNamed ? { name: given } : {});
    if (pooling === "avg") return this.layer("GlobalAveragePooling2D", name("avg_pool"), input);
    return pooling === "max" ? this.layer("GlobalMaxPooling2D", name("max_pool"), input) : input;
  }
}
