import { keyOf } from "../keys.js";
import { type Call, type DictionaryValue, list, text, tuple, unknown, type Value } from "../values.js";
import { pair, rangeItems, wholeOf } from "./natives.js";
import { itemsOf } from "./operators.js";

/** a[i], a[2:end], a[:], d["key"], Int[]: from one. What is outside is left to Julia, as lists that are read may be cut short. */
export function indexed(object: Value, indices: readonly Value[], call: Call): Value {
  const [index] = indices;
  const lost = indices.find(({ kind }) => kind === "unknown");
  if (lost) return lost;
  if (object.kind === "class") return list(indices);
  if (object.kind === "dictionary" && index) return entryOf(object, index) ?? unknown("there is no such key");
  if (object.kind === "instance") {
    const member = object.class.members.get("__getitem__");
    return member ? call.interpreter.call(member, [object, ...indices], call.place) : unknown("what its index means is not known");
  }
  if (object.kind === "string" && index) {
    const at = wholeOf(index);
    const part = at === undefined ? undefined : object.value[at - 1];
    return part === undefined ? unknown("a part of the text") : text(part);
  }
  if (!index) return object;
  if (object.kind === "number" && wholeOf(index) === 1) return object;
  if (object.kind === "tuple" && index.kind === "string") return byName(object, index.value) ?? unknown("there is no such name");
  return picked(object, index);
}

export function entryOf(dictionary: DictionaryValue, key: Value): Value | undefined {
  return dictionary.entries.get(keyOf(key))?.value;
}

export function byName({ names, items }: Extract<Value, { kind: "tuple" }>, name: string): Value | undefined {
  return items[names?.indexOf(name) ?? -1];
}

function picked(object: Value, index: Value): Value {
  const items = itemsOf(object);
  const whole = wholeOf(index);
  if (whole !== undefined) return items[whole - 1] ?? unknown("the index is outside");
  const many = object.kind === "tuple" ? tuple : list;
  if (index.kind === "slice") return many(items);
  const positions = index.kind === "range" ? rangeItems(index) : index.kind === "list" || index.kind === "tuple" ? index.items : undefined;
  if (!positions) return unknown("what the index picks is not known");
  if (positions.every(({ kind }) => kind === "boolean")) {
    return many(items.filter((_, at) => positions[at]?.kind === "boolean" && positions[at].value));
  }
  const parts = positions.map((position) => items[(wholeOf(position) ?? 0) - 1]);
  const found = parts.filter((part) => part !== undefined);
  return found.length === parts.length ? many(found) : unknown("the index is outside");
}

export function setIndexed(object: Value, indices: readonly Value[], value: Value, call: Call): void {
  const [index] = indices;
  if (!index) return;
  if (object.kind === "dictionary") {
    call.interpreter.willChange(object.entries);
    object.entries.set(keyOf(index), { key: index, value });
  }
  const at = wholeOf(index);
  if (object.kind !== "list" || at === undefined || at < 1 || at > object.items.length + 1) return;
  call.interpreter.willChange(object.items);
  object.items[at - 1] = value;
}

/** What iterating gives; undefined where it cannot be known. */
export function iterated(value: Value, call: Call): readonly Value[] | undefined {
  switch (value.kind) {
    case "list":
    case "tuple":
      return value.items;
    case "range":
      return Math.abs((value.stop - value.start) / value.step) > MOST ? undefined : rangeItems(value);
    case "set":
      return [...value.items.values()];
    case "dictionary":
      return [...value.entries.values()].map(({ key, value: each }) => pair(key, each));
    case "string":
      return [...value.value].map(text);
    case "number":
    case "boolean":
      return [value];
    case "instance": {
      const member = value.class.members.get("__iter__");
      const items = member && call.interpreter.call(member, [value], call.place);
      return items && call.interpreter.items(items);
    }
    default:
      return undefined;
  }
}

/** Longer ranges are of data, not of layers. */
const MOST = 1_000_000;
