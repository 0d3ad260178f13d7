import { programError } from "../errors.js";
import { keyOf } from "../keys.js";
import {
  type Call,
  type DictionaryValue,
  integer,
  type ListValue,
  list,
  type RangeValue,
  text,
  tuple,
  unknown,
  type Value,
} from "../values.js";
import { indexError, typeError } from "./errors.js";
import { rangeLength } from "./iteration.js";
import { lookUp } from "./mro.js";
import { asInteger } from "./numbers.js";
import { repr } from "./show.js";
import { position, positions } from "./slices.js";
import { callSpecial, mayHaveMore } from "./special.js";
import { typeOf } from "./types.js";

/** Several indices are one tuple to all but tensors. */
function keyIn(indices: readonly Value[]): Value {
  const [only] = indices;
  return indices.length === 1 && only ? only : tuple(indices);
}

/** object[indices] */
export function index(object: Value, indices: readonly Value[], call: Call): Value {
  const key = keyIn(indices);
  switch (object.kind) {
    case "list":
    case "tuple":
      return ofItems(object, key, call);
    case "string": {
      const letters = Array.from(object.value, text);
      const found = ofItems({ kind: "list", items: letters }, key, call);
      return found.kind === "list" ? text(found.items.map((each) => (each.kind === "string" ? each.value : "")).join("")) : found;
    }
    case "range":
      return ofRange(object, key, call);
    case "dictionary":
      return ofDictionary(object, key, call);
    case "class": {
      const member = key.kind === "string" ? object.members.get(key.value) : undefined;
      // Enum["NAME"]; else list[int] and the like.
      return member?.kind === "instance" && member.class === object ? member : object;
    }
    case "module":
      return unknown(`an item of ${object.name} is not known`);
    default:
  }
  const answer = callSpecial(object, "__getitem__", [key], call);
  if (answer) return answer;
  if (mayHaveMore(object)) return unknown(`an item of a ${typeOf(object)?.name} is not known`);
  throw typeError(`'${typeOf(object)?.name ?? object.kind}' object is not subscriptable`, call);
}

function ofItems(object: { readonly kind: "list" | "tuple"; readonly items: readonly Value[] }, key: Value, call: Call): Value {
  const { items, kind } = object;
  if (key.kind === "unknown" || key.kind === "tensor") return unknown(`which item of a ${kind} is taken is not known`);
  if (key.kind === "slice") {
    const taken = positions(key, items.length, call)?.map((at) => items[at] ?? unknown("an item is not known"));
    if (!taken) return unknown("the bounds of the slice are not known");
    return kind === "list" ? list(taken) : tuple(taken);
  }
  const wanted = asInteger(key) ?? asInteger(callSpecial(key, "__index__", [], call));
  if (wanted === undefined) {
    if (mayHaveMore(key)) return unknown("the index is not known");
    throw typeError(`${kind} indices must be integers or slices, not ${typeOf(key)?.name ?? key.kind}`, call);
  }
  const found = items[position(wanted, items.length) ?? -1];
  if (!found) throw indexError(`${kind} index out of range`, call);
  return found;
}

function ofRange(range: RangeValue, key: Value, call: Call): Value {
  const size = rangeLength(range);
  const wanted = asInteger(key);
  if (wanted !== undefined) {
    const at = position(wanted, size);
    if (at === undefined) throw indexError("range object index out of range", call);
    return integer(range.start + at * range.step);
  }
  if (key.kind !== "slice" || size > 100_000) return unknown("the index is not known");
  const taken = positions(key, size, call);
  const step = range.step * (asInteger(key.step) ?? 1);
  if (!taken) return unknown("the bounds of the slice are not known");
  const start = range.start + (taken[0] ?? 0) * range.step;
  return { kind: "range", start, stop: start + taken.length * step, step };
}

function ofDictionary(object: DictionaryValue, key: Value, call: Call): Value {
  if (key.kind === "unknown" || key.kind === "tensor") return unknown("the key is not known");
  const found = object.entries.get(keyOf(key));
  if (found) return found.value;
  if (object.fallback) {
    const value = call.interpreter.call(object.fallback, [], call.place);
    setEntry(object, key, value, call);
    return value;
  }
  if (object.incomplete) return unknown("the dictionary has entries that are not known");
  throw programError("KeyError", repr(key, call) ?? "a key is missing", call.place);
}

export function setEntry(object: DictionaryValue, key: Value, value: Value, { interpreter }: Call): void {
  interpreter.willChange(object.entries);
  object.entries.set(keyOf(key), { key, value });
}

export function setIndex(object: Value, indices: readonly Value[], value: Value, call: Call): void {
  const key = keyIn(indices);
  if (object.kind === "dictionary") {
    if (key.kind !== "unknown") setEntry(object, key, value, call);
    return;
  }
  if (object.kind === "list") {
    setItem(object, key, value, call);
    return;
  }
  if (callSpecial(object, "__setitem__", [key, value], call) || mayHaveMore(object)) return;
  if (object.kind === "instance" && lookUp(object.class, "__setitem__")) return;
  throw typeError(`'${typeOf(object)?.name ?? object.kind}' object does not support item assignment`, call);
}

function setItem(object: ListValue, key: Value, value: Value, call: Call): void {
  const { items } = object;
  const { interpreter } = call;
  const wanted = asInteger(key);
  interpreter.willChange(items);
  if (wanted !== undefined) {
    const at = position(wanted, items.length);
    if (at === undefined) throw indexError("list assignment index out of range", call);
    items[at] = value;
    return;
  }
  const taken = key.kind === "slice" ? positions(key, items.length, call) : undefined;
  const values = interpreter.items(value);
  if (!taken || !values || key.kind !== "slice") {
    items.fill(unknown("which item has been set is not known"));
    return;
  }
  const stride = asInteger(key.step) ?? 1;
  if (stride === 1)
    items.splice(
      taken[0] ?? positions({ ...key, stop: { kind: "none" } }, items.length, call)?.[0] ?? items.length,
      taken.length,
      ...values,
    );
  else for (const [at, place] of taken.entries()) items[place] = values[at] ?? items[place] ?? value;
}

export function deleteIndex(object: Value, indices: readonly Value[], call: Call): void {
  const key = keyIn(indices);
  const { interpreter } = call;
  if (object.kind === "dictionary") {
    interpreter.willChange(object.entries);
    object.entries.delete(keyOf(key));
  } else if (object.kind === "list") {
    interpreter.willChange(object.items);
    const wanted = asInteger(key);
    const taken =
      key.kind === "slice"
        ? positions(key, object.items.length, call)
        : wanted === undefined
          ? []
          : [position(wanted, object.items.length) ?? -1];
    const gone = new Set(taken);
    const kept = object.items.filter((_, at) => !gone.has(at));
    object.items.splice(0, object.items.length, ...kept);
  } else callSpecial(object, "__delitem__", [key], call);
}
