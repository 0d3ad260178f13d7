import type { Target } from "../syntax/tree.js";
import { programError } from "./errors.js";
import type { Frame } from "./frame.js";
import type { Interpreter } from "./interpreter.js";
import { Site } from "./site.js";
import { list, unknown, type Value } from "./values.js";

/** `declares`: names are new ones of this very scope. */
export function assign(target: Target, value: Value, frame: Frame, interpreter: Interpreter, declares = false): void {
  switch (target.kind) {
    case "name":
      if (declares) interpreter.setName(frame.scope, target.name, value);
      else assignName(target.name, value, frame, interpreter);
      return;
    case "attribute": {
      const object = interpreter.evaluate(target.object, frame);
      interpreter.setAttributeAt(object, target.name, value, new Site(interpreter, frame.file, target.range));
      return;
    }
    case "index": {
      const object = interpreter.evaluate(target.object, frame);
      const indices = target.indices.map((each) => interpreter.evaluate(each, frame));
      if (object.kind === "unknown" || object.kind === "tensor") return;
      interpreter.semantics.setIndex(object, indices, value, new Site(interpreter, frame.file, target.range));
      return;
    }
    case "tuple":
      takeApart(target, value, frame, interpreter, declares);
      return;
    case "rest":
      assign(target.target, value, frame, interpreter, declares);
      return;
    case "fallback": {
      const missing = value.kind === "none";
      assign(target.target, missing ? interpreter.evaluate(target.fallback, frame) : value, frame, interpreter, declares);
      return;
    }
    case "fields":
      takeFields(target, value, frame, interpreter, declares);
      return;
    case "unknown":
      return;
  }
}

export function assignName(name: string, value: Value, frame: Frame, interpreter: Interpreter): void {
  interpreter.setName(interpreter.semantics.assigned(name, frame), name, value);
}

function takeApart(
  target: Extract<Target, { kind: "tuple" }>,
  value: Value,
  frame: Frame,
  interpreter: Interpreter,
  declares: boolean,
): void {
  const { targets } = target;
  const site = new Site(interpreter, frame.file, target.range);
  const items = interpreter.itemsAt(value, site);
  const rest = targets.findIndex(({ kind }) => kind === "rest");
  if (!items) {
    const why = value.kind === "unknown" ? value.why : "what is taken apart is not known";
    for (const each of targets) assign(each, unknown(why), frame, interpreter, declares);
    return;
  }
  const strict = interpreter.semantics.strictArguments;
  const needed = rest < 0 ? targets.length : targets.length - 1;
  if (strict && (items.length < needed || (rest < 0 && items.length > needed))) {
    const problem = items.length < needed ? "not enough values to unpack" : "too many values to unpack";
    const expected = rest < 0 ? `${needed}` : `at least ${needed}`;
    throw programError("ValueError", `${problem} (expected ${expected}, got ${items.length})`, site.place);
  }
  const after = rest < 0 ? 0 : targets.length - rest - 1;
  for (const [at, each] of targets.entries()) {
    let part: Value = { kind: "none" };
    if (at === rest) part = list(items.slice(rest, Math.max(rest, items.length - after)));
    else part = items[rest >= 0 && at > rest ? items.length - (targets.length - at) : at] ?? part;
    assign(each, part, frame, interpreter, declares);
  }
}

function takeFields(
  target: Extract<Target, { kind: "fields" }>,
  value: Value,
  frame: Frame,
  interpreter: Interpreter,
  declares: boolean,
): void {
  const site = new Site(interpreter, frame.file, target.range);
  for (const field of target.fields) {
    let part = interpreter.attributeAt(value, field.name, site);
    if (part.kind === "none" && field.fallback) part = interpreter.evaluate(field.fallback, frame);
    assign(field.target, part, frame, interpreter, declares);
  }
  if (!target.rest) return;
  const taken = new Set(target.fields.map(({ name }) => name));
  const entries =
    value.kind === "dictionary" ? [...value.entries].filter(([, { key }]) => key.kind !== "string" || !taken.has(key.value)) : [];
  const others: Value =
    value.kind === "dictionary" ? { kind: "dictionary", entries: new Map(entries) } : unknown("the other fields are not known");
  assign(target.rest, others, frame, interpreter, declares);
}
