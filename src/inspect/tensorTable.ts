import type { TracedParameter } from "../interpret/trace.js";
import type { ModelTensor } from "../protocol/modelPanel.js";
import type { ModelReading, ReadLayer } from "../reading/types.js";

/** Kinds of numbers that can be shown. */
const SHOWN = /^(float|bfloat|int|uint|bool)/;

/** All tensors of a model: those its file stores, then the weights that only its layers tell of. */
export class TensorTable {
  readonly tensors: ModelTensor[];
  readonly #stored: ReadonlyMap<string, number>;
  readonly #told = new Map<object, Map<string, number>>();

  constructor({ tensors = [] }: Pick<ModelReading, "tensors">) {
    this.tensors = tensors.map((tensor) => ({ ...tensor, stored: SHOWN.test(tensor.dtype) }));
    this.#stored = new Map(tensors.map(({ name }, i) => [name, i]));
  }

  /** A layer's weights as indices into `tensors`; those of a layer that is used twice are the same ones. */
  of(layer: ReadLayer): number[] {
    const names = new Set(layer.weights?.values());
    const stored = [...names].flatMap((name) => this.#stored.get(name) ?? []);
    const others = layer.application?.parameters.filter(({ name }) => !layer.weights?.has(name)) ?? [];
    return [...stored, ...others.map((parameter) => this.#tell(layer, parameter))];
  }

  #tell(layer: ReadLayer, { name, shape }: TracedParameter): number {
    const owner = layer.application?.owner ?? layer;
    const told = this.#told.get(owner) ?? new Map<string, number>();
    this.#told.set(owner, told);
    const known = told.get(name);
    if (known !== undefined) return known;
    const sizes = shape.map((size) => size ?? null);
    const path = layer.name === "" || name.startsWith(`${layer.name}.`) ? name : `${layer.name}.${name}`;
    told.set(name, this.tensors.length);
    return this.tensors.push({ name: path, shape: sizes, dtype: "float32", stored: false }) - 1;
  }
}
