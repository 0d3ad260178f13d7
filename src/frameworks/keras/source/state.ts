import type { TextRange } from "../../../base/text.js";
import type { TensorShape } from "../../../interpret/tensor.js";
import type { TracedParameter } from "../../../interpret/trace.js";
import type { InstanceValue, Place, Value } from "../../../interpret/values.js";
import type { LayerData } from "../layers/data.js";
import type { KerasLayer } from "../layers/layer.js";

/** What an instance of a layer class keeps: Keras' own layers and those that the program defines. */
export class LayerState {
  /** Weights that a class of the program adds to itself. */
  readonly weights: TracedParameter[] = [];
  built = false;
  /** Whole shape of the input that the constructor says (input_shape=, input_dim=). */
  inputShape: TensorShape | undefined;
  /** What a wrapper wraps, what a Lambda calls. */
  inner: Value | undefined;

  constructor(
    readonly className: string,
    /** Undefined for classes that the program defines. */
    readonly row: KerasLayer | undefined,
    readonly data: LayerData,
    /** That it was given, else the one that Keras gives it. */
    readonly name: string,
    readonly madeAt: Place,
    readonly argumentPlaces: ReadonlyMap<number | string, TextRange>,
    /** Some arguments could not be known. */
    readonly incomplete: boolean,
  ) {}

  get givenName(): string | undefined {
    const { name } = this.data;
    return typeof name === "string" ? name : undefined;
  }
}

/** One layer after another. */
export class SequentialState {
  readonly layers: Value[] = [];
  constructor(readonly name: string) {}
}

/** What lies between symbolic inputs and outputs. */
export class FunctionalState {
  constructor(
    readonly inputs: Value,
    readonly outputs: Value,
    readonly name: string | undefined,
  ) {}
}

/** A model of a class that the program defines. */
export class SubclassState {
  readonly weights: TracedParameter[] = [];
  built = false;
  constructor(readonly name: string) {}
}

export type State = LayerState | SequentialState | FunctionalState | SubclassState;

export function layerState(value: Value | undefined): State | undefined {
  if (value?.kind !== "instance") return undefined;
  const { payload } = value;
  const known =
    payload instanceof LayerState ||
    payload instanceof SequentialState ||
    payload instanceof FunctionalState ||
    payload instanceof SubclassState;
  return known ? payload : undefined;
}

/** Layers and models right inside an instance: in its fields, also in their lists and dictionaries. */
export function sublayers(instance: InstanceValue): InstanceValue[] {
  return [...instance.fields.values()].flatMap(layersIn);
}

function layersIn(value: Value): InstanceValue[] {
  if (value.kind === "instance") return layerState(value) ? [value] : [];
  if (value.kind === "list" || value.kind === "tuple") return value.items.flatMap(layersIn);
  return value.kind === "dictionary" ? [...value.entries.values()].flatMap((entry) => layersIn(entry.value)) : [];
}
