import type { TextRange } from "../../base/text.js";
import type { TensorShape } from "../../interpret/tensor.js";
import type { CatalogueStep, TracedParameter } from "../../interpret/trace.js";
import type { Call, InstanceValue, Place, Value } from "../../interpret/values.js";
import type { Formula, LayerProblem, Reach } from "../../layers/kind.js";

/** What a layer makes of its inputs. Left out: no multiply-adds, pointwise, no formulas, not in our catalogue. */
export interface Inference {
  readonly output: TensorShape | undefined;
  readonly multiplyAdds?: number | undefined;
  readonly reach?: Reach;
  readonly formulas?: () => readonly Formula[];
  readonly catalogue?: readonly CatalogueStep[] | undefined;
  /** What Flux would refuse; the output is what the layer would have made of a fitting input. */
  readonly problem?: LayerProblem | undefined;
}

/** Whole shapes, batch last; undefined where even the number of axes is unknown. At least one. */
export type InputShapes = readonly [TensorShape | undefined, ...(TensorShape | undefined)[]];

/** The pair of sizes that many layers are given, as fixes name its place. */
export const PAIR = "in => out";

/** A layer without layers inside. */
export interface Leaf {
  readonly kind: "leaf";
  readonly type: string;
  readonly parameters: readonly TracedParameter[];
  /** What its constructor's positional arguments are, as fixes name them; `in` and `out` stand in PAIR. */
  readonly positions?: readonly string[];
  infer(inputs: InputShapes): Inference;
}

/** One of the layers inside another, or a function among them. */
export interface Child {
  /** Its name, or its number from 1. */
  readonly name: string;
  readonly value: Value;
  /** Where it stands among the arguments; of layers that were made elsewhere, where the container was made. */
  readonly place: Place;
}

/** A layer that is made of others. */
export interface Container {
  readonly kind: "container";
  readonly type: string;
  readonly children: readonly Child[];
  forward(inputs: readonly Value[], call: Call): Value;
}

/** A layer of @autosize, which is made when its first input comes. */
export interface Lazy {
  readonly kind: "lazy";
  readonly callee: Value;
  readonly make: Value;
  made: Value | undefined;
}

export type Layer = Leaf | Container | Lazy;

const layers = new WeakMap<InstanceValue, { readonly layer: Layer; readonly call: Call }>();

/** `call` made it. */
export function setLayer(instance: InstanceValue, layer: Layer, call: Call): void {
  layers.set(instance, { layer, call });
}

/** What an instance of one of Flux's own types is. */
export function layerOf(value: Value): Layer | undefined {
  return value.kind === "instance" ? layers.get(value)?.layer : undefined;
}

/** Where a leaf's arguments stand, by the names that fixes use. */
export function argumentPlaces(instance: InstanceValue, { positions = [] }: Leaf): ReadonlyMap<string, TextRange> {
  const places = layers.get(instance)?.call.argumentPlaces ?? new Map<number | string, TextRange>();
  return new Map([...places].map(([key, range]) => [typeof key === "number" ? (positions[key] ?? String(key)) : key, range]));
}

export function weight(name: string, shape: TracedParameter["shape"]): TracedParameter {
  return { name, shape, trainable: true, counted: true };
}

/** Running statistics: Flux does not count them. */
export function statistic(name: string, shape: TracedParameter["shape"]): TracedParameter {
  return { name, shape, trainable: false, counted: false };
}
