import { layerKind } from "../../../src/layers/catalogue.js";
import { readFields } from "../../../src/layers/fields.js";
import type { Inferred, LayerKind, LayerShape, Shape } from "../../../src/layers/kind.js";

type Json = Readonly<Record<string, unknown>>;

/** A kind and complete arguments from what a file would say. */
export function layerOf({ type, ...json }: Json): { kind: LayerKind; args: Json } {
  const kind = layerKind(String(type));
  if (!kind) throw new Error(`no layer ${type}`);
  const { values, issues } = readFields(kind.arguments, json);
  if (!values || issues.length > 0) throw new Error(issues.map((issue) => issue.message).join());
  return { kind, args: values };
}

export function inferLayer(json: Json, ...inputs: Shape[]): Inferred {
  const { kind, args } = layerOf(json);
  return kind.infer(
    args,
    inputs,
    inputs.map((_, i) => `layer_${i + 1}`),
  );
}

export function shapeOf(json: Json, ...inputs: Shape[]): LayerShape {
  const inferred = inferLayer(json, ...inputs);
  if (!inferred.ok) throw new Error(inferred.error.message);
  return inferred.value;
}

export function errorOf(json: Json, ...inputs: Shape[]): string {
  const inferred = inferLayer(json, ...inputs);
  return inferred.ok ? `fits: ${inferred.value.output.join("x")}` : inferred.error.message;
}
