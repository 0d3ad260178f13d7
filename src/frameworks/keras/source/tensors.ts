import type { Tensor, TensorShape } from "../../../interpret/tensor.js";
import type { TensorValue, Value } from "../../../interpret/values.js";

/** A tensor of Keras or TensorFlow. Symbolic ones stand for what a functional model will be fed or make. */
export class KerasTensor implements Tensor {
  constructor(
    readonly shape: TensorShape | undefined,
    readonly dtype: string | undefined = "float32",
    readonly symbolic = false,
  ) {}
}

export function tensorValue(shape: TensorShape | undefined, dtype?: string, symbolic = false): TensorValue {
  return { kind: "tensor", tensor: new KerasTensor(shape, dtype, symbolic) };
}

export function isSymbolic(values: Iterable<Value>): boolean {
  return tensorsIn(values).some((tensor) => tensor instanceof KerasTensor && tensor.symbolic);
}

/** All tensors in values, also those inside lists, tuples and dictionaries. */
export function tensorsIn(values: Iterable<Value>): Tensor[] {
  const found: Tensor[] = [];
  for (const value of values) {
    if (value.kind === "tensor") found.push(value.tensor);
    else if (value.kind === "list" || value.kind === "tuple") found.push(...tensorsIn(value.items));
    else if (value.kind === "dictionary") found.push(...tensorsIn([...value.entries.values()].map((entry) => entry.value)));
  }
  return found;
}

/** The same value with other tensors in it; those without another one stay. */
export function withTensors(value: Value, others: ReadonlyMap<Tensor, Value>): Value {
  switch (value.kind) {
    case "tensor":
      return others.get(value.tensor) ?? value;
    case "list":
      return { kind: "list", items: value.items.map((item) => withTensors(item, others)) };
    case "tuple":
      return { ...value, items: value.items.map((item) => withTensors(item, others)) };
    case "dictionary":
      return {
        kind: "dictionary",
        entries: new Map([...value.entries].map(([key, entry]) => [key, { key: entry.key, value: withTensors(entry.value, others) }])),
      };
    default:
      return value;
  }
}
