import type { Size, Tensor, TensorShape } from "../../../interpret/tensor.js";
import { NONE, type TensorValue, type Value } from "../../../interpret/values.js";

/** What a tensor is to the module that holds it in a field. */
export type TensorRole = "data" | "parameter" | "buffer";

/** How the numbers of a tensor start, as the catalogue's layers write initializers: { type: "zeros" }. */
export type Start = Readonly<Record<string, string | number>>;

/** A tensor of PyTorch. */
export class TorchTensor implements Tensor {
  // Most tensors of a model never get either.
  #attributes: Map<string, Value> | undefined;
  #starts: Map<"start", Start> | undefined;

  constructor(
    readonly shape: TensorShape | undefined,
    readonly dtype: string | undefined = "float32",
    readonly role: TensorRole = "data",
    /** The numbers themselves, where the program computes with a few (drop rates by `linspace`, RegNet's widths); row by row. */
    readonly numbers?: readonly number[],
  ) {}

  /** What the program sets (`requires_grad`). */
  get attributes(): Map<string, Value> {
    this.#attributes ??= new Map();
    return this.#attributes;
  }

  /** The last initializer that ran on it, under one key. */
  get starts(): Map<"start", Start> {
    this.#starts ??= new Map();
    return this.#starts;
  }

  /** Undefined where nobody has said how its numbers start. */
  get start(): Start | undefined {
    return this.#starts?.get("start");
  }

  /** Whether an optimizer changes it: a parameter that nobody froze. */
  get trainable(): boolean {
    const said = this.#attributes?.get("requires_grad");
    return this.role === "parameter" && !(said?.kind === "boolean" && !said.value);
  }
}

/** A new tensor whose numbers start in a known way. */
export function startingTensor(shape: TensorShape | undefined, dtype: string | undefined, start: Start | undefined): TensorValue {
  const tensor = new TorchTensor(shape, dtype);
  if (start) tensor.starts.set("start", start);
  return { kind: "tensor", tensor };
}

/** A new tensor as a value. */
export function tensorValue(shape: TensorShape | undefined, dtype: string | undefined = "float32"): TensorValue {
  return { kind: "tensor", tensor: new TorchTensor(shape, dtype) };
}

/** A weight of a module. */
export function parameter(...shape: readonly Size[]): TensorValue {
  return { kind: "tensor", tensor: new TorchTensor(shape, "float32", "parameter") };
}

/** A statistic of a module: kept with it, but not learned. */
export function buffer(dtype: string, ...shape: readonly Size[]): TensorValue {
  return { kind: "tensor", tensor: new TorchTensor(shape, dtype, "buffer") };
}

/** A weight where a flag asks for it, else None. */
export function parameterIf(wanted: boolean, ...shape: readonly Size[]): Value {
  return wanted ? parameter(...shape) : NONE;
}

/** What a tensor is to modules; tensors of others are data. */
export function roleOf(tensor: Tensor): TensorRole {
  return tensor instanceof TorchTensor ? tensor.role : "data";
}

/** The numbers of a tensor, where they are known. */
export function numbersOf(value: Value): readonly number[] | undefined {
  return value.kind === "tensor" && value.tensor instanceof TorchTensor ? value.tensor.numbers : undefined;
}
