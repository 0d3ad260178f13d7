import { keyOf } from "../../keys.js";
import { type Call, type DictionaryValue, integer, list, NONE, tuple, unknown, type Value } from "../../values.js";
import { byName, entryOf } from "../indexing.js";
import { boolean, isPair, isText, native, natives, notKnown, pair, wholeOf, wholesOf } from "../natives.js";
import { binary, isSequence, itemsOf } from "../operators.js";

/** Vectors, tuples, ranges and dictionaries. What arrays answer too is in arrays.ts. */
export function collectionFunctions(): ReadonlyMap<string, Value> {
  return new Map<string, Value>([
    ["Dict", native("Dict", (args, call) => dictionaryOf(args, call))],
    ["IdDict", native("IdDict", (args, call) => dictionaryOf(args, call))],
    ["OrderedDict", native("OrderedDict", (args, call) => dictionaryOf(args, call))],
    ...natives({
      tuple: (args) => tuple(args),
      collect: ([x], call) => sequence(x, call, (items) => list(items)),
      isempty: ([x], call) => sequence(x, call, (items) => boolean(items.length === 0)),
      first: ([x, count], call) =>
        sequence(x, call, (items) => (count ? list(items.slice(0, wholeOf(count))) : (items[0] ?? unknown("it is empty")))),
      last: ([x, count], call) =>
        sequence(x, call, (items) => (count ? list(items.slice(-(wholeOf(count) ?? 0))) : (items.at(-1) ?? unknown("it is empty")))),
      zip: (columns, call) => zipped(columns, call),
      enumerate: ([x], call) => sequence(x, call, (items) => list(items.map((item, at) => tuple([integer(at + 1), item])))),
      eachindex: ([x], call) => sequence(x, call, (items) => ({ kind: "range", start: 1, stop: items.length + 1, step: 1 })),
      reverse: ([x], call) => sequence(x, call, (items) => (x?.kind === "tuple" ? tuple : list)([...items].reverse())),
      firstindex: () => integer(1),
      cumsum: ([x], call) => accumulated("+", x, call),
      cumprod: ([x], call) => accumulated("*", x, call),
      diff: ([x], call) => sequence(x, call, (items) => list(items.slice(1).map((item, at) => binary("-", item, items[at] ?? item)))),
      "push!": ([x, ...added], call) => changed(x, (items) => items.push(...added), call),
      "pushfirst!": ([x, ...added], call) => changed(x, (items) => items.unshift(...added), call),
      "append!": ([x, ...added], call) => appended(x, added, call),
      "pop!": ([x], call) => taken(x, (items) => items.pop(), call),
      "popfirst!": ([x], call) => taken(x, (items) => items.shift(), call),
      "insert!": ([x, at, item], call) => changed(x, (items) => items.splice((wholeOf(at) ?? 1) - 1, 0, item ?? NONE), call),
      "deleteat!": ([x, at], call) => changed(x, (items) => items.splice((wholeOf(at) ?? 1) - 1, 1), call),
      "reverse!": ([x], call) => changed(x, (items) => items.reverse(), call),
      copy: ([x]) => (x?.kind === "list" ? list(x.items) : (x ?? NONE)),
      deepcopy: ([x]) => (x?.kind === "list" ? list(x.items) : (x ?? NONE)),
      haskey: ([d, key]) =>
        key && d?.kind === "dictionary"
          ? boolean(entryOf(d, key) !== undefined)
          : d?.kind === "tuple" && isText(key)
            ? boolean(byName(d, key.value) !== undefined)
            : notKnown("haskey", []),
      get: ([d, key, otherwise]) =>
        key && d?.kind === "dictionary"
          ? (entryOf(d, key) ?? otherwise ?? NONE)
          : d?.kind === "tuple" && isText(key)
            ? (byName(d, key.value) ?? otherwise ?? NONE)
            : notKnown("get", []),
      keys: ([d]) => keysOf(d),
      values: ([d], call) => (d?.kind === "dictionary" ? list([...d.entries.values()].map(({ value }) => value)) : sequence(d, call, list)),
      pairs: ([d], call) =>
        d?.kind === "tuple"
          ? list(d.items.map((item, at) => pair(d.names ? { kind: "string", value: d.names[at] ?? "" } : integer(at + 1), item)))
          : sequence(d, call, list),
      merge: (parts) => merged(parts),
      repeat: ([x, count]) => {
        const times = wholeOf(count);
        if (times === undefined || times > 10_000 || !x || !isSequence(x))
          return isText(x) && times !== undefined ? binary("**", x, integer(times)) : notKnown("repeat", []);
        return list(Array.from({ length: times }, () => itemsOf(x)).flat());
      },
      range: (args, _, named) => ranged(args, named),
      partition: ([x, size], call) => sequence(x, call, (items) => chunks(items, wholeOf(size))),
      flatten: ([x], call) => sequence(x, call, (items) => list(items.flatMap((item) => (isSequence(item) ? itemsOf(item) : [item])))),
      unique: ([x], call) => sequence(x, call, (items) => list([...new Map(items.map((item) => [keyOf(item), item])).values()])),
      sort: ([x]) => {
        const numbers = wholesOf(x);
        return numbers ? list([...numbers].sort((a, b) => a - b).map(integer)) : notKnown("sort", []);
      },
    }),
  ]);
}

function sequence(x: Value | undefined, call: Call, make: (items: readonly Value[]) => Value): Value {
  const items = x && call.interpreter.items(x);
  return items ? make(items) : notKnown("this collection", x ? [x] : []);
}

function zipped(columns: readonly Value[], call: Call): Value {
  const all = columns.map((column) => call.interpreter.items(column)).filter((items) => items !== undefined);
  if (all.length < columns.length) return notKnown("zip", columns);
  const length = Math.min(...all.map((items) => items.length));
  return list(Array.from({ length }, (_, at) => tuple(all.flatMap((items) => items.slice(at, at + 1)))));
}

function accumulated(operator: "+" | "*", x: Value | undefined, call: Call): Value {
  return sequence(x, call, (items) => {
    const sums: Value[] = [];
    for (const item of items) {
      const before = sums.at(-1);
      sums.push(before ? binary(operator, before, item) : item);
    }
    return list(sums);
  });
}

function changed(x: Value | undefined, change: (items: Value[]) => void, call: Call): Value {
  if (x?.kind !== "list") return notKnown("what is changed", x ? [x] : []);
  call.interpreter.willChange(x.items);
  change(x.items);
  return x;
}

function appended(x: Value | undefined, added: readonly Value[], call: Call): Value {
  const parts = added.map((each) => call.interpreter.items(each) ?? [unknown("what is appended is not known")]);
  return changed(x, (items) => items.push(...parts.flat()), call);
}

function taken(x: Value | undefined, take: (items: Value[]) => Value | undefined, call: Call): Value {
  let item: Value | undefined;
  changed(
    x,
    (items) => {
      item = take(items);
    },
    call,
  );
  return item ?? unknown("it is empty");
}

function dictionaryOf(args: readonly Value[], call: Call): Value {
  const [only] = args;
  const pairs = args.length === 1 && only && !isPair(only) ? call.interpreter.items(only) : args;
  if (!pairs) return notKnown("Dict", args);
  const result: DictionaryValue = { kind: "dictionary", entries: new Map() };
  for (const each of pairs) {
    const [key, value] = itemsOf(each);
    if (!key || !value) return notKnown("Dict", [each]);
    result.entries.set(keyOf(key), { key, value });
  }
  return result;
}

function keysOf(d: Value | undefined): Value {
  if (d?.kind === "dictionary") return list([...d.entries.values()].map(({ key }) => key));
  if (d?.kind === "tuple" && d.names) return tuple(d.names.map((value) => ({ kind: "string", value })));
  return d && isSequence(d) ? { kind: "range", start: 1, stop: itemsOf(d).length + 1, step: 1 } : notKnown("keys", d ? [d] : []);
}

function merged(parts: readonly Value[]): Value {
  if (parts.every(({ kind }) => kind === "dictionary")) {
    return { kind: "dictionary", entries: new Map(parts.flatMap((part) => (part.kind === "dictionary" ? [...part.entries] : []))) };
  }
  const fields = new Map<string, Value>();
  for (const part of parts) {
    if (part.kind !== "tuple" || !part.names) return notKnown("merge", parts);
    for (const [at, name] of part.names.entries()) fields.set(name, part.items[at] ?? NONE);
  }
  return { kind: "tuple", items: [...fields.values()], names: [...fields.keys()] };
}

function ranged([start, stop]: readonly Value[], named: ReadonlyMap<string, Value>): Value {
  const from = wholeOf(start);
  const to = wholeOf(stop ?? named.get("stop"));
  const step = named.has("step") ? wholeOf(named.get("step")) : 1;
  if (named.has("length") || from === undefined || to === undefined || !step) return notKnown("range", []);
  return { kind: "range", start: from, stop: to + Math.sign(step), step };
}

function chunks(items: readonly Value[], size: number | undefined): Value {
  if (!size || size < 1) return notKnown("partition", []);
  return list(Array.from({ length: Math.ceil(items.length / size) }, (_, at) => list(items.slice(at * size, (at + 1) * size))));
}
