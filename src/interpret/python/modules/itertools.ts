import { argument, libraryClass, native } from "../../natives.js";
import { type Arguments, type Call, type NativeFunction, NONE, tuple, unknown, type Value } from "../../values.js";
import { iterator } from "../builtins/sequences.js";
import { equal } from "../equality.js";
import { asInteger } from "../numbers.js";
import { module } from "./module.js";

/** What goes on for ever is given so far. */
const ENDLESS = 2_000;

function ofItems(
  name: string,
  make: (lists: readonly (readonly Value[])[], args: Arguments, call: Call) => readonly Value[] | undefined,
): readonly [string, NativeFunction] {
  return [
    name,
    native(`itertools.${name}`, (args, call) => {
      const lists = args.positional.map((value) => (value.kind === "number" || value.kind === "none" ? [] : call.interpreter.items(value)));
      if (args.incomplete || !lists.every((each) => each !== undefined)) return unknown("what it goes through is not known");
      const made = make(lists, args, call);
      if (!made) return unknown("what it gives is not known");
      return iterator(made);
    }),
  ];
}

/** Longer results are unknown. */
const MOST = 100_000;

function product(lists: readonly (readonly Value[])[]): readonly Value[] | undefined {
  if (lists.reduce((total, each) => total * each.length, 1) > MOST) return undefined;
  let rows: Value[][] = [[]];
  for (const items of lists) rows = rows.flatMap((row) => items.map((item) => [...row, item]));
  return rows.map(tuple);
}

function chosen(
  items: readonly Value[],
  size: number,
  from: (at: number, used: readonly number[]) => boolean,
): readonly Value[] | undefined {
  let rows: number[][] = [[]];
  for (let each = 0; each < size; each++) {
    rows = rows.flatMap((row) => items.flatMap((_, at) => (from(at, row) ? [[...row, at]] : [])));
    if (rows.length > MOST) return undefined;
  }
  return rows.map((row) => tuple(row.map((at) => items[at] ?? NONE)));
}

const last = (used: readonly number[]): number => used.at(-1) ?? -1;

export const ITERTOOLS = module("itertools", {
  ...Object.fromEntries([
    ofItems("product", (lists, args) => product(Array.from({ length: asInteger(args.named.get("repeat")) ?? 1 }, () => lists).flat())),
    ofItems("combinations", ([items = []], args) => chosen(items, sizeIn(args, 0), (at, used) => at > last(used))),
    ofItems("combinations_with_replacement", ([items = []], args) => chosen(items, sizeIn(args, 0), (at, used) => at >= last(used))),
    ofItems("permutations", ([items = []], args) => chosen(items, sizeIn(args, items.length), (at, used) => !used.includes(at))),
    ofItems("cycle", ([items = []]) =>
      Array.from({ length: items.length === 0 ? 0 : ENDLESS }, (_, at) => items[at % items.length] ?? NONE),
    ),
    ofItems("pairwise", ([items = []]) => items.slice(1).map((item, at) => tuple([items[at] ?? NONE, item]))),
    ofItems("zip_longest", (lists, args) => {
      const longest = Math.max(0, ...lists.map((each) => each.length));
      return Array.from({ length: longest }, (_, at) => tuple(lists.map((each) => each[at] ?? args.named.get("fillvalue") ?? NONE)));
    }),
    ofItems("islice", ([items = []], args) => {
      const [first, second, step = 1] = args.positional.slice(1).map(asInteger);
      const [start, stop] = args.positional.length > 2 ? [first ?? 0, second ?? items.length] : [0, first ?? items.length];
      return items.slice(start, stop).filter((_, at) => at % step === 0);
    }),
  ]),
  chain: libraryClass(
    "chain",
    {
      from_iterable: native("itertools.chain.from_iterable", (args, call) => {
        const lists = args.positional[0] && call.interpreter.items(args.positional[0])?.map((value) => call.interpreter.items(value));
        return lists?.every((each) => each !== undefined) ? iterator(lists.flat()) : unknown("what it goes through is not known");
      }),
    },
    {
      construct: (_, args, call) => {
        const lists = args.positional.map((value) => call.interpreter.items(value));
        if (args.incomplete || !lists.every((each) => each !== undefined)) return unknown("what it goes through is not known");
        return iterator(lists.flat());
      },
    },
  ),
  repeat: native("itertools.repeat", (args) => {
    const times = argument(args, 1, "times");
    const count = times ? asInteger(times) : ENDLESS;
    if (count === undefined || count > MOST) return unknown("how often it repeats is not known");
    return iterator(Array.from({ length: count }, () => argument(args, 0) ?? NONE));
  }),
  count: native("itertools.count", (args, call) => {
    const step = argument(args, 1, "step") ?? { kind: "number", value: 1, float: false };
    let next: Value = argument(args, 0, "start") ?? { kind: "number", value: 0, float: false };
    const items: Value[] = [];
    for (let each = 0; each < ENDLESS; each++) {
      items.push(next);
      next = call.interpreter.binary("+", next, step, call);
    }
    return iterator(items);
  }),
  accumulate: native("itertools.accumulate", (args, call) => {
    const [values, callee] = args.positional;
    const items = values && call.interpreter.items(values);
    if (!items) return unknown("what is added up is not known");
    const sums: Value[] = [];
    for (const item of items) {
      const total = sums.at(-1);
      const next = total && callee ? call.interpreter.call(callee, [total, item], call.place) : undefined;
      sums.push(next ?? (total ? call.interpreter.binary("+", total, item, call) : item));
    }
    return iterator(sums);
  }),
  groupby: native("itertools.groupby", (args, call) => {
    const values = argument(args, 0);
    const key = argument(args, 1, "key");
    const items = values && call.interpreter.items(values);
    if (!items) return unknown("what is grouped is not known");
    const groups: { readonly key: Value; readonly items: Value[] }[] = [];
    for (const item of items) {
      const of = key && key.kind !== "none" ? call.interpreter.call(key, [item], call.place) : item;
      const group = groups.at(-1);
      const same = group ? equal(group.key, of, call) : false;
      if (same === "unknown") return unknown("what is grouped is not known");
      if (group && same) group.items.push(item);
      else groups.push({ key: of, items: [item] });
    }
    return iterator(groups.map((group) => tuple([group.key, iterator(group.items)])));
  }),
});

function sizeIn(args: Arguments, otherwise: number): number {
  return asInteger(argument(args, 1, "r")) ?? otherwise;
}
