import type { Call } from "../../values.js";
import { integer, list, NONE, tuple, unknown, type Value } from "../../values.js";
import { applyElementwise } from "../arrays/elementwise.js";
import { boolean, natives, notKnown } from "../natives.js";

type Items = readonly Value[];

/** Functions that take functions. */
export function higherFunctions(): ReadonlyMap<string, Value> {
  return natives({
    map: mapped,
    foreach: (args, call) => {
      mapped(args, call);
      return NONE;
    },
    filter: ([predicate, xs], call) => filtered(predicate, xs, call),
    reduce: ([operator, xs], call, named) => folded(operator, xs, named.get("init"), call, false),
    foldl: ([operator, xs], call, named) => folded(operator, xs, named.get("init"), call, false),
    foldr: ([operator, xs], call, named) => folded(operator, xs, named.get("init"), call, true),
    mapreduce: ([f, operator, xs], call, named) => folded(operator, f && xs && mapped([f, xs], call), named.get("init"), call, false),
    mapfoldl: ([f, operator, xs], call, named) => folded(operator, f && xs && mapped([f, xs], call), named.get("init"), call, false),
    ntuple: ([f, count], call) => {
      const number = count?.kind === "instance" ? count.fields.get("parameter") : count;
      if (!f || number?.kind !== "number" || number.value > 10_000) return notKnown("ntuple", number ? [number] : []);
      return tuple(Array.from({ length: number.value }, (_, at) => call.interpreter.call(f, [integer(at + 1)], call.place)));
    },
    any: ([first, second], call) => every(first, second, call, true),
    all: ([first, second], call) => every(first, second, call, false),
    count: ([predicate, xs], call) => {
      const found = filtered(predicate, xs, call);
      return found.kind === "list" ? integer(found.items.length) : found;
    },
    findfirst: ([predicate, xs], call) => {
      const truths = truthsOf(predicate, xs, call);
      if (!truths || truths.includes("unknown")) return notKnown("findfirst", []);
      const at = truths.indexOf(true);
      return at < 0 ? NONE : integer(at + 1);
    },
    broadcast: ([f, ...xs], call) => (f ? mapped([f, ...xs], call) : NONE),
    Fix1: ([f, x]) => partial(f, x, true),
    Fix2: ([f, x]) => partial(f, x, false),
  });
}

/** map over one or several collections; a tuple gives a tuple. An array keeps its shape. */
function mapped([f, ...collections]: Items, call: Call): Value {
  if (!f) return notKnown("map", []);
  if (collections.some(({ kind }) => kind === "tensor")) return applyElementwise("map", collections, call);
  const columns = collections.map((each) => call.interpreter.items(each));
  const lost = columns.indexOf(undefined);
  if (lost >= 0) return notKnown("map", collections);
  const length = Math.min(...columns.map((column) => column?.length ?? 0));
  const results = Array.from({ length }, (_, at) => {
    const row = columns.flatMap((column) => column?.slice(at, at + 1) ?? []);
    return call.interpreter.call(f, row, call.place);
  });
  const [first] = collections;
  return first?.kind === "tuple" ? { kind: "tuple", items: results, ...(first.names && { names: first.names }) } : list(results);
}

function truthsOf(predicate: Value | undefined, xs: Value | undefined, call: Call): (boolean | "unknown")[] | undefined {
  const items = xs && call.interpreter.items(xs);
  return predicate && items?.map((item) => call.interpreter.truth(call.interpreter.call(predicate, [item], call.place)));
}

function filtered(predicate: Value | undefined, xs: Value | undefined, call: Call): Value {
  const truths = truthsOf(predicate, xs, call);
  const items = xs && call.interpreter.items(xs);
  if (!truths || !items || truths.includes("unknown")) return notKnown("filter", xs ? [xs] : []);
  return list(items.filter((_, at) => truths[at] === true));
}

function folded(operator: Value | undefined, xs: Value | undefined, init: Value | undefined, call: Call, fromRight: boolean): Value {
  const items = xs && call.interpreter.items(xs);
  if (!operator || !items) return notKnown("reduce", xs ? [xs] : []);
  const all = init ? (fromRight ? [...items, init] : [init, ...items]) : [...items];
  const [first, ...others] = fromRight ? all.reverse() : all;
  if (!first) return unknown("nothing is reduced");
  return others.reduce((done, next) => call.interpreter.call(operator, fromRight ? [next, done] : [done, next], call.place), first);
}

/** any(xs), any(predicate, xs) */
function every(first: Value | undefined, second: Value | undefined, call: Call, some: boolean): Value {
  const identity: Value = { kind: "native", name: "identity", call: ({ positional }) => positional[0] ?? NONE };
  const truths = second ? truthsOf(first, second, call) : truthsOf(identity, first, call);
  if (truths?.includes(some)) return boolean(some);
  return !truths || truths.includes("unknown") ? notKnown(some ? "any" : "all", []) : boolean(!some);
}

function partial(f: Value | undefined, x: Value | undefined, first: boolean): Value {
  if (!f || !x) return notKnown("Fix", []);
  return {
    kind: "native",
    name: "Fix",
    call: ({ positional, named }, call) => call.interpreter.call(f, first ? [x, ...positional] : [...positional, x], call.place, named),
  };
}
