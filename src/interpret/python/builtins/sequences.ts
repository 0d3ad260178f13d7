import { programError } from "../../errors.js";
import { argument, native, unknownIn } from "../../natives.js";
import { type Arguments, type Call, FALSE, integer, type ListValue, list, NONE, TRUE, tuple, unknown, type Value } from "../../values.js";
import { typeError, valueError } from "../errors.js";
import { length } from "../iteration.js";
import { keyIn } from "../methods/lists.js";
import { asInteger } from "../numbers.js";
import { less, sorted } from "../ordering.js";
import { callSpecial } from "../special.js";

export function iterator(items: readonly Value[]): ListValue {
  return { kind: "list", items: [...items], iterator: true };
}

/** The items of an argument; unknown where they are. */
function itemsOf(args: Arguments, position: number, call: Call): readonly Value[] | undefined {
  const value = args.positional[position];
  return value && call.interpreter.items(value);
}

const UNKNOWN_ITEMS = unknown("what it goes through is not known");

export function toRange(args: Arguments, call: Call): Value {
  const missing = unknownIn(args);
  if (missing) return missing;
  const numbers = args.positional.map((value) => asInteger(value));
  if (args.positional.some(({ kind }) => kind === "tensor" || kind === "instance")) return unknown("the bounds of the range are not known");
  if (!numbers.every((number) => number !== undefined)) throw typeError("range() needs integers", call);
  const [first = 0, second, step = 1] = numbers;
  if (step === 0) throw valueError("range() arg 3 must not be zero", call);
  return { kind: "range", start: second === undefined ? 0 : first, stop: second ?? first, step };
}

function extreme(name: "min" | "max") {
  return native(name, (args, call) => {
    const values = args.positional.length === 1 ? itemsOf(args, 0, call) : args.positional;
    if (!values || args.incomplete) return UNKNOWN_ITEMS;
    const key = keyIn(args.named.get("key"));
    const keyed = values.map((value) => ({ value, key: key ? call.interpreter.call(key, [value], call.place) : value }));
    let best = keyed[0];
    if (!best) {
      const fallback = args.named.get("default");
      if (!fallback) throw valueError(`${name}() arg is an empty sequence`, call);
      return fallback;
    }
    for (const each of keyed.slice(1)) {
      const better = name === "min" ? less(each.key, best.key, call) : less(best.key, each.key, call);
      if (better === "unknown") return unknown(`the ${name} is not known`);
      if (better) best = each;
    }
    return best.value.kind === "tensor" ? unknown(`the ${name} is not known`) : best.value;
  });
}

function sum(args: Arguments, call: Call): Value {
  const values = itemsOf(args, 0, call);
  if (!values) return UNKNOWN_ITEMS;
  let total: Value = argument(args, 1, "start") ?? integer(0);
  for (const value of values) {
    if (value.kind === "unknown") return value;
    total = call.interpreter.binary("+", total, value, call);
    if (total.kind === "unknown") return total;
  }
  return total;
}

function quantified(name: string, decides: boolean) {
  return native(name, (args, call) => {
    const values = itemsOf(args, 0, call);
    if (!values) return UNKNOWN_ITEMS;
    const truths = values.map((value) => call.interpreter.truth(value));
    if (truths.includes(decides)) return decides ? TRUE : FALSE;
    if (truths.includes("unknown")) return unknown("it depends on what is not known");
    return decides ? FALSE : TRUE;
  });
}

export const SEQUENCE_BUILTINS: readonly (readonly [string, Value])[] = [
  [
    "len",
    native("len", (args, call) => {
      const value = argument(args, 0);
      if (value?.kind === "tensor") {
        const counted = call.interpreter.attribute(value, "__len__");
        return counted ? call.interpreter.call(counted, [], call.place) : unknown("the length of the tensor is not known");
      }
      const size = value && length(value, call);
      return size === undefined ? unknown("the length is not known") : integer(size);
    }),
  ],
  [
    "zip",
    native("zip", (args, call) => {
      const lists = args.positional.map((value) => call.interpreter.items(value));
      if (args.incomplete || !lists.every((each) => each !== undefined)) return UNKNOWN_ITEMS;
      const shortest = lists.length === 0 ? 0 : Math.min(...lists.map((each) => each.length));
      return iterator(Array.from({ length: shortest }, (_, at) => tuple(lists.map((each) => each[at] ?? NONE))));
    }),
  ],
  [
    "enumerate",
    native("enumerate", (args, call) => {
      const items = itemsOf(args, 0, call);
      const start = argument(args, 1, "start");
      const first = start ? asInteger(start) : 0;
      if (!items) return UNKNOWN_ITEMS;
      return iterator(
        items.map((item, at) => tuple([first === undefined ? unknown("the count is not known") : integer(first + at), item])),
      );
    }),
  ],
  [
    "map",
    native("map", (args, call) => {
      const [callee] = args.positional;
      const lists = args.positional.slice(1).map((value) => call.interpreter.items(value));
      if (!callee || args.incomplete || !lists.every((each) => each !== undefined)) return UNKNOWN_ITEMS;
      const shortest = Math.min(...lists.map((each) => each.length));
      const results = Array.from({ length: shortest }, (_, at) =>
        call.interpreter.call(
          callee,
          lists.map((each) => each[at] ?? NONE),
          call.place,
        ),
      );
      return iterator(results);
    }),
  ],
  [
    "filter",
    native("filter", (args, call) => {
      const [callee] = args.positional;
      const items = itemsOf(args, 1, call);
      if (!callee || !items) return UNKNOWN_ITEMS;
      const truths = items.map((item) =>
        call.interpreter.truth(callee.kind === "none" ? item : call.interpreter.call(callee, [item], call.place)),
      );
      return truths.includes("unknown") ? UNKNOWN_ITEMS : iterator(items.filter((_, at) => truths[at]));
    }),
  ],
  ["sum", native("sum", sum)],
  ["min", extreme("min")],
  ["max", extreme("max")],
  ["any", quantified("any", true)],
  ["all", quantified("all", false)],
  [
    "sorted",
    native("sorted", (args, call) => {
      const items = itemsOf(args, 0, call);
      const reverse = args.named.get("reverse");
      const order =
        items && sorted(items, call, keyIn(args.named.get("key")), reverse !== undefined && call.interpreter.truth(reverse) === true);
      return order ? list(order) : UNKNOWN_ITEMS;
    }),
  ],
  [
    "reversed",
    native("reversed", (args, call) => {
      const items = itemsOf(args, 0, call);
      return items ? iterator([...items].reverse()) : UNKNOWN_ITEMS;
    }),
  ],
  [
    "iter",
    native("iter", (args, call) => {
      const [value] = args.positional;
      if (value?.kind === "list" && value.iterator) return value;
      const items = itemsOf(args, 0, call);
      return items ? iterator(items) : UNKNOWN_ITEMS;
    }),
  ],
  [
    "next",
    native("next", (args, call) => {
      const [value, fallback] = args.positional;
      if (!value || value.kind === "unknown") return value ?? UNKNOWN_ITEMS;
      if (value.kind !== "list" || !value.iterator) return callSpecial(value, "__next__", [], call) ?? UNKNOWN_ITEMS;
      call.interpreter.willChange(value.items);
      const next = value.items.shift() ?? fallback;
      if (!next) throw programError("StopIteration", "there is nothing more to take", call.place);
      return next;
    }),
  ],
  [
    "slice",
    native("slice", (args) => {
      const [first = NONE, second, step = NONE] = args.positional;
      return { kind: "slice", start: second ? first : NONE, stop: second ?? first, step };
    }),
  ],
];
