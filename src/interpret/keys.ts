import type { Value } from "./values.js";

const identities = new WeakMap<object, number>();
let nextIdentity = 1;

/** Equal keys for values that are the same key of a dictionary: 1, 1.0 and True are; objects are only themselves. */
export function keyOf(value: Value): string {
  switch (value.kind) {
    case "none":
      return "none";
    case "boolean":
      return `n${value.value ? 1 : 0}`;
    case "number":
      return `n${value.value}`;
    case "string":
      return `s${value.value}`;
    case "tuple":
      return `(${value.items
        .map((item) => keyOf(item))
        .map((key) => `${key.length}:${key}`)
        .join()})`;
    case "set":
      return `{${[...value.items.keys()]
        .sort()
        .map((key) => `${key.length}:${key}`)
        .join()}}`;
    default:
      return `#${identityOf(value)}`;
  }
}

/** A number of an object's own. */
export function identityOf(object: object): number {
  let identity = identities.get(object);
  if (identity === undefined) {
    identity = nextIdentity++;
    identities.set(object, identity);
  }
  return identity;
}
