import { lookUp } from "../../../interpret/python/mro.js";
import { Descriptor } from "../../../interpret/python/special.js";
import { ShiftedSite } from "../../../interpret/site.js";
import type { Arguments, Call, ClassValue, FunctionValue, InstanceValue, NativeFunction, Value } from "../../../interpret/values.js";
import { unknown } from "../../../interpret/values.js";

type Method = (self: InstanceValue, args: Arguments, call: Call) => Value;

/** Methods of a class of the library. `args` are without the receiver. */
export function methods(table: Readonly<Record<string, Method>>): [string, Value][] {
  return Object.entries(table).map(([name, run]) => [name, bound(name, run)]);
}

function bound(name: string, run: Method): NativeFunction {
  return {
    kind: "native",
    name,
    bind: true,
    call: (args, call) => {
      const [self, ...positional] = args.positional;
      return self?.kind === "instance"
        ? run(self, { ...args, positional }, new ShiftedSite(call, -1))
        : unknown(`${name} is not known here`);
    },
  };
}

/** Properties that are computed when they are asked for. */
export function getters(table: Readonly<Record<string, (self: InstanceValue, call: Call) => Value>>): [string, Value][] {
  return Object.entries(table).map(([name, get]) => [name, property(bound(name, (self, _, call) => get(self, call)))]);
}

const PROPERTY: ClassValue = { kind: "class", name: "property", bases: [], place: undefined, members: new Map(), incomplete: false };

function property(get: NativeFunction): InstanceValue {
  // Assignments (layer.trainable = False, model.input = ...) are taken and forgotten.
  const set: NativeFunction = { kind: "native", name: get.name, call: () => ({ kind: "none" }) };
  const place = { file: "", range: { start: 0, end: 0 } };
  return { kind: "instance", class: PROPERTY, fields: new Map(), place, payload: new Descriptor("property", get, set) };
}

/** A class of the library; it may have members that are not known here. */
export function libraryClass(name: string, bases: readonly ClassValue[], members: Iterable<readonly [string, Value]> = []): ClassValue {
  return { kind: "class", name, bases, place: undefined, members: new Map(members), incomplete: true };
}

/** A method that a class of the program defines; none where it is the library's. */
export function programMember(cls: ClassValue, name: string): FunctionValue | undefined {
  const found = lookUp(cls, name)?.value;
  return found?.kind === "function" ? found : undefined;
}
