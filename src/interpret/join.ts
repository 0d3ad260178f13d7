import type { Journal, Snapshots, Store } from "./journal.js";
import type { Value } from "./values.js";
import { tuple, unknown } from "./values.js";

/** What a value is when it may be either: itself where both agree as far as shapes go, else unknown. */
export function joined(left: Value, right: Value, why: string): Value {
  if (left === right) return left;
  if (left.kind === "tensor" && right.kind === "tensor") {
    return sameShape(left.tensor.shape, right.tensor.shape) ? left : unknown(why);
  }
  if (left.kind === "tuple" && right.kind === "tuple" && left.items.length === right.items.length) {
    return tuple(left.items.map((item, at) => joined(item, right.items[at] ?? item, why)));
  }
  if (left.kind === "number" && right.kind === "number") {
    return left.value === right.value && left.float === right.float ? left : unknown(why);
  }
  if (left.kind === "none" && right.kind === "none") return left;
  if ((left.kind === "string" && right.kind === "string") || (left.kind === "boolean" && right.kind === "boolean")) {
    return left.value === right.value ? left : unknown(why);
  }
  return unknown(why);
}

function sameShape(left: readonly unknown[] | undefined, right: readonly unknown[] | undefined): boolean {
  if (!left || !right) return left === right;
  return left.length === right.length && left.every((size, at) => size === right[at]);
}

/** Gives all stores that one of two trials changed the contents they may have after either. */
export function joinStores(journal: Journal, left: Snapshots, right: Snapshots, why: string): void {
  for (const store of new Set([...left.keys(), ...right.keys()])) {
    journal.replace(store, joinedStore(left.get(store) ?? store, right.get(store) ?? store, why));
  }
}

function joinedStore(left: Store, right: Store, why: string): Store {
  if (Array.isArray(left) && Array.isArray(right)) {
    // Of the longer one, so that what was put in is not lost.
    const length = Math.max(left.length, right.length);
    return Array.from({ length }, (_, at) => joinedPart(left[at], right[at], why));
  }
  if (Array.isArray(left) || Array.isArray(right)) return left;
  return new Map([...new Set([...left.keys(), ...right.keys()])].map((key) => [key, joinedPart(left.get(key), right.get(key), why)]));
}

/** Parts are values, entries of dictionaries, or what some library keeps. */
function joinedPart(left: unknown, right: unknown, why: string): unknown {
  if (left === right) return left;
  const some = left ?? right;
  if (isValue(some)) return isValue(left) && isValue(right) ? joined(left, right, why) : unknown(why);
  if (!isEntry(some)) return some;
  const value = isEntry(left) && isEntry(right) ? joined(left.value, right.value, why) : unknown(why);
  return { key: some.key, value };
}

function isValue(part: unknown): part is Value {
  return typeof part === "object" && part !== null && "kind" in part;
}

function isEntry(part: unknown): part is { readonly key: Value; readonly value: Value } {
  return typeof part === "object" && part !== null && "key" in part && "value" in part && isValue(part.value);
}
