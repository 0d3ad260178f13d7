import type { Value } from "./values.js";

/** How a block of statements ended; undefined where it ran to its end. */
export type Flow =
  | undefined
  | { readonly kind: "return"; readonly value: Value }
  | { readonly kind: "break" }
  | { readonly kind: "continue" };

export const BREAK: Flow = { kind: "break" };
export const CONTINUE: Flow = { kind: "continue" };
