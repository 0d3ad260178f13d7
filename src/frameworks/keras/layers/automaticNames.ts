import type { Trace } from "../../../interpret/trace.js";
import type { InterpreterApi } from "../../../interpret/values.js";
import type { Datum } from "./data.js";

const counts = new WeakMap<Trace, Map<string, number>>();

/** How many layers of this stem the program has made before; this one counts from now on. */
export function countLayer(interpreter: InterpreterApi, stem: string): number {
  const made = countsIn(interpreter.trace);
  const count = made.get(stem) ?? 0;
  interpreter.willChange(made);
  made.set(stem, count + 1);
  return count;
}

function countsIn(trace: Trace): Map<string, number> {
  const known = counts.get(trace) ?? new Map(trace.before && countsIn(trace.before));
  counts.set(trace, known);
  return known;
}

/** The name a layer or model is given; without one that which Keras gives it in the order they are made: "conv2d", "conv2d_1". */
export function nameOf(given: Datum, className: string, interpreter: InterpreterApi): string {
  if (typeof given === "string") return given;
  const stem = snakeCase(className);
  const count = countLayer(interpreter, stem);
  return count === 0 ? stem : `${stem}_${count}`;
}

/** Keras' own to_snake_case: "Conv2DTranspose" is "conv2d_transpose", "PReLU" is "p_re_lu". */
export function snakeCase(className: string): string {
  return className
    .replace(/(.)([A-Z][a-z]+)/g, "$1_$2")
    .replace(/([a-z])([A-Z])/g, "$1_$2")
    .toLowerCase();
}
