import { type Call, NONE, text, unknown, type Value } from "../values.js";
import { MOST_ITEMS } from "./arrays.js";
import { deleteProperty, property, setProperty } from "./properties.js";
import { show } from "./show.js";

/** object[key]: an element of an array or string, else a property. */
export function element(object: Value, [key = NONE]: readonly Value[], call: Call): Value {
  if (key.kind === "number" || key.kind === "string") {
    const at = Number(key.value);
    if (object.kind === "list" || object.kind === "tuple") {
      if (Number.isInteger(at)) return object.items[at] ?? NONE;
    } else if (object.kind === "string" && Number.isInteger(at)) {
      const character = object.value[at];
      return character === undefined ? NONE : text(character);
    }
  }
  const name = show(key);
  return name === undefined ? unknown("which element is meant is not known") : (property(object, name, call) ?? NONE);
}

/** object[key] = value. A key that is not known may mean any of them. */
export function setElement(object: Value, [key = NONE]: readonly Value[], value: Value, call: Call): void {
  const name = show(key);
  if (name === undefined) forget(object, call);
  else if (object.kind !== "list") setProperty(object, name, value, call);
  else if (/^\d+$/.test(name) && Number(name) < MOST_ITEMS) {
    call.interpreter.willChange(object.items);
    const at = Number(name);
    while (object.items.length < at) object.items.push(NONE);
    object.items[at] = value;
  }
}

function forget(object: Value, call: Call): void {
  const why = unknown("something was put here under a key that is not known");
  if (object.kind === "list") {
    call.interpreter.willChange(object.items);
    object.items.fill(why);
  } else if (object.kind === "dictionary") {
    call.interpreter.willChange(object.entries);
    for (const [name, { key }] of object.entries) object.entries.set(name, { key, value: why });
  }
}

export function deleteElement(object: Value, [key = NONE]: readonly Value[], call: Call): void {
  const name = show(key);
  if (name !== undefined) deleteProperty(object, name, call);
}
