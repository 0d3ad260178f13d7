/** What a pickle says, as plain data: nothing of it has been imported, called or constructed. */
export type PickleValue = null | boolean | number | string | PickleContainer | PickleGlobal | PickleObject | PickleReference | PickleBytes;

/** Lists, tuples and sets. */
export interface PickleContainer {
  readonly kind: "list" | "tuple" | "set" | "dictionary";
  /** Keys and values in turns where it is a dictionary. */
  readonly items: PickleValue[];
}

/** A class or function by its name. */
export interface PickleGlobal {
  readonly kind: "global";
  readonly name: string;
}

/** What a call or constructor would make, with what is put into it afterwards. */
export interface PickleObject {
  readonly kind: "object";
  /** A global where the file is sound. */
  readonly callee: PickleValue;
  readonly args: PickleValue;
  state: PickleValue;
  /** Appended, as to a list. */
  readonly items: PickleValue[];
  /** Set, as in a dictionary: keys and values in turns. */
  readonly entries: PickleValue[];
}

/** Something outside the pickle: a storage of numbers. */
export interface PickleReference {
  readonly kind: "reference";
  readonly id: PickleValue;
}

/** Bytes are passed over. */
export interface PickleBytes {
  readonly kind: "bytes";
  readonly length: number;
}

/** The items of lists and tuples; none for anything else. */
export function itemsOf(value: PickleValue | undefined): readonly PickleValue[] {
  if (typeof value !== "object" || value === null || value.kind === "object") return [];
  return "items" in value && value.kind !== "dictionary" ? value.items : [];
}

/** The dotted name of a class or function; undefined for anything else. */
export function globalName(value: PickleValue | undefined): string | undefined {
  return typeof value === "object" && value !== null && value.kind === "global" ? value.name : undefined;
}

/** Entries of a dictionary, or of an object that was filled like one. */
export function entriesOf(value: PickleValue | undefined): readonly (readonly [PickleValue, PickleValue])[] {
  if (typeof value !== "object" || value === null) return [];
  if (value.kind === "dictionary") return pairs(value.items);
  if (value.kind !== "object") return [];
  // Python 2 pickled an ordered dictionary as a call with a list of pairs.
  const given = itemsOf(itemsOf(value.args)[0]).flatMap((pair) => {
    const [key, item] = itemsOf(pair);
    return key === undefined || item === undefined ? [] : [[key, item] as const];
  });
  return [...given, ...pairs(value.entries)];
}

function pairs(items: readonly PickleValue[]): readonly (readonly [PickleValue, PickleValue])[] {
  return Array.from({ length: items.length >> 1 }, (_, i) => [items[2 * i] ?? null, items[2 * i + 1] ?? null] as const);
}
