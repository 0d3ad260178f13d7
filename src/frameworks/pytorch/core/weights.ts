import type { Tensor } from "../../../interpret/tensor.js";
import type { CatalogueStep, Trace, TracedParameter, WeightSource } from "../../../interpret/trace.js";
import { TorchTensor } from "./tensor.js";

type Steps = readonly CatalogueStep[] | undefined;

const finders = new WeakMap<Trace, (tensor: Tensor) => string | undefined>();

/** While a model is traced, weights that functions are given are told by their paths in it. */
export function nameWeights(trace: Trace, pathOf: (tensor: Tensor) => string | undefined): void {
  finders.set(trace, pathOf);
}

/** The weights that a function is given, by their paths; those of a layer are told by the layer. */
export function weightsGiven(steps: Steps, tensorOf: (argument: string) => Tensor | undefined, trace: Trace): TracedParameter[] {
  const arguments_ = new Set((steps ?? []).flatMap(({ weights = {} }) => Object.values(weights).map(({ parameter }) => parameter)));
  return [...arguments_].flatMap((argument) => {
    const tensor = tensorOf(argument);
    const name = tensor && finders.get(trace)?.(tensor);
    if (!(tensor instanceof TorchTensor) || name === undefined) return [];
    const { shape = [undefined], trainable, role } = tensor;
    return [{ name, shape, trainable, counted: role === "parameter" }];
  });
}

/** Weights that rules tell by arguments, told by their paths instead. Undefined where one is no weight of the model. */
export function byPath(steps: Steps, tensorOf: (argument: string) => Tensor | undefined, trace: Trace): Steps {
  const found = steps?.map((step): CatalogueStep | undefined => {
    const sources = Object.entries(step.weights ?? {}).map(([ours, source]): [string, WeightSource | undefined] => {
      const tensor = tensorOf(source.parameter);
      const path = tensor && finders.get(trace)?.(tensor);
      return [ours, path === undefined ? undefined : { ...source, parameter: path }];
    });
    const known = sources.filter((entry): entry is [string, WeightSource] => entry[1] !== undefined);
    if (known.length < sources.length) return undefined;
    return step.weights ? { ...step, weights: Object.fromEntries(known) } : step;
  });
  return complete(found);
}

/** Layers whose weights nobody trains are frozen here too. Undefined where one trains only some of them, as ours cannot. */
export function asTrained(steps: Steps, tensorOf: (argument: string) => Tensor | undefined): Steps {
  const found = steps?.map((step): CatalogueStep | undefined => {
    const learned = Object.values(step.weights ?? {}).flatMap(({ parameter }) => {
      const tensor = tensorOf(parameter);
      return tensor instanceof TorchTensor && tensor.role === "parameter" ? [tensor.trainable] : [];
    });
    if (learned.length === 0 || learned.every((trainable) => trainable)) return step;
    return learned.some((trainable) => trainable) ? undefined : { ...step, args: { ...step.args, trainable: false } };
  });
  return complete(found);
}

function complete(steps: readonly (CatalogueStep | undefined)[] | undefined): Steps {
  const known = steps?.filter((step) => step !== undefined);
  return known?.length === steps?.length ? known : undefined;
}
