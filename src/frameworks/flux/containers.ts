import type { TextRange } from "../../base/text.js";
import { applyElementwise } from "../../interpret/julia/arrays/elementwise.js";
import { numberOf } from "../../interpret/julia/natives.js";
import { itemsOf } from "../../interpret/julia/operators.js";
import { type Arguments, type Call, type Place, tuple, unknown, type Value } from "../../interpret/values.js";
import type { Child, Container } from "./layer.js";

/** The layers among a constructor's arguments from one position on: one by one, by name, or in a vector or tuple. */
export function childrenOf({ positional, named }: Arguments, from: number, call: Call): Child[] {
  const place = (range: TextRange | undefined): Place => (range ? { file: call.place.file, range } : call.place);
  const given = positional.slice(from);
  const [only] = given;
  const many = given.length === 1 && only && (only.kind === "list" || only.kind === "tuple");
  const names = many && only.kind === "tuple" ? only.names : undefined;
  const values = many ? only.items : given;
  const where = (at: number) => place(call.argumentPlaces.get(many ? from : at + from));
  return [
    ...values.map((value, at) => ({ name: names?.[at] ?? `${at + 1}`, value, place: where(at) })),
    ...[...named].map(([name, value]) => ({ name, value, place: place(call.argumentPlaces.get(name)) })),
  ];
}

/** Chain(layers...), Chain(name = layer, ...), Chain([layers]) */
export function chain(children: readonly Child[]): Container {
  return {
    kind: "container",
    type: "Chain",
    children,
    forward: (inputs, call) => {
      const [first, ...rest] = children;
      // Several inputs are a tuple to the first layer.
      const start = inputs.length > 1 ? tuple(inputs) : (inputs[0] ?? unknown("there is no input"));
      return first ? rest.reduce((x, child) => run(child, [x], call), run(first, [start], call)) : start;
    },
  };
}

function run({ value, place }: Child, inputs: readonly Value[], { interpreter }: Call): Value {
  return interpreter.call(value, inputs, place);
}

/** SkipConnection(layer, connection): connection(layer(x), x) */
export function skipConnection(inner: Child, connection: Child): Container {
  return {
    kind: "container",
    type: "SkipConnection",
    children: [inner, connection],
    forward: ([x = unknown("there is no input")], call) => run(connection, [run(inner, [x], call), x], call),
  };
}

/** Parallel(connection, layers...): all get the one input, or each its own. */
export function parallel(connection: Child, children: readonly Child[]): Container {
  return {
    kind: "container",
    type: "Parallel",
    children: [...children, connection],
    forward: (inputs, call) => {
      const [only] = inputs;
      const each = inputs.length === 1 && only?.kind === "tuple" ? itemsOf(only) : inputs;
      const outputs = children.map((child, at) =>
        run(child, [each.length > 1 ? (each[at] ?? unknown("an input is missing")) : (only ?? tuple([]))], call),
      );
      return run(connection, outputs, call);
    },
  };
}

/** Maxout(layers...): the largest of what all make. */
export function maxout(children: readonly Child[]): Container {
  return {
    kind: "container",
    type: "Maxout",
    children,
    forward: (inputs, call) => {
      const [first = unknown("there are no layers"), ...others] = children.map((child) => run(child, inputs, call));
      return others.reduce((largest, next) => applyElementwise("max", [largest, next], call), first);
    },
  };
}

/** The layers of Maxout(() -> Dense(5 => 7), 3). */
export function repeated({ positional: [make, count] }: Arguments, call: Call): Child[] | undefined {
  const times = numberOf(count);
  if (make?.kind !== "function" || times === undefined || times > 1000) return undefined;
  return Array.from({ length: times }, (_, at) => ({
    name: `${at + 1}`,
    value: call.interpreter.call(make, [], call.place),
    place: call.place,
  }));
}

/** PairwiseFusion(connection, layers...): y1 = layer1(x1), y2 = layer2(connection(y1, x2)), ... and all of them come out. */
export function pairwiseFusion(connection: Child, children: readonly Child[]): Container {
  return {
    kind: "container",
    type: "PairwiseFusion",
    children: [...children, connection],
    forward: ([x = unknown("there is no input")], call) => {
      const inputs = x.kind === "tuple" ? x.items : undefined;
      const outputs: Value[] = [];
      for (const [at, child] of children.entries()) {
        const own = inputs ? (inputs[at] ?? unknown("an input is missing")) : x;
        const before = outputs.at(-1);
        outputs.push(run(child, [before ? run(connection, [before, own], call) : own], call));
      }
      return tuple(outputs);
    },
  };
}
