import { snakeCase } from "../../frameworks/keras/layers/automaticNames.js";
import type { TracedParameter } from "../../interpret/trace.js";
import type { StoredTensor } from "../../reading/types.js";
import type { ConfiguredModel } from "./config.js";

/** Finds what a file calls the weights of a layer of its config; those it has not, or has under names that could be several layers', are left out. */
export type StoredNames = (layer: object | undefined, parameters: readonly TracedParameter[]) => ReadonlyMap<string, string>;

/**
 * How the weights of a model's layers are named in its file: Keras 3 counts the layers of each class ("layers/conv2d_1/vars/0"), all others
 * name the layer ("model_weights/conv1/conv1/kernel:0", "conv1/kernel").
 */
export function storedNames(model: ConfiguredModel, tensors: readonly StoredTensor[]): StoredNames {
  const names = new Set(tensors.map(({ name }) => name));
  const places = new Map<object | undefined, Place>();
  place(model, { named: [], counted: "" }, places);
  const counted = [...names].some((name) => /(^|\/)vars\/\d+$/.test(name));
  const bySegment = counted ? new Map<string, string[]>() : segments(tensors);
  return (layer, parameters) => {
    const at = places.get(layer);
    if (!at) return new Map();
    const found = counted ? inOrder(at.counted, parameters, names) : byName(at.named, parameters, bySegment);
    return new Map(found);
  };
}

/** Where a layer is in a model: the names from the outermost model inwards, and Keras 3's path of it. */
interface Place {
  readonly named: readonly string[];
  readonly counted: string;
}

function place(model: ConfiguredModel, { named, counted }: Place, places: Map<object | undefined, Place>): void {
  const count = new Map<string, number>();
  for (const layer of model.layers) {
    const kind = snakeCase(layer.className);
    const before = count.get(kind) ?? 0;
    count.set(kind, before + 1);
    const own = before === 0 ? kind : `${kind}_${before}`;
    const at: Place = { named: [...named, layer.name], counted: `${counted}layers/${own}/` };
    places.set(layer, at);
    if (layer.inner) place(layer.inner, at, places);
  }
}

/** Variables are numbered: those that are trained first. */
function inOrder(path: string, parameters: readonly TracedParameter[], names: ReadonlySet<string>): (readonly [string, string])[] {
  const ordered = [...parameters.filter(({ trainable }) => trainable), ...parameters.filter(({ trainable }) => !trainable)];
  return ordered.flatMap(({ name }, i) => {
    const stored = `${path}vars/${i}`;
    return names.has(stored) ? [[name, stored] as const] : [];
  });
}

/** Tensors by the parts of their paths; the optimizer's have names of layers in them too. */
function segments(tensors: readonly StoredTensor[]): Map<string, string[]> {
  const bySegment = new Map<string, string[]>();
  for (const { name } of tensors) {
    if (name.startsWith("optimizer_weights/")) continue;
    for (const segment of new Set(name.split("/").slice(0, -1))) {
      const known = bySegment.get(segment);
      if (known) known.push(name);
      else bySegment.set(segment, [name]);
    }
  }
  return bySegment;
}

/** What Keras 1 called parameters. */
const OLD_NAMES: Readonly<Record<string, string>> = {
  W: "kernel",
  b: "bias",
  running_mean: "moving_mean",
  running_std: "moving_variance",
};

function byName(
  path: readonly string[],
  parameters: readonly TracedParameter[],
  bySegment: ReadonlyMap<string, readonly string[]>,
): (readonly [string, string])[] {
  const layer = path.at(-1) ?? "";
  const ofLayer = bySegment.get(layer) ?? [];
  return parameters.flatMap(({ name }) => {
    const all = ofLayer.filter((stored) => parameterOf(stored, layer) === name);
    // Models inside models may have layers of the same name.
    const within = all.length > 1 ? all.filter((stored) => path.every((part) => stored.split("/").includes(part))) : all;
    const [only, ...others] = within;
    return only !== undefined && others.length === 0 ? [[name, only] as const] : [];
  });
}

/** "conv1/kernel_1:0" is of the kernel, "conv1/conv1_W" too. */
function parameterOf(stored: string, layer: string): string {
  const last = (stored.split("/").at(-1) ?? "").replace(/:\d+$/, "");
  const own = last.startsWith(`${layer}_`) ? last.slice(layer.length + 1) : last;
  return OLD_NAMES[own] ?? own.replace(/_\d+$/, "");
}
