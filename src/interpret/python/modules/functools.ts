import { argument, libraryClass, native } from "../../natives.js";
import { type Arguments, type Call, type ClassValue, type InstanceValue, text, tuple, unknown, type Value } from "../../values.js";
import { instance } from "../special.js";
import { OBJECT } from "../types.js";
import { module } from "./module.js";

/** A wrapper, named as what it wraps. */
function wrapped(wrapper: Value | undefined, original: Value | undefined, { interpreter }: Call): Value {
  if (wrapper?.kind === "function" && original) {
    const name = interpreter.attribute(original, "__name__");
    interpreter.willChange(wrapper.attributes);
    if (name) wrapper.attributes.set("__name__", name);
    wrapper.attributes.set("__wrapped__", original);
  }
  return wrapper ?? unknown("nothing is wrapped");
}

class Partial {
  constructor(
    readonly callee: Value,
    readonly args: Arguments,
  ) {}
}

const PARTIAL: ClassValue = libraryClass(
  "partial",
  {
    __call__: {
      kind: "native",
      name: "partial",
      bind: true,
      call: ({ positional: [self, ...positional], named, incomplete }, call) => {
        const kept = self?.kind === "instance" && self.payload instanceof Partial ? self.payload : undefined;
        if (!kept) return unknown("what is called is not known");
        const args: Arguments = {
          positional: [...kept.args.positional, ...positional],
          named: new Map([...kept.args.named, ...named]),
          incomplete: incomplete || kept.args.incomplete,
        };
        return call.interpreter.apply(kept.callee, args, { place: call.place, argumentPlaces: new Map(), interpreter: call.interpreter });
      },
    },
  },
  {
    bases: [OBJECT],
    construct: (cls, { positional: [callee, ...positional], named, incomplete }, call) =>
      partial(cls, callee, { positional, named, incomplete }, call),
  },
);

function partial(cls: ClassValue, callee: Value | undefined, args: Arguments, call: Call): Value {
  if (!callee || callee.kind === "unknown") return callee ?? unknown("what is called is not known");
  const made: InstanceValue = instance(cls, call, new Partial(callee, args));
  made.fields.set("func", callee);
  made.fields.set("args", tuple(args.positional));
  made.fields.set("keywords", {
    kind: "dictionary",
    entries: new Map([...args.named].map(([name, value]) => [`s${name}`, { key: text(name), value }])),
  });
  return made;
}

/** Decorators that leave what they decorate as it is, with or without arguments in between. */
const transparent = (name: string) =>
  native(name, (args) => {
    const [only] = args.positional;
    return only && (only.kind === "function" || only.kind === "native" || only.kind === "class")
      ? only
      : native(name, ({ positional: [each] }) => each ?? unknown("nothing"));
  });

export const FUNCTOOLS = module("functools", {
  partial: PARTIAL,
  partialmethod: PARTIAL,
  reduce: native("functools.reduce", (args, call) => {
    const [callee, values, start] = args.positional;
    const items = values && call.interpreter.items(values);
    if (!callee || !items) return unknown("what is reduced is not known");
    const [first, ...others] = start ? [start, ...items] : items;
    return others.reduce((total, item) => call.interpreter.call(callee, [total, item], call.place), first ?? unknown("nothing is reduced"));
  }),
  wraps: native("functools.wraps", (args) => native("wraps", (own, call) => wrapped(argument(own, 0), argument(args, 0), call))),
  update_wrapper: native("functools.update_wrapper", (args, call) => wrapped(argument(args, 0), argument(args, 1), call)),
  lru_cache: transparent("functools.lru_cache"),
  cache: transparent("functools.cache"),
  total_ordering: transparent("functools.total_ordering"),
  singledispatch: transparent("functools.singledispatch"),
  cached_property: native("functools.cached_property", ({ positional: [get] }, call) => {
    const property = call.interpreter.builtin("property");
    return property && get ? call.interpreter.call(property, [get], call.place) : unknown("the property is not known");
  }),
});
