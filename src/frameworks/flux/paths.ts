import type { InstanceValue, Value } from "../../interpret/values.js";
import { layerOf } from "./layer.js";

const paths = new WeakMap<InstanceValue, string>();

/** Where a layer is in the model that was applied last: "layers.3.conv". */
export function pathOf(layer: InstanceValue): string {
  return paths.get(layer) ?? "";
}

/** Names all layers of a model after the fields and numbers that lead to them. */
export function namePaths(model: Value): void {
  const seen = new Set<Value>();
  const visit = (value: Value, path: string) => {
    if (seen.has(value)) return;
    seen.add(value);
    for (const [name, part] of partsOf(value)) visit(part, [path, name].filter((each) => each !== "").join("."));
    if (value.kind === "instance") paths.set(value, path);
  };
  visit(model, "");
}

function partsOf(value: Value): (readonly [string, Value])[] {
  const layer = layerOf(value);
  if (layer?.kind === "container") return layer.children.map(({ name, value: child }) => [name, child] as const);
  if (layer?.kind === "lazy") return layer.made ? [["", layer.made] as const] : [];
  if (value.kind === "instance") return [...value.fields];
  if (value.kind === "list" || value.kind === "tuple") {
    const names = value.kind === "tuple" ? value.names : undefined;
    return value.items.map((item, at) => [names?.[at] ?? `${at + 1}`, item] as const);
  }
  return value.kind === "dictionary" ? [...value.entries.values()].map((entry) => [keyText(entry.key), entry.value] as const) : [];
}

function keyText(key: Value): string {
  return key.kind === "string" || key.kind === "number" ? String(key.value) : "";
}
