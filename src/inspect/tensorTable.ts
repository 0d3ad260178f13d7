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

  /** `learnt`: names of weights that only layers tell of, and whose numbers can be asked for all the same. */
  constructor(
    { tensors = [] }: Pick<ModelReading, "tensors">,
    private readonly learnt: ReadonlySet<string>,
  ) {
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

  #tell(layer: ReadLayer, parameter: TracedParameter): number {
    const owner = layer.application?.owner ?? layer;
    const told = this.#told.get(owner) ?? new Map<string, number>();
    this.#told.set(owner, told);
    const known = told.get(parameter.name);
    if (known !== undefined) return known;
    const name = tensorName(layer, parameter.name);
    told.set(parameter.name, this.tensors.length);
    const shape = parameter.shape.map((size) => size ?? null);
    return this.tensors.push({ name, shape, dtype: "float32", stored: this.learnt.has(name) }) - 1;
  }
}

/** "conv1.weight": how a weight is called that only its layer tells of. */
export function tensorName({ name: layer }: Pick<ReadLayer, "name">, parameter: string): string {
  return layer === "" || parameter.startsWith(`${layer}.`) ? parameter : `${layer}.${parameter}`;
}
