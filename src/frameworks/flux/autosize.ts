import { tensor } from "../../interpret/julia/arrays/record.js";
import { wholeOf } from "../../interpret/julia/natives.js";
import { itemsOf } from "../../interpret/julia/operators.js";
import type { Trace } from "../../interpret/trace.js";
import { type Call, integer, NONE, tuple, unknown, type Value } from "../../interpret/values.js";
import type { Lazy } from "./layer.js";

/** Layers that go by the first axis of their input; others by the channels. */
const BY_FIRST: ReadonlySet<string> = new Set(["Dense", "Embedding", "LayerNorm"]);

/** The layer that takes the place of one with underscores, made for its first input. */
export function autosized(lazy: Lazy, input: Value | undefined, call: Call): Value {
  lazy.made ??= call.interpreter.call(lazy.make, [sizeFor(lazy.callee, input)], call.place);
  return lazy.made;
}

function sizeFor(callee: Value, input: Value | undefined): Value {
  const shape = input?.kind === "tensor" ? input.tensor.shape : undefined;
  const byFirst = callee.kind === "class" && BY_FIRST.has(callee.name);
  const size = shape?.[byFirst ? 0 : Math.max(0, shape.length - 2)];
  return size === undefined ? unknown("the size of the input is not known") : integer(size);
}

/** Applies something without leaving a trace; problems throw or are dropped. */
export function quietly(action: () => Value, { interpreter: { trace } }: Call): Value {
  const before = countsOf(trace);
  try {
    return action();
  } finally {
    trace.applications.length = before.applications;
    trace.problems.length = before.problems;
    trace.lines.length = before.lines;
    trace.notes.length = before.notes;
  }
}

function countsOf({ applications, problems, lines, notes }: Trace) {
  return { applications: applications.length, problems: problems.length, lines: lines.length, notes: notes.length };
}

/** Flux.outputsize(m, (28, 28, 1); padbatch = true): the size that comes out, which may go on into the model's own making. */
export function outputSize([model, ...sizes]: readonly Value[], call: Call, named: ReadonlyMap<string, Value>): Value {
  const batch = named.get("padbatch");
  const padded = batch?.kind === "boolean" && batch.value;
  const groups = sizes.flatMap((size) => (size.kind === "tuple" && size.items[0]?.kind === "tuple" ? size.items : [size]));
  const inputs = groups.map((size) => tensor([...itemsOf(size).map(wholeOf), ...(padded ? [1] : [])]));
  if (!model || sizes.some(({ kind }) => kind === "unknown")) return unknown("the size that comes out is not known");
  const result = quietly(() => chained(model, inputs, call), call);
  const shape = result.kind === "tensor" ? result.tensor.shape : undefined;
  return shape
    ? tuple(shape.map((size) => (size === undefined ? unknown("this size is not known") : integer(size))))
    : unknown("the size that comes out is not known");
}

/** A vector of layers is taken as a chain. */
function chained(model: Value, inputs: readonly Value[], { interpreter, place }: Call): Value {
  if (model.kind !== "list" && model.kind !== "tuple") return interpreter.call(model, inputs, place);
  const layers: readonly Value[] = model.items;
  return layers.reduce<Value>((x, layer) => interpreter.call(layer, [x], place), inputs[0] ?? NONE);
}
