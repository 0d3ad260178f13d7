import { type Call, integer, text, type Value } from "../values.js";
import { typeError } from "./errors.js";
import { asInteger } from "./numbers.js";
import { callSpecial, mayHaveMore, special } from "./special.js";
import { typeOf } from "./types.js";

/** A range goes no further than this at once; longer loops would never end anyway. */
const LONGEST = 200_000;

/** All that iterating gives. What an iterator gives is gone from it. */
export function items(value: Value, call: Call): readonly Value[] | undefined {
  switch (value.kind) {
    case "list": {
      if (!value.iterator) return value.items;
      call.interpreter.willChange(value.items);
      return value.items.splice(0);
    }
    case "tuple":
      return value.items;
    case "set":
      return [...value.items.values()];
    case "dictionary":
      return [...value.entries.values()].map(({ key }) => key);
    case "string":
      return Array.from(value.value, text);
    case "range": {
      const length = rangeLength(value);
      return length > LONGEST ? undefined : Array.from({ length }, (_, at) => integer(value.start + at * value.step));
    }
    case "class":
      return [...value.members.values()].some((member) => member.kind === "instance" && member.class === value)
        ? [...value.members.values()].filter((member) => member.kind === "instance" && member.class === value)
        : undefined;
    case "instance":
      return ofInstance(value, call);
    case "module":
      return undefined;
    default:
      throw typeError(`'${typeOf(value)?.name ?? value.kind}' object is not iterable`, call);
  }
}

function ofInstance(value: Extract<Value, { kind: "instance" }>, call: Call): readonly Value[] | undefined {
  const iterated = callSpecial(value, "__iter__", [], call);
  if (iterated) return iterated === value ? undefined : call.interpreter.items(iterated);
  const count = asInteger(callSpecial(value, "__len__", [], call));
  if (count !== undefined && special(value, "__getitem__")) {
    const found = Array.from({ length: count }, (_, at) => callSpecial(value, "__getitem__", [integer(at)], call));
    return found.flatMap((item) => item ?? []);
  }
  if (mayHaveMore(value) || special(value, "__getitem__")) return undefined;
  throw typeError(`'${value.class.name}' object is not iterable`, call);
}

export function rangeLength({ start, stop, step }: { readonly start: number; readonly stop: number; readonly step: number }): number {
  return Math.max(0, Math.ceil((stop - start) / step));
}

/** len(value); undefined where it cannot be known. */
export function length(value: Value, call: Call): number | undefined {
  switch (value.kind) {
    case "string":
      return Array.from(value.value).length;
    case "list":
    case "tuple":
      return value.items.length;
    case "set":
      return value.items.size;
    case "dictionary":
      return value.entries.size;
    case "range":
      return rangeLength(value);
    case "instance": {
      const answer = callSpecial(value, "__len__", [], call);
      if (answer || mayHaveMore(value)) return asInteger(answer);
      break;
    }
    case "class":
      return items(value, call)?.length;
    case "unknown":
    case "tensor":
    case "module":
      return undefined;
    default:
  }
  throw typeError(`object of type '${typeOf(value)?.name ?? value.kind}' has no len()`, call);
}

export function truth(value: Value, call: Call): boolean | "unknown" {
  switch (value.kind) {
    case "none":
      return false;
    case "boolean":
      return value.value;
    case "number":
      return value.value !== 0;
    case "string":
      return value.value !== "";
    case "list":
      return value.iterator ? true : value.items.length > 0;
    case "tuple":
    case "set":
    case "dictionary":
    case "range":
      return length(value, call) !== 0;
    case "unknown":
    case "tensor":
      return "unknown";
    case "instance": {
      const answer = callSpecial(value, "__bool__", [], call) ?? callSpecial(value, "__len__", [], call);
      if (answer) return call.interpreter.truth(answer);
      return mayHaveMore(value) ? "unknown" : true;
    }
    default:
      return true;
  }
}
