import { err, ok, type Result } from "../base/result.js";
import { sizesText } from "../base/words.js";
import type { StartingWeights, StoredWeight } from "../run/start.js";
import type { Translated } from "./toCnnJson.js";
import type { ModelReading, ReadLayer, StoredTensor } from "./types.js";

/**
 * Where the variables of a translated saved model start: at the model's own weights. Undefined for a file without any, which starts as its
 * layers say; the error names a weight that is not found among those there are.
 */
export function ownWeights(
  { tensors = [] }: ModelReading,
  translated: Translated,
  file: string,
): Result<StartingWeights | undefined, string> {
  if (tensors.length === 0) return ok(undefined);
  const lacking = [...translated.weights].find(([, { layer, parameter }]) => layer.weights?.get(parameter) === undefined)?.[1];
  if (lacking) return err(`the ${lacking.parameter} of ${lacking.layer.name} is not found among its weights`);
  const weights = [...translated.weights].flatMap(([variable, { layer, parameter, ...source }]) =>
    stored(variable, layer.weights?.get(parameter), source),
  );
  return ok({ file, weights: Object.fromEntries(weights) });
}

function stored(
  variable: string,
  tensor: string | undefined,
  { shape, permutation }: Omit<StoredWeight, "tensor">,
): [string, StoredWeight][] {
  return tensor === undefined ? [] : [[variable, { tensor, ...(shape && { shape }), ...(permutation && { permutation }) }]];
}

/** Counts of batches that PyTorch's normalizations keep, for a momentum that nobody uses. */
const UNUSED = /(^|\.)num_batches_tracked$/;
/** What a dictionary of a checkpoint and wrappers such as DataParallel put in front of all names. */
const WRAPPED = /^(?:(?:state_dict|model_state_dict|model|net|module|_orig_mod)\.)+/;

/**
 * Where the variables of a model of PyTorch source code start, in the tensors of a state dict: named as in `named_parameters` and
 * `named_buffers`. Answers what is missing, unexpected or of another shape, as PyTorch's `load_state_dict` does.
 */
export function checkpointWeights(
  { layers }: ModelReading,
  translated: Translated,
  tensors: readonly StoredTensor[],
  file: string,
): Result<StartingWeights, string> {
  const plain = tensors.filter(({ name }) => !UNUSED.test(name));
  const wanted = parametersOf(layers);
  const byName = unwrapped(plain, wanted);
  const wrong = [
    ...listed(
      "is missing",
      [...wanted.keys()].filter((name) => !byName.has(name)),
    ),
    ...listed(
      "is unexpected",
      [...byName.keys()].filter((name) => !wanted.has(name)),
    ),
    ...[...wanted].flatMap(([name, shape]) => {
      const stored = byName.get(name)?.shape;
      return stored === undefined || String(stored) === String(shape) ? [] : [`${name} is ${sizesText(stored)}, not ${sizesText(shape)}`];
    }),
  ];
  if (wrong.length > 0) return err(wrong.slice(0, MOST_TOLD).join("; "));
  const weights = [...translated.weights].flatMap(([variable, { layer, parameter, ...source }]) =>
    stored(variable, byName.get(pathOf(layer.name, parameter))?.name, source),
  );
  return ok({ file, weights: Object.fromEntries(weights) });
}

/** Further sentences of what is wrong help nobody. */
const MOST_TOLD = 6;
const MOST_NAMED = 4;

/** Every parameter and buffer of the model, by its path. */
function parametersOf(layers: readonly ReadLayer[]): Map<string, readonly (number | undefined)[]> {
  const all = layers.flatMap(({ name, application }) =>
    (application?.parameters ?? []).map((parameter) => [pathOf(name, parameter.name), parameter.shape] as const),
  );
  return new Map(all.filter(([name]) => !UNUSED.test(name)));
}

function pathOf(layer: string, parameter: string): string {
  return layer === "" ? parameter : `${layer}.${parameter}`;
}

/** Tensors by the model's names: with what wraps all of them taken off where the names do not fit as they are. */
function unwrapped(tensors: readonly StoredTensor[], wanted: ReadonlyMap<string, unknown>): Map<string, StoredTensor> {
  const asTheyAre = new Map(tensors.map((tensor) => [tensor.name, tensor]));
  if ([...asTheyAre.keys()].some((name) => wanted.has(name))) return asTheyAre;
  return new Map(tensors.map((tensor) => [tensor.name.replace(WRAPPED, ""), tensor]));
}

function listed(what: string, names: readonly string[]): string[] {
  if (names.length === 0) return [];
  const [first = "", ...others] = names;
  const more = names.length > MOST_NAMED ? ` and ${names.length - MOST_NAMED} more` : "";
  const verb = names.length === 1 ? what : what.replace("is", "are");
  return [`${[first, ...others.slice(0, MOST_NAMED - 1)].join(", ")}${more} ${verb}`];
}
