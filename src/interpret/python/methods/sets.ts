import { keyOf } from "../../keys.js";
import { argument } from "../../natives.js";
import { type Arguments, type Call, FALSE, integer, NONE, type SetValue, TRUE, type Value } from "../../values.js";
import { binary } from "../operators.js";
import { methods } from "./table.js";

export const SET_METHODS = methods("set", {
  add: (self, args, call) => {
    const value = argument(args, 0) ?? NONE;
    change(self, call).set(keyOf(value), value);
    return NONE;
  },
  discard: (self, args, call) => {
    change(self, call).delete(keyOf(argument(args, 0) ?? NONE));
    return NONE;
  },
  remove: (self, args, call) => {
    change(self, call).delete(keyOf(argument(args, 0) ?? NONE));
    return NONE;
  },
  update: (self, args, call) => {
    for (const [key, value] of others(args, call).items) change(self, call).set(key, value);
    return NONE;
  },
  union: (self, args, call) => binary("|", self, others(args, call), call),
  intersection: (self, args, call) => binary("&", self, others(args, call), call),
  difference: (self, args, call) => binary("-", self, others(args, call), call),
  symmetric_difference: (self, args, call) => binary("^", self, others(args, call), call),
  issubset: (self, args, call) => {
    const other = others(args, call).items;
    return [...self.items.keys()].every((key) => other.has(key)) ? TRUE : FALSE;
  },
  issuperset: (self, args, call) => ([...others(args, call).items.keys()].every((key) => self.items.has(key)) ? TRUE : FALSE),
  copy: (self): SetValue => ({ kind: "set", items: new Map(self.items) }),
  clear: (self, _, call) => {
    change(self, call).clear();
    return NONE;
  },
  __len__: (self) => integer(self.items.size),
});

function others(args: Arguments, call: Call): SetValue {
  const values = args.positional.flatMap((value) => call.interpreter.items(value) ?? []);
  return { kind: "set", items: new Map(values.map((value): [string, Value] => [keyOf(value), value])) };
}

function change(self: SetValue, call: Call): SetValue["items"] {
  call.interpreter.willChange(self.items);
  return self.items;
}
