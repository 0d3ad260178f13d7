import { argument, unknownIn } from "../../natives.js";
import { type Arguments, type Call, FALSE, integer, list, type StringValue, TRUE, text, tuple, unknown, type Value } from "../../values.js";
import { typeError, valueError } from "../errors.js";
import { format } from "../format.js";
import { asInteger } from "../numbers.js";
import { methods } from "./table.js";

type Method = (self: StringValue, args: Arguments, call: Call) => Value;

/** Of methods that make a text of a text and arguments that are all known. */
function made(make: (value: string, ...args: (string | undefined)[]) => string): Method {
  return ({ value }, args) =>
    unknownIn(args) ?? text(make(value, ...args.positional.map((each) => (each.kind === "string" ? each.value : undefined))));
}

function told(test: (value: string) => boolean): Method {
  return ({ value }) => (test(value) ? TRUE : FALSE);
}

function padded(pad: (value: string, missing: number, fill: string) => string): Method {
  return ({ value }, args) => {
    const width = asInteger(argument(args, 0));
    const fill = argument(args, 1);
    if (width === undefined || width > 100_000) return unknown("the width is not known");
    return text(width <= value.length ? value : pad(value, width - value.length, fill?.kind === "string" ? fill.value : " "));
  };
}

function searched(search: (value: string, part: string) => number, missing: "error" | "-1"): Method {
  return ({ value }, args, call) => {
    const part = argument(args, 0);
    if (part?.kind !== "string") return unknown("what is looked for is not known");
    const start = asInteger(argument(args, 1)) ?? 0;
    const at = search(value.slice(start), part.value);
    if (at < 0 && missing === "error") throw valueError("substring not found", call);
    return integer(at < 0 ? -1 : at + start);
  };
}

function starts(test: (value: string, part: string) => boolean): Method {
  return ({ value }, args) => {
    const part = argument(args, 0);
    if (part?.kind === "string") return test(value, part.value) ? TRUE : FALSE;
    if (part?.kind !== "tuple") return unknown("what is looked for is not known");
    return part.items.some((each) => each.kind === "string" && test(value, each.value)) ? TRUE : FALSE;
  };
}

function split(fromEnd: boolean): Method {
  return ({ value }, args, call) => {
    const missing = unknownIn(args);
    if (missing) return missing;
    const separator = argument(args, 0, "sep");
    const most = asInteger(argument(args, 1, "maxsplit")) ?? -1;
    if (separator?.kind === "string") {
      if (separator.value === "") throw valueError("empty separator", call);
      return list(limited(value.split(separator.value), most, separator.value, fromEnd).map(text));
    }
    const words = value
      .trim()
      .split(/\s+/)
      .filter((word) => word !== "");
    return list(limited(words, most, " ", fromEnd).map(text));
  };
}

function limited(parts: readonly string[], most: number, separator: string, fromEnd: boolean): readonly string[] {
  if (most < 0 || parts.length <= most + 1) return parts;
  const cut = fromEnd ? parts.length - most : most;
  return fromEnd ? [parts.slice(0, cut).join(separator), ...parts.slice(cut)] : [...parts.slice(0, cut), parts.slice(cut).join(separator)];
}

function strip(left: boolean, right: boolean): Method {
  return made((value, letters) => {
    const strips = (letter: string | undefined) =>
      letter !== undefined && (letters === undefined ? /\s/.test(letter) : letters.includes(letter));
    let start = 0;
    let end = value.length;
    while (left && start < end && strips(value[start])) start++;
    while (right && end > start && strips(value[end - 1])) end--;
    return value.slice(start, end);
  });
}

function parted(fromEnd: boolean): Method {
  return ({ value }, args) => {
    const separator = argument(args, 0);
    if (separator?.kind !== "string") return unknown("the separator is not known");
    const at = fromEnd ? value.lastIndexOf(separator.value) : value.indexOf(separator.value);
    if (at < 0) return tuple((fromEnd ? ["", "", value] : [value, "", ""]).map(text));
    return tuple([value.slice(0, at), separator.value, value.slice(at + separator.value.length)].map(text));
  };
}

const self: Method = (value) => value;

export const STRING_METHODS = methods("string", {
  lower: made((value) => value.toLowerCase()),
  casefold: made((value) => value.toLowerCase()),
  upper: made((value) => value.toUpperCase()),
  title: made((value) => value.toLowerCase().replace(/[a-z]+/g, (word) => word.charAt(0).toUpperCase() + word.slice(1))),
  capitalize: made((value) => value.charAt(0).toUpperCase() + value.slice(1).toLowerCase()),
  swapcase: made((value) => Array.from(value, (each) => (each === each.toUpperCase() ? each.toLowerCase() : each.toUpperCase())).join("")),
  strip: strip(true, true),
  lstrip: strip(true, false),
  rstrip: strip(false, true),
  replace: ({ value }, args) => {
    const [from, to, count] = args.positional;
    if (from?.kind !== "string" || to?.kind !== "string") return unknown("what is replaced is not known");
    if (count === undefined) return text(value.split(from.value).join(to.value));
    return text(limited(value.split(from.value), asInteger(count) ?? -1, from.value, false).join(to.value));
  },
  removeprefix: made((value, prefix) => (prefix !== undefined && value.startsWith(prefix) ? value.slice(prefix.length) : value)),
  removesuffix: made((value, suffix) => (suffix && value.endsWith(suffix) ? value.slice(0, -suffix.length) : value)),
  split: split(false),
  rsplit: split(true),
  splitlines: ({ value }) =>
    list(
      value === ""
        ? []
        : value
            .replace(/\r?\n$/, "")
            .split(/\r?\n/)
            .map(text),
    ),
  partition: parted(false),
  rpartition: parted(true),
  join: ({ value }, args, call) => {
    const given = argument(args, 0);
    const items = given && call.interpreter.items(given);
    if (!items || items.some(({ kind }) => kind === "unknown")) return unknown("what is joined is not known");
    const wrong = items.findIndex(({ kind }) => kind !== "string");
    if (wrong >= 0) throw typeError(`sequence item ${wrong}: expected str instance`, call);
    return text(items.map((item) => (item.kind === "string" ? item.value : "")).join(value));
  },
  format: ({ value }, args, call) =>
    args.incomplete ? unknown("some arguments are not known") : format(value, args.positional, args.named, call),
  startswith: starts((value, part) => value.startsWith(part)),
  endswith: starts((value, part) => value.endsWith(part)),
  find: searched((value, part) => value.indexOf(part), "-1"),
  rfind: searched((value, part) => value.lastIndexOf(part), "-1"),
  index: searched((value, part) => value.indexOf(part), "error"),
  rindex: searched((value, part) => value.lastIndexOf(part), "error"),
  count: ({ value }, args) => {
    const part = argument(args, 0);
    return part?.kind === "string" ? integer(value.split(part.value).length - 1) : unknown("what is counted is not known");
  },
  zfill: padded((value, missing) => value.replace(/^([-+]?)/, `$1${"0".repeat(missing)}`)),
  ljust: padded((value, missing, fill) => value + fill.repeat(missing)),
  rjust: padded((value, missing, fill) => fill.repeat(missing) + value),
  center: padded((value, missing, fill) => {
    const left = (missing >> 1) + (missing & (value.length + missing) & 1);
    return fill.repeat(left) + value + fill.repeat(missing - left);
  }),
  isdigit: told((value) => /^\d+$/.test(value)),
  isnumeric: told((value) => /^\d+$/.test(value)),
  isdecimal: told((value) => /^\d+$/.test(value)),
  isalpha: told((value) => /^\p{L}+$/u.test(value)),
  isalnum: told((value) => /^[\p{L}\d]+$/u.test(value)),
  isspace: told((value) => /^\s+$/.test(value)),
  isupper: told((value) => value !== value.toLowerCase() && value === value.toUpperCase()),
  islower: told((value) => value !== value.toUpperCase() && value === value.toLowerCase()),
  isidentifier: told((value) => /^[\p{L}_][\p{L}\d_]*$/u.test(value)),
  encode: self,
  decode: self,
  expandtabs: made((value) => value.replaceAll("\t", "        ")),
});
