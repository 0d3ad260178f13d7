import { type Call, FALSE, integer, type ListValue, list, type NativeFunction, NONE, TRUE, text, unknown, type Value } from "../values.js";
import { native, whole } from "./natives.js";
import { sameValue } from "./operators.js";

type Method = (self: ListValue, args: readonly Value[], call: Call) => Value;

/** Arrays of more items than that are not made. */
export const MOST_ITEMS = 100_000;

/** A method of arrays, bound to one of them; undefined where arrays have none of that name. */
export function arrayMethod(self: ListValue, name: string): NativeFunction | undefined {
  const method = METHODS.get(name);
  return method && native(name, (args, call) => method(self, args, call));
}

/** Whether all items pass a test; the first that cannot be told makes it "unknown". */
function verdicts(self: ListValue, test: Value | undefined, call: Call): (boolean | "unknown")[] {
  return self.items.map((item, at) => call.interpreter.truth(called(test, [item, integer(at), self], call)));
}

function called(callee: Value | undefined, args: readonly Value[], call: Call): Value {
  return callee ? call.interpreter.call(callee, args, call.place) : unknown("there is no function to call");
}

function change(self: ListValue, call: Call): Value[] {
  call.interpreter.willChange(self.items);
  return self.items;
}

/** The item that a test finds first, scanning in the order given; unknown where an earlier one cannot be told. */
function find(self: ListValue, args: readonly Value[], call: Call, answer: (at: number) => Value, missing: Value, last = false): Value {
  const found = verdicts(self, args[0], call);
  const order = [...found.keys()];
  for (const at of last ? order.reverse() : order) {
    if (found[at] === "unknown") return unknown("which item is meant cannot be told");
    if (found[at]) return answer(at);
  }
  return missing;
}

function indexOf(self: ListValue, [item = NONE]: readonly Value[], last: boolean): number | undefined {
  const same = self.items.map((each) => sameValue(each, item));
  const at = last ? same.lastIndexOf(true) : same.indexOf(true);
  const unsure = last ? same.lastIndexOf("unknown") : same.indexOf("unknown");
  if (unsure < 0) return at;
  return at >= 0 && (last ? at > unsure : at < unsure) ? at : undefined;
}

function flattened(items: readonly Value[], depth: number): Value[] {
  return items.flatMap((item) => (item.kind === "list" && depth > 0 ? flattened(item.items, depth - 1) : [item]));
}

function reduce(self: ListValue, args: readonly Value[], call: Call, reversed: boolean): Value {
  const entries = [...self.items.entries()];
  if (reversed) entries.reverse();
  const [first, start] = args;
  let total = start ?? entries.shift()?.[1] ?? NONE;
  for (const [at, item] of entries) total = called(first, [total, item, integer(at), self], call);
  return total;
}

/** Sorted as JavaScript does: by the sign of what the function answers, else as strings. */
function sorted(items: readonly Value[], by: Value | undefined, call: Call): Value[] | undefined {
  let known = true;
  const compare = (a: Value, b: Value): number => {
    if (by && by.kind !== "none") {
      const answer = called(by, [a, b], call);
      if (answer.kind === "number") return answer.value;
    } else if ((a.kind === "number" || a.kind === "string") && (b.kind === "number" || b.kind === "string")) {
      const [left, right] = [String(a.value), String(b.value)];
      return left < right ? -1 : left > right ? 1 : 0;
    }
    known = false;
    return 0;
  };
  const order = [...items].sort(compare);
  return known ? order : undefined;
}

const slice: Method = (self, [start, end]) => {
  const from = whole(start, 0);
  const to = whole(end, self.items.length);
  return from === undefined || to === undefined ? unknown("where the slice begins or ends is not known") : list(self.items.slice(from, to));
};

const concat: Method = (self, args) =>
  args.some(({ kind }) => kind === "unknown")
    ? unknown("what is joined to the array is not known")
    : list([...self.items, ...args.flatMap((arg) => (arg.kind === "list" ? arg.items : [arg]))]);

const METHODS: ReadonlyMap<string, Method> = new Map<string, Method>([
  ["push", (self, args, call) => integer(change(self, call).push(...args))],
  ["unshift", (self, args, call) => integer(change(self, call).unshift(...args))],
  ["pop", (self, _, call) => change(self, call).pop() ?? NONE],
  ["shift", (self, _, call) => change(self, call).shift() ?? NONE],
  ["slice", slice],
  ["concat", concat],
  ["flat", (self, [depth]) => list(flattened(self.items, whole(depth, 1) ?? 1))],
  ["at", (self, [at]) => (at?.kind === "number" ? (self.items.at(at.value) ?? NONE) : unknown("the index is not known"))],
  ["map", (self, [by], call) => list(self.items.map((item, at) => called(by, [item, integer(at), self], call)))],
  [
    "flatMap",
    (self, [by], call) =>
      list(
        flattened(
          self.items.map((item, at) => called(by, [item, integer(at), self], call)),
          1,
        ),
      ),
  ],
  [
    "forEach",
    (self, [by], call) => {
      for (const [at, item] of [...self.items].entries()) called(by, [item, integer(at), self], call);
      return NONE;
    },
  ],
  [
    "filter",
    (self, [test], call) => {
      const found = verdicts(self, test, call);
      return found.includes("unknown")
        ? unknown("which items pass the test cannot be told")
        : list(self.items.filter((_, at) => found[at] === true));
    },
  ],
  ["find", (self, args, call) => find(self, args, call, (at) => self.items[at] ?? NONE, NONE)],
  ["findIndex", (self, args, call) => find(self, args, call, integer, integer(-1))],
  ["findLast", (self, args, call) => find(self, args, call, (at) => self.items[at] ?? NONE, NONE, true)],
  ["some", (self, args, call) => find(self, args, call, () => TRUE, FALSE)],
  [
    "every",
    (self, [test], call) => {
      const found = verdicts(self, test, call);
      return found.includes(false) ? FALSE : found.includes("unknown") ? unknown("whether all items pass cannot be told") : TRUE;
    },
  ],
  ["reduce", (self, args, call) => reduce(self, args, call, false)],
  ["reduceRight", (self, args, call) => reduce(self, args, call, true)],
  ["includes", (self, args) => fromIndex(indexOf(self, args, false), (at) => (at >= 0 ? TRUE : FALSE))],
  ["indexOf", (self, args) => fromIndex(indexOf(self, args, false), integer)],
  ["lastIndexOf", (self, args) => fromIndex(indexOf(self, args, true), integer)],
  [
    "join",
    (self, [by]) => {
      const parts = self.items.map((item) => (item.kind === "number" || item.kind === "string" ? String(item.value) : undefined));
      const between = by === undefined ? "," : by.kind === "string" ? by.value : undefined;
      return between === undefined || parts.includes(undefined) ? unknown("what is joined is not known") : text(parts.join(between));
    },
  ],
  [
    "fill",
    (self, [value = NONE, start, end], call) => {
      change(self, call).fill(value, whole(start, 0), whole(end, self.items.length));
      return self;
    },
  ],
  [
    "reverse",
    (self, _, call) => {
      change(self, call).reverse();
      return self;
    },
  ],
  [
    "sort",
    (self, [by], call) => {
      const order = sorted(self.items, by, call) ?? self.items.map(() => unknown("the order cannot be told"));
      change(self, call).splice(0, self.items.length, ...order);
      return self;
    },
  ],
  [
    "splice",
    (self, [start, count, ...added], call) => {
      const from = whole(start, 0);
      const removed = whole(count, self.items.length);
      if (from === undefined || removed === undefined) return unknown("what is taken out is not known");
      return list(change(self, call).splice(from, removed, ...added));
    },
  ],
  ["keys", (self) => list(self.items.map((_, at) => integer(at)))],
  ["values", (self) => list(self.items)],
  ["entries", (self) => list(self.items.map((item, at) => list([integer(at), item])))],
]);

function fromIndex(at: number | undefined, answer: (at: number) => Value): Value {
  return at === undefined ? unknown("whether the item is there cannot be told") : answer(at);
}
