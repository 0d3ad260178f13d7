import { type Argument, type ArgumentSchema, type ArgumentsOf, type JsonSchema, quote, type Reading, wrongWord } from "./arguments.js";
import { fieldsSchema, isObject, readFields } from "./fields.js";

/** Entries of each variant by its type. */
export type Variants = Readonly<Record<string, { readonly doc: string; readonly fields: ArgumentSchema }>>;

/** { type: "sgd", learningRate: ... } | { type: "adam", ... } */
export type VariantOf<V extends Variants> = { [K in keyof V]: { readonly type: K } & ArgumentsOf<V[K]["fields"]> }[keyof V];

/** One of several kinds of thing, each with entries of its own: { "type": "sgd", "momentum": 0.9 }, or just "sgd" where the rest may be left out. */
export function variant<const V extends Variants>(doc: string, variants: V): Argument<VariantOf<V>> {
  const types = Object.keys(variants);
  const known = (json: unknown): json is keyof V & string => typeof json === "string" && types.includes(json);
  const read = (json: unknown): Reading<VariantOf<V>> => {
    const entries = typeof json === "string" ? { type: json } : json;
    if (!isObject(entries)) return { ok: false, error: `one of ${types.join(", ")}, or an object with such a type` };
    const { type } = entries;
    if (!known(type)) {
      const wrong = wrongWord(type, types);
      if (typeof json === "string" || wrong.ok) return wrong;
      const { error, ...rest } = wrong;
      const message = type === undefined ? `needs a type, ${error}` : `type is ${quote(type)}; use ${error}`;
      const where =
        type === undefined ? ({ code: "missing-argument", path: [] } as const) : ({ code: "wrong-value", path: ["type"] } as const);
      return { ok: false, error, issues: [{ ...where, target: "value", message, ...rest }] };
    }
    const { values, issues } = readFields(variants[type]?.fields ?? {}, entries, ["type"]);
    if (values && issues.length === 0) return { ok: true, value: { type, ...values } as VariantOf<V> };
    return { ok: false, error: type, issues };
  };
  return { doc, schema: variantSchema(variants), read };
}

function variantSchema(variants: Variants) {
  const types = Object.keys(variants);
  const enumDescriptions = Object.values(variants).map(({ doc }) => doc);
  const short = Object.entries(variants).flatMap(([type, { fields }]) => (fieldsSchema(fields).required.length === 0 ? [type] : []));
  const type = { enum: types, enumDescriptions, description: "Which one." };
  return {
    type: ["string", "object"],
    pattern: `^(${short.join("|")})$`,
    patternErrorMessage: `Use ${short.join(", ")}, or an object with such a type.`,
    required: ["type"],
    properties: { type },
    defaultSnippets: Object.entries(variants).map(([name, { doc }]) => ({ label: name, description: doc, body: { type: name } })),
    allOf: Object.entries(variants).map(([name, { fields }]) => onType(name, fieldsSchema(fields, { type: {} }))),
  };
}

// By a name, as an object with a plain `then` would look like a promise.
const consequence = "then";

/** Schema of one variant, met only where "type" says so: a mistake in it is then the only thing a validator reports. */
export function onType(type: string, object: { readonly properties: object; readonly required: readonly string[] }): JsonSchema {
  return {
    if: { type: "object", required: ["type"], properties: { type: { const: type } } },
    [consequence]: { type: "object", ...object, additionalProperties: false },
  };
}
