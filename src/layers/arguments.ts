// Arguments of layers, described once: the TypeScript type, the reader's checks, the JSON schema and the hover docs all come from here.

/** A JSON schema fragment. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** One argument. `read` answers the value, or what would be right ("a whole number from 1"). */
export interface Argument<T> {
  readonly doc: string;
  readonly schema: JsonSchema;
  /** Present: may be left out. */
  readonly fallback?: { readonly value: T };
  read(json: unknown): { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: string };
}

export type ArgumentSchema = Readonly<Record<string, Argument<unknown>>>;
export type ArgumentsOf<S extends ArgumentSchema> = { readonly [K in keyof S]: S[K] extends Argument<infer T> ? T : never };
