import type { TextRange } from "../../base/text.js";
import type { TensorShape } from "../../interpret/tensor.js";
import type { TracedParameter } from "../../interpret/trace.js";
import type { InstanceValue, Place, Value } from "../../interpret/values.js";
import type { LayerData } from "../keras/layers/data.js";

/** What a layer of TensorFlow.js keeps: its arguments, in the words of Keras' tables. */
export class Layer {
  /** Weights that a layer of the program's own adds. */
  readonly weights: TracedParameter[] = [];
  built = false;

  constructor(
    readonly className: string,
    readonly data: LayerData,
    /** Whether all arguments are here, some may be missing, or there is not even an object for them. */
    readonly config: "known" | "incomplete" | "none",
    readonly givenName: string | undefined,
    /** That, or the one TensorFlow.js gives it. */
    readonly name: string,
    /** Whole, as it says itself (inputShape); undefined where it says none, or one that is not known. */
    readonly inputShape: TensorShape | "unknown" | undefined,
    readonly madeAt: Place,
    /** Where the values in its config stand, by their names there. */
    readonly argumentPlaces: ReadonlyMap<string, TextRange>,
  ) {}
}

/** A stack of layers. What is not known of it stands among them as an unknown value. */
export class Sequential {
  constructor(
    readonly layers: Value[],
    readonly name: string | undefined,
  ) {}
}

/** A graph of layers between symbolic tensors. */
export class Functional {
  constructor(
    readonly inputs: readonly Value[],
    /** One tensor, or a list of them. */
    readonly outputs: Value,
    readonly name: string | undefined,
  ) {}
}

export type Model = Sequential | Functional;

export function layerOf(value: Value | undefined): Layer | undefined {
  return value?.kind === "instance" && value.payload instanceof Layer ? value.payload : undefined;
}

export function modelOf(value: Value | undefined): Model | undefined {
  if (value?.kind !== "instance") return undefined;
  return value.payload instanceof Sequential || value.payload instanceof Functional ? value.payload : undefined;
}

/** What can be applied to tensors. */
export function isApplicable(value: Value): value is InstanceValue {
  return layerOf(value) !== undefined || modelOf(value) !== undefined;
}
