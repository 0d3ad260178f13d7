import {
  type Argument,
  type ArgumentSchema,
  type ArgumentsOf,
  alternatives,
  type Issue,
  type JsonSchema,
  quote,
  type Reading,
} from "./arguments.js";
import { suggest } from "./suggest.js";

export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(json: unknown): json is JsonObject {
  return typeof json === "object" && json !== null && !Array.isArray(json);
}

export interface ReadFields<S extends ArgumentSchema> {
  /** Complete: wrong and missing ones have their fallbacks. Undefined where one without fallback is wrong or missing. */
  readonly values: ArgumentsOf<S> | undefined;
  readonly issues: readonly Issue[];
}

/** What leaving everything out means, and what may not be left out; once for each description, as files have many layers. */
interface Defaults {
  /** All keys, so that copies need not grow; undefined where required. */
  readonly values: Readonly<Record<string, unknown>>;
  readonly required: readonly string[];
}

const knownDefaults = new WeakMap<ArgumentSchema, Defaults>();

function defaultsOf(fields: ArgumentSchema): Defaults {
  const known = knownDefaults.get(fields);
  if (known) return known;
  const values: Record<string, unknown> = {};
  const required: string[] = [];
  for (const [key, { fallback }] of Object.entries(fields)) {
    values[key] = fallback?.value;
    if (!fallback) required.push(key);
  }
  const defaults = { values, required };
  knownDefaults.set(fields, defaults);
  return defaults;
}

/** Reads an object's entries by their descriptions. `others` are keys that somebody else reads. */
export function readFields<S extends ArgumentSchema>(fields: S, json: JsonObject, others: readonly string[] = []): ReadFields<S> {
  const issues: Issue[] = [];
  const { values: defaults, required } = defaultsOf(fields);
  const values = { ...defaults };
  for (const key in json) {
    const given = json[key];
    const argument = Object.hasOwn(fields, key) ? fields[key] : undefined;
    if (argument && given !== undefined) {
      const reading = argument.read(given);
      if (reading.ok) values[key] = reading.value;
      else issues.push(...issuesOf(key, given, reading));
    } else if (!argument && !others.includes(key)) issues.push(unknownKey(key, [...Object.keys(fields), ...others]));
  }
  let complete = true;
  for (const key of required) {
    if (values[key] !== undefined) continue;
    complete = false;
    const argument = fields[key];
    if (argument && json[key] === undefined) issues.push(missing(key, argument));
  }
  return { values: complete ? (values as ArgumentsOf<S>) : undefined, issues };
}

function issuesOf(key: string, given: unknown, reading: Reading<unknown> & { ok: false }): Issue[] {
  if (reading.issues) return reading.issues.map((issue) => ({ ...issue, path: [key, ...issue.path] }));
  const { error, replacement } = reading;
  const message = `${key} is ${quote(given)}; use ${error}`;
  return [{ code: "wrong-value", path: [key], target: "value", message, ...(replacement !== undefined && { replacement }) }];
}

function missing(key: string, argument: Argument<unknown>): Issue {
  const wrong = argument.read(undefined);
  return {
    code: "missing-argument",
    path: [],
    target: "value",
    message: `needs ${key}${wrong.ok ? "" : `, ${wrong.error}`}`,
  };
}

function unknownKey(key: string, known: readonly string[]): Issue {
  const meant = suggest(key, known);
  return {
    code: "unknown-argument",
    path: [key],
    target: "key",
    message: `has no ${quote(key)}; ${meant ? `did you mean ${meant}?` : `it knows ${known.join(", ")}`}`,
    ...(meant !== undefined && { replacement: meant }),
  };
}

/** A JSON schema for an object of these entries. */
export function fieldsSchema(fields: ArgumentSchema, more: JsonSchema = {}): { properties: JsonSchema; required: readonly string[] } {
  const properties: Record<string, unknown> = { ...more };
  const required: string[] = [];
  for (const [key, argument] of Object.entries(fields)) {
    properties[key] = { description: argument.doc, ...argument.schema };
    if (!argument.fallback) required.push(key);
  }
  return { properties, required };
}

/** An argument that is an object of entries. */
export function object<S extends ArgumentSchema>(doc: string, fields: S): Argument<ArgumentsOf<S>> {
  return {
    doc,
    schema: { type: "object", ...fieldsSchema(fields), additionalProperties: false },
    read(json) {
      if (!isObject(json)) return { ok: false, error: `an object with ${alternatives(Object.keys(fields), "and")}` };
      const { values, issues } = readFields(fields, json);
      return values && issues.length === 0 ? { ok: true, value: values } : { ok: false, error: "", issues };
    },
  };
}
