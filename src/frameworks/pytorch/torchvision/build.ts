import {
  type Call,
  type ClassValue,
  FALSE,
  type InstanceValue,
  integer,
  list,
  NONE,
  type Place,
  TRUE,
  text,
  type Value,
} from "../../../interpret/values.js";
import { Args } from "../core/args.js";
import { classOf, construct, method, positional, setField } from "../core/native.js";
import { bind, signature } from "../core/signature.js";
import { Forward, layers, type Make } from "../modules/building.js";
import { MODULE } from "../modules/moduleClass.js";

/** What is written down in tables of networks, as values of the program. */
type Plain = number | boolean | string | null | readonly Plain[] | Value;

export function literal(plain: Plain): Value {
  if (plain === null) return NONE;
  if (typeof plain === "boolean") return plain ? TRUE : FALSE;
  if (typeof plain === "string") return text(plain);
  if (typeof plain === "number") return Number.isInteger(plain) ? integer(plain) : { kind: "number", value: plain, float: true };
  return isList(plain) ? list(plain.map(literal)) : plain;
}

function isList(plain: readonly Plain[] | Value): plain is readonly Plain[] {
  return Array.isArray(plain);
}

/** Where layers are said to be made that no file of the workspace makes. */
const LIBRARY_FILE = "torchvision/models";

/** The program's place behind one of the library's. */
export function asked({ file, range, askedBy }: Place): Place {
  return { file: askedBy ?? file, range };
}

type Options = Readonly<Record<string, Plain>>;
type Children = Readonly<Record<string, Value>>;

/** Makes the layers of a network whose source nobody opens: all at the place of the program's call. */
export class Builder {
  readonly #make: Make;

  /** For a network as a whole: its layers are made in torchvision's own file. */
  static inLibrary({ place, interpreter }: Call): Builder {
    const inside = { file: LIBRARY_FILE, range: place.range, askedBy: asked(place).file };
    return new Builder({ place: inside, interpreter, argumentPlaces: new Map() });
  }

  constructor(readonly call: Call) {
    this.#make = layers(call);
  }

  layer(name: string, args: readonly Plain[] = [], named: Options = {}): InstanceValue {
    const options = Object.entries(named).map(([key, value]) => [key, literal(value)] as const);
    return this.#make(name, args.map(literal), Object.fromEntries(options));
  }

  /** A layer that is torchvision's own. */
  own(cls: ClassValue, args: readonly Plain[]): InstanceValue {
    const { place, interpreter } = this.call;
    return construct(cls, positional(...args.map(literal)), { place, interpreter, argumentPlaces: new Map() });
  }

  conv(inputs: number, outputs: number, kernel: Plain, named: Options = {}): InstanceValue {
    return this.layer("Conv2d", [inputs, outputs, kernel], named);
  }

  norm(channels: number, named: Options = {}): InstanceValue {
    return this.layer("BatchNorm2d", [channels], named);
  }

  relu(): InstanceValue {
    return this.layer("ReLU", [true]);
  }

  linear(inputs: number, outputs: number): InstanceValue {
    return this.layer("Linear", [inputs, outputs]);
  }

  /** nn.Sequential of children by position or by name. */
  sequence(children: readonly Value[] | Children): InstanceValue {
    const sequence = this.#make("Sequential", []);
    for (const [name, child] of Object.entries(children)) sequence.fields.set(name, child);
    return sequence;
  }

  /** A module of a class that the library defines. */
  module(cls: ClassValue, fields: Children): InstanceValue {
    return { kind: "instance", class: cls, fields: new Map(Object.entries(fields)), place: this.call.place };
  }
}

/** A class of the library by what its `forward` does; instances are made by a Builder. */
export function forwardClass(
  name: string,
  forward: (run: Forward, x: Value) => Value,
  bases: readonly ClassValue[] = [MODULE],
): ClassValue {
  const member = method("forward", (self, { positional: [x = NONE] }, call) => forward(new Forward(self, call), x));
  // Its own class has more attributes than are told here.
  return { ...classOf(name, bases, [member]), incomplete: true };
}

/** A network's class: its `forward` calls `_forward_impl`, for programs to override either. */
export function networkClass(name: string, forward: (run: Forward, x: Value) => Value): ClassValue {
  const inner = method("_forward_impl", (self, { positional: [x = NONE] }, call) => forward(new Forward(self, call), x));
  const outer = method("forward", (self, { positional: [x = NONE] }, call) => {
    const { interpreter, place } = call;
    return interpreter.call(interpreter.attribute(self, "_forward_impl") ?? NONE, [x], place);
  });
  return { ...classOf(name, [MODULE], [inner, outer]), incomplete: true };
}

/** Makes a network of the zoo; `args` are those of its function or its class. */
export type Network = (build: Builder, args: Args) => InstanceValue;

/** Lets programs construct a class and derive from it: its instances get the fields that the network has. `written` is its constructor. */
export function constructedAs(cls: ClassValue, written: string, network: Network): ClassValue {
  const parameters = signature(written);
  cls.members.set(
    ...method("__init__", (self, given, call) => {
      const bound = bind(parameters, given, call, true);
      const made = network(Builder.inLibrary(call), new Args((argument) => bound.get(argument), call));
      for (const [name, value] of made.fields) setField(self, name, value, call);
      return NONE;
    }),
  );
  return cls;
}

/** Runs the modules in fields one after another. */
export function through(run: Forward, x: Value, fields: string): Value {
  return fields.split(" ").reduce((value, field) => run.run(field, value), x);
}
