import { list, NONE, text, type Value } from "../../values.js";
import { boolean, isText, natives, notKnown } from "../natives.js";
import { itemsOf } from "../operators.js";
import { show } from "../show.js";

export function textFunctions(): ReadonlyMap<string, Value> {
  return natives({
    string: (args) => joined(args, ""),
    join: ([parts, separator]) => joined(parts ? itemsOf(parts) : [], isText(separator) ? separator.value : ""),
    lowercase: ([x]) => (isText(x) ? text(x.value.toLowerCase()) : notKnown("lowercase", [])),
    uppercase: ([x]) => (isText(x) ? text(x.value.toUpperCase()) : notKnown("uppercase", [])),
    startswith: ([x, start]) => (isText(x) && isText(start) ? boolean(x.value.startsWith(start.value)) : notKnown("startswith", [])),
    endswith: ([x, end]) => (isText(x) && isText(end) ? boolean(x.value.endsWith(end.value)) : notKnown("endswith", [])),
    occursin: ([part, x]) => (isText(x) && isText(part) ? boolean(x.value.includes(part.value)) : notKnown("occursin", [])),
    split: ([x, at]) => (isText(x) ? list(x.value.split(isText(at) ? at.value : /\s+/).map(text)) : notKnown("split", [])),
    println: () => NONE,
    print: () => NONE,
    display: () => NONE,
    flush: () => NONE,
  });
}

function joined(parts: readonly Value[], separator: string): Value {
  const shown = parts.map(show);
  return shown.includes(undefined) ? notKnown("this text", parts) : text(shown.join(separator));
}
