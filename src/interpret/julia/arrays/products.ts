import { product } from "../../sizes.js";
import type { Size, TensorShape } from "../../tensor.js";
import type { Call, Value } from "../../values.js";
import { notKnown } from "../natives.js";
import { isSequence, itemsOf } from "../operators.js";
import { applied, mismatch, shapeText, tensor, tensorsOf } from "./record.js";

function matrixShape(value: Value): TensorShape | undefined {
  if (value.kind === "tensor") return value.tensor.shape;
  return isSequence(value) ? [itemsOf(value).length] : undefined;
}

/** A * B of matrices and vectors: the columns of the left are the rows of the right. */
export function multiplied(left: Value, right: Value, call: Call): Value {
  const a = matrixShape(left);
  const b = matrixShape(right);
  if (left.kind === "number" || right.kind === "number") return applied("*", tensorsOf([left, right]), a ?? b, call);
  if (!a || !b) return applied("*", tensorsOf([left, right]), undefined, call);
  if (a.length > 2 || b.length > 2)
    throw mismatch(`no method matches ${shapeText(a)} * ${shapeText(b)}; use batched_mul for arrays of matrices`, call);
  const [rows, columns = 1] = a;
  const [inner, ...rest] = b;
  if (columns !== undefined && inner !== undefined && columns !== inner) {
    throw mismatch(`${shapeText(a)} * ${shapeText(b)}: the left has ${columns} columns, the right ${inner} rows`, call);
  }
  return applied("*", tensorsOf([left, right]), [rows, ...rest], call, {
    reach: "global",
    multiplyAdds: product([rows, columns, ...rest.slice(0, -1)]),
  });
}

/** One product for each entry of the third axis. */
export function batchMultiplied(left: Value, right: Value, call: Call): Value {
  if (left.kind !== "tensor" || right.kind !== "tensor") return notKnown("batched_mul", [left, right]);
  const a = left.tensor.shape;
  const b = right.tensor.shape;
  const inputs = tensorsOf([left, right]);
  if (a?.length !== 3 || b?.length !== 3) return applied("batched_mul", inputs, undefined, call);
  const [rows, columns, batch] = a;
  const [inner, width, others] = b;
  if (columns !== undefined && inner !== undefined && columns !== inner) {
    throw mismatch(`batched_mul of ${shapeText(a)} and ${shapeText(b)}: ${columns} columns meet ${inner} rows`, call);
  }
  return applied("batched_mul", inputs, [rows, width, batch === 1 ? others : batch], call, {
    multiplyAdds: product([rows, columns, width]),
  });
}

/** x', transpose(x) */
export function transposed(x: Value, call: Call): Value {
  if (x.kind !== "tensor") return isSequence(x) ? tensor([1, itemsOf(x).length]) : x;
  const { shape } = x.tensor;
  return applied("adjoint", [x.tensor], shape && flipped(shape), call);
}

function flipped(shape: TensorShape): TensorShape | undefined {
  const [rows, columns] = shape;
  const sizes: Record<number, readonly Size[]> = { 1: [1, rows], 2: [columns, rows] };
  return sizes[shape.length];
}
