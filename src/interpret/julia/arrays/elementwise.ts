import type { Size, TensorShape } from "../../tensor.js";
import type { Call, Value } from "../../values.js";
import { isSequence, itemsOf } from "../operators.js";
import { applied, mismatch, shapeText, tensorsOf } from "./record.js";

/** A function of each element of arrays, vectors and numbers that broadcast together. */
export function applyElementwise(name: string, values: readonly Value[], call: Call): Value {
  const shapes = values.map(shapeOf);
  let shape: TensorShape | undefined = [];
  for (const each of shapes) {
    const next: TensorShape | undefined = shape && each && broadcastShape(shape, each);
    if (shape && each && !next) {
      const known = shapes.filter((one) => one !== undefined && one.length > 0).map((one) => shapeText(one ?? []));
      throw mismatch(`arrays could not be broadcast to a common size: ${known.join(" and ")}`, call);
    }
    shape = next;
  }
  return applied(name, tensorsOf(values), shape, call);
}

/** As an operand of broadcasting: numbers, texts and functions have no axes. */
function shapeOf(value: Value): TensorShape | undefined {
  if (value.kind === "tensor") return value.tensor.shape;
  if (value.kind === "unknown") return undefined;
  return isSequence(value) ? [itemsOf(value).length] : [];
}

/** Axes are matched from the first; undefined where sizes are neither equal nor 1. */
export function broadcastShape(a: TensorShape, b: TensorShape): TensorShape | undefined {
  const result: Size[] = [];
  for (let at = 0; at < Math.max(a.length, b.length); at++) {
    const left = at < a.length ? a[at] : 1;
    const right = at < b.length ? b[at] : 1;
    if (left === 1) result.push(right);
    else if (right === 1) result.push(left);
    else if (left !== undefined && right !== undefined && left !== right) return undefined;
    else result.push(left ?? right);
  }
  return result;
}
