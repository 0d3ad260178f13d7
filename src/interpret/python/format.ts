import { type Call, text, unknown, type Value } from "../values.js";
import { typeError, valueError } from "./errors.js";
import { formatted, WIDEST } from "./formatSpec.js";
import { asNumber } from "./numbers.js";
import { repr, str } from "./show.js";

/** Python's "..." % value. */
export function percent(pattern: string, value: Value, call: Call): Value {
  const parts = value.kind === "tuple" ? [...value.items] : [value];
  let missing: string | undefined;
  let at = 0;
  const whole = pattern.replace(
    /%(?:\((\w*)\))?([-+ 0#]*)(\*|\d+)?(?:\.(\*|\d+))?[hlL]?([diouxXeEfFgGcrsa%])/g,
    (_, name: string | undefined, flags: string, width: string | undefined, precision: string | undefined, type: string) => {
      if (type === "%") return "%";
      const next = () => {
        const part = parts[at++];
        if (!part) throw typeError("not enough arguments for format string", call);
        return part;
      };
      const size = (written: string | undefined) => (written === "*" ? String(asNumber(next())?.value ?? "") : (written ?? ""));
      const [wide, precise] = [size(width), size(precision)];
      const part = name === undefined ? next() : named(value, name);
      const shown = part && one(part, type, flags, wide, precise, call);
      if (shown === undefined) missing = "a part of the text is not known";
      return shown ?? "";
    },
  );
  if (missing) return unknown(missing);
  if (value.kind === "tuple" && at < parts.length) throw typeError("not all arguments converted during string formatting", call);
  return text(whole);
}

function named(value: Value, name: string): Value | undefined {
  return value.kind === "dictionary" ? value.entries.get(`s${name}`)?.value : undefined;
}

function one(value: Value, type: string, flags: string, width: string, precision: string, call: Call): string | undefined {
  if (value.kind === "unknown") return undefined;
  const left = flags.includes("-");
  const number = asNumber(value);
  if (type === "s" || type === "r" || type === "a" || type === "c") {
    const whole = type === "s" || type === "c" ? str(value, call) : repr(value, call);
    if (whole === undefined) return undefined;
    const cut = precision === "" ? whole : whole.slice(0, Number(precision));
    const wide = Math.min(Number(width), WIDEST);
    return left ? cut.padEnd(wide) : cut.padStart(wide);
  }
  if (!number) throw typeError(`%${type} format: a number is required`, call);
  const isWhole = /[diu]/.test(type);
  const sign = flags.includes("+") ? "+" : flags.includes(" ") ? " " : "";
  const zero = flags.includes("0") && !left ? "0" : "";
  const spec = `${left ? "<" : zero ? "" : ">"}${sign}${zero}${width}${precision === "" || isWhole ? "" : `.${precision}`}${isWhole ? "d" : type}`;
  const shown = isWhole ? ({ kind: "number", value: Math.trunc(number.value), float: false } as const) : number;
  return formatted(shown, spec, call);
}

/** Python's "...".format(...). */
export function format(pattern: string, positional: readonly Value[], named: ReadonlyMap<string, Value>, call: Call): Value {
  let next = 0;
  let missing = false;
  const fill = (field: string, depth: number): string => {
    const [, path = "", conversion, spec = ""] = /^([^!:]*)(?:!([rsa]))?(?::([\s\S]*))?$/.exec(field) ?? [];
    const [name = ""] = /^[^.[]*/.exec(path) ?? [];
    let value = name === "" ? positional[next++] : /^\d+$/.test(name) ? positional[Number(name)] : named.get(name);
    if (!value) throw /^\d*$/.test(name) ? indexError(call) : valueError(`there is no argument named ${name}`, call);
    for (const [step, attribute, index] of path.slice(name.length).matchAll(/\.(\w+)|\[([^\]]*)\]/g)) {
      value = step && attribute !== undefined ? call.interpreter.attribute(value, attribute) : item(value, index ?? "");
      if (!value) break;
    }
    const inner = depth < 2 ? spec.replace(/\{([^{}]*)\}/g, (_, each: string) => fill(each, depth + 1)) : spec;
    const shown = value && (conversion === "r" ? repr(value, call) : formatted(value, inner, call));
    if (shown === undefined) missing = true;
    return shown ?? "";
  };
  const whole = pattern.replace(/\{\{|\}\}|\{((?:[^{}]|\{[^{}]*\})*)\}/g, (match, field: string | undefined) =>
    field === undefined ? match.charAt(0) : fill(field, 0),
  );
  return missing ? unknown("a part of the text is not known") : text(whole);
}

function item(value: Value, index: string): Value | undefined {
  if (value.kind === "list" || value.kind === "tuple") return value.items[Number(index)];
  return value.kind === "dictionary" ? value.entries.get(`s${index}`)?.value : undefined;
}

function indexError(call: Call) {
  return valueError("Replacement index out of range for positional args tuple", call);
}
