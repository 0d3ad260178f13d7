import { keyOf } from "../../keys.js";
import { argument } from "../../natives.js";
import { type DictionaryValue, integer, NONE, text, tuple, unknown } from "../../values.js";
import { valueError } from "../errors.js";
import { countOf, find } from "./lists.js";
import { methods } from "./table.js";

export const TUPLE_METHODS = methods("tuple", {
  index: (self, args, call) => {
    const at = find(self.items, argument(args, 0) ?? NONE, call);
    if (at === undefined) throw valueError("tuple.index(x): x not in tuple", call);
    return at === "unknown" ? unknown("where the value is is not known") : integer(at);
  },
  count: (self, args, call) => countOf(self.items, argument(args, 0) ?? NONE, call),
  /** Of named tuples. */
  _replace: (self, args) => ({
    kind: "tuple",
    items: self.items.map((item, at) => args.named.get(self.names?.[at] ?? "") ?? item),
    ...(self.names && { names: self.names }),
  }),
  _asdict: (self): DictionaryValue => ({
    kind: "dictionary",
    entries: new Map(self.items.map((value, at) => [keyOf(text(self.names?.[at] ?? "")), { key: text(self.names?.[at] ?? ""), value }])),
  }),
  __len__: (self) => integer(self.items.length),
  __add__: (self, args) => {
    const other = argument(args, 0);
    return other?.kind === "tuple" ? tuple([...self.items, ...other.items]) : unknown("the sum is not known");
  },
});
