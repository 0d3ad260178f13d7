import type { ClassValue, Value } from "../values.js";
import { OBJECT } from "./types.js";

const orders = new WeakMap<ClassValue, readonly ClassValue[]>();

/** The order in which Python looks through a class and its bases (C3). Where the bases contradict one another: depth first. */
export function mro(cls: ClassValue): readonly ClassValue[] {
  let order = orders.get(cls);
  if (!order) {
    order = [cls, ...(merged([...cls.bases.map((base) => [...mro(base)]), [...cls.bases]]) ?? [...new Set(cls.bases.flatMap(mro))])];
    // Classes of libraries do not say that they come from it.
    if (order.includes(OBJECT)) order = [...order.filter((each) => each !== OBJECT), OBJECT];
    orders.set(cls, order);
  }
  return order;
}

function merged(lists: ClassValue[][]): ClassValue[] | undefined {
  const order: ClassValue[] = [];
  for (;;) {
    const open = lists.filter((list) => list.length > 0);
    if (open.length === 0) return order;
    const next = open.map(([head]) => head).find((head) => head && open.every((list) => list.indexOf(head) <= 0));
    if (!next) return undefined;
    order.push(next);
    for (const list of open) if (list[0] === next) list.shift();
  }
}

/** A member as the class or its nearest base has it, and whose it is. */
export function lookUp(cls: ClassValue, name: string): { readonly value: Value; readonly owner: ClassValue } | undefined {
  return lookUpIn(mro(cls), name);
}

export function lookUpIn(order: readonly ClassValue[], name: string): { readonly value: Value; readonly owner: ClassValue } | undefined {
  for (const owner of order) {
    const value = owner.members.get(name);
    if (value) return { value, owner };
  }
  return undefined;
}

export function isSubclass(cls: ClassValue, of: ClassValue): boolean {
  return mro(cls).includes(of);
}

/** Some base is unknown: what is not found may be there all the same. */
export function isOpen(cls: ClassValue): boolean {
  return mro(cls).some(({ incomplete }) => incomplete);
}
