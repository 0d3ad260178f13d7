// Arguments of layers, described once: the TypeScript type, the reader's checks, the JSON schema and the hover docs all come from here.
import { suggest } from "./suggest.js";

/** A JSON schema fragment. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** Something wrong inside an argument's value. */
export interface Issue {
  readonly code: "unknown-argument" | "wrong-value" | "missing-argument";
  /** Keys and indexes from the value down to what is wrong; [] is the value itself. */
  readonly path: readonly (string | number)[];
  /** The key at the end of the path is wrong, or its value. */
  readonly target: "key" | "value";
  /** A clause: "learningRate is -1; use a number above 0". */
  readonly message: string;
  /** What to put in the target's place. */
  readonly replacement?: string;
}

/** The value, or what would be right ("a whole number from 1"); `issues` where more can be said of the inside. */
export type Reading<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: string; readonly replacement?: string; readonly issues?: readonly Issue[] };

/** One argument. */
export interface Argument<T> {
  readonly doc: string;
  readonly schema: JsonSchema;
  /** Present: may be left out. */
  readonly fallback?: { readonly value: T };
  read(json: unknown): Reading<T>;
}

export type ArgumentSchema = Readonly<Record<string, Argument<unknown>>>;
export type ArgumentsOf<S extends ArgumentSchema> = { readonly [K in keyof S]: S[K] extends Argument<infer T> ? T : never };

/** Sizes above this are typing errors; products of four of them still are finite numbers. */
export const LARGEST_COUNT = 1_000_000_000;

/** May be left out; `json` is what leaving it out means, as it would be typed. */
export function optional<T>(argument: Argument<T>, json: unknown): Argument<T> {
  const reading = argument.read(json);
  if (!reading.ok) throw new Error(`The default ${JSON.stringify(json)} is not ${reading.error}.`);
  return { ...argument, schema: { ...argument.schema, default: json }, fallback: { value: reading.value } };
}

/** May be left out, which is a meaning of its own (undefined). */
export function maybe<T>(argument: Argument<T>): Argument<T | undefined> {
  return { ...argument, fallback: { value: undefined } };
}

/** With values to offer in completion, the usual one first. */
export function withExamples<T>(argument: Argument<T>, ...examples: readonly unknown[]): Argument<T> {
  return { ...argument, schema: { ...argument.schema, examples } };
}

/** A whole number from `least`. */
export function count(doc: string, least = 1): Argument<number> {
  const error = `a whole number from ${least}`;
  return {
    doc,
    schema: { type: "integer", minimum: least, maximum: LARGEST_COUNT },
    read: (json) => (isCount(json, least) ? { ok: true, value: json } : { ok: false, error }),
  };
}

export function isCount(json: unknown, least: number): json is number {
  return Number.isInteger(json) && typeof json === "number" && json >= least && json <= LARGEST_COUNT;
}

/** Ends of a range of numbers; `least` and `most` belong to it, `above` and `below` do not. */
export interface Bounds {
  readonly least?: number;
  readonly above?: number;
  readonly most?: number;
  readonly below?: number;
}

/** A finite number within bounds. */
export function number(doc: string, bounds: Bounds = {}): Argument<number> {
  const { least = -Infinity, above = -Infinity, most = Infinity, below = Infinity } = bounds;
  const low = bounds.least !== undefined ? ` from ${least}` : bounds.above !== undefined ? ` above ${above}` : "";
  const high = bounds.most !== undefined ? ` to ${most}` : bounds.below !== undefined ? `${low && ","} below ${below}` : "";
  return {
    doc,
    schema: {
      type: "number",
      ...(bounds.least !== undefined && { minimum: least }),
      ...(bounds.above !== undefined && { exclusiveMinimum: above }),
      ...(bounds.most !== undefined && { maximum: most }),
      ...(bounds.below !== undefined && { exclusiveMaximum: below }),
    },
    read: (json) =>
      typeof json === "number" && Number.isFinite(json) && json >= least && json > above && json <= most && json < below
        ? { ok: true, value: json }
        : { ok: false, error: `a number${low}${high}` },
  };
}

export function boolean(doc: string): Argument<boolean> {
  return {
    doc,
    schema: { type: "boolean" },
    read: (json) => (typeof json === "boolean" ? { ok: true, value: json } : { ok: false, error: "true or false" }),
  };
}

/** One of a list of words, each with a line of explanation. */
export function choice<const T extends string>(doc: string, docs: Readonly<Record<T, string>>): Argument<T> {
  const words = Object.keys(docs);
  const known = (json: unknown): json is T => typeof json === "string" && words.includes(json);
  return {
    doc,
    schema: { type: "string", enum: words, enumDescriptions: Object.values(docs) },
    read: (json) => (known(json) ? { ok: true, value: json } : wrongWord(json, words)),
  };
}

/** The answer for a word that is none of the known: says them all, and the one that is probably meant. */
export function wrongWord(json: unknown, words: readonly string[], others: readonly string[] = []): Reading<never> {
  const meant = typeof json === "string" ? suggest(json, words) : undefined;
  return { ok: false, error: alternatives([...words, ...others]), ...(meant !== undefined && { replacement: meant }) };
}

/** "a", "a or b", "a, b or c". */
export function alternatives(words: readonly string[], last: "or" | "and" = "or"): string {
  return words.length < 2 ? words.join() : `${words.slice(0, -1).join(", ")} ${last} ${words.at(-1)}`;
}

/** How a wrong value is quoted in a message; long ones are cut. */
export function quote(json: unknown): string {
  const text = JSON.stringify(json) ?? "missing";
  return text.length > 40 ? `${text.slice(0, 37)}...` : text;
}
