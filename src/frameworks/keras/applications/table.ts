import type { Value } from "../../../interpret/values.js";

/** A network of keras.applications by its name; undefined where there is none. */
export function application(_name: string): Value | undefined {
  return undefined;
}
