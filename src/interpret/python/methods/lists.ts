import { append } from "../../append.js";
import { argument } from "../../natives.js";
import { type Call, integer, type ListValue, list, NONE, unknown, type Value } from "../../values.js";
import { equal } from "../equality.js";
import { indexError, valueError } from "../errors.js";
import { asInteger } from "../numbers.js";
import { sorted } from "../ordering.js";
import { position } from "../slices.js";
import { methods } from "./table.js";

export const LIST_METHODS = methods("list", {
  append: (self, args, call) => {
    const value = argument(args, 0);
    if (value) change(self, call).push(value);
    return NONE;
  },
  extend: (self, args, call) => {
    const given = argument(args, 0);
    const values = given && call.interpreter.items(given);
    append(change(self, call), values ?? [unknown("what the list is extended by is not known")]);
    return NONE;
  },
  insert: (self, args, call) => {
    const at = asInteger(argument(args, 0));
    const value = argument(args, 1) ?? NONE;
    if (at === undefined) change(self, call).push(unknown("where an item is inserted is not known"));
    else change(self, call).splice(at < 0 ? Math.max(0, at + self.items.length) : at, 0, value);
    return NONE;
  },
  pop: (self, args, call) => {
    const at = args.positional.length === 0 ? -1 : asInteger(argument(args, 0));
    if (at === undefined) return unknown("which item is taken is not known");
    const from = position(at, self.items.length);
    if (from === undefined) throw indexError(self.items.length === 0 ? "pop from empty list" : "pop index out of range", call);
    return change(self, call).splice(from, 1)[0] ?? NONE;
  },
  popleft: (self, _, call) => change(self, call).shift() ?? NONE,
  appendleft: (self, args, call) => {
    change(self, call).unshift(argument(args, 0) ?? NONE);
    return NONE;
  },
  remove: (self, args, call) => {
    const at = find(self.items, argument(args, 0) ?? NONE, call);
    if (at === undefined) throw valueError("list.remove(x): x not in list", call);
    if (at !== "unknown") change(self, call).splice(at, 1);
    return NONE;
  },
  clear: (self, _, call) => {
    change(self, call).length = 0;
    return NONE;
  },
  reverse: (self, _, call) => {
    change(self, call).reverse();
    return NONE;
  },
  sort: (self, args, call) => {
    const reverse = args.named.get("reverse");
    const order = sorted(self.items, call, keyIn(args.named.get("key")), reverse !== undefined && call.interpreter.truth(reverse) === true);
    const items = change(self, call);
    for (const at of items.keys()) items[at] = order?.[at] ?? unknown("the order of the list is not known");
    return NONE;
  },
  index: (self, args, call) => {
    const at = find(self.items, argument(args, 0) ?? NONE, call);
    if (at === undefined) throw valueError("the value is not in list", call);
    return at === "unknown" ? unknown("where the value is is not known") : integer(at);
  },
  count: (self, args, call) => countOf(self.items, argument(args, 0) ?? NONE, call),
  copy: (self) => list(self.items),
  __len__: (self) => integer(self.items.length),
});

export function keyIn(key: Value | undefined): Value | undefined {
  return key?.kind === "none" ? undefined : key;
}

export function find(items: readonly Value[], wanted: Value, call: Call): number | "unknown" | undefined {
  for (const [at, item] of items.entries()) {
    const truth = equal(item, wanted, call);
    if (truth === "unknown") return "unknown";
    if (truth) return at;
  }
  return undefined;
}

export function countOf(items: readonly Value[], wanted: Value, call: Call): Value {
  const truths = items.map((item) => equal(item, wanted, call));
  if (truths.includes("unknown")) return unknown("how often the value is there is not known");
  return integer(truths.filter(Boolean).length);
}

function change(self: ListValue, call: Call): Value[] {
  call.interpreter.willChange(self.items);
  return self.items;
}
