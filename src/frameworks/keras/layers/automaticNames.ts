import type { Trace } from "../../../interpret/trace.js";

interface Names {
  readonly counts: Map<string, number>;
  readonly owners: Map<object, string>;
}

const given = new WeakMap<Trace, Names>();

/** The name a layer gets in the order layers run in a trace, the same each time it runs; `nameOf` says it for the nth of a stem, from 0. */
export function automaticName(trace: Trace, owner: object, stem: string, nameOf: (count: number) => string): string {
  const names: Names = given.get(trace) ?? { counts: new Map(), owners: new Map() };
  given.set(trace, names);
  const before = names.owners.get(owner);
  if (before !== undefined) return before;
  const count = names.counts.get(stem) ?? 0;
  names.counts.set(stem, count + 1);
  const name = nameOf(count);
  names.owners.set(owner, name);
  return name;
}

/** Keras' own to_snake_case: "Conv2DTranspose" is "conv2d_transpose", "PReLU" is "p_re_lu". */
export function snakeCase(className: string): string {
  return className
    .replace(/(.)([A-Z][a-z]+)/g, "$1_$2")
    .replace(/([a-z])([A-Z])/g, "$1_$2")
    .toLowerCase();
}
