import type { Call, SliceValue, Value } from "../values.js";
import { typeError, valueError } from "./errors.js";
import { asInteger } from "./numbers.js";

/** The positions a slice takes of so many; undefined where its bounds are not known. */
export function positions(slice: SliceValue, length: number, call: Call): number[] | undefined {
  const bounds = [slice.start, slice.stop, slice.step];
  if (bounds.some(({ kind }) => kind === "unknown" || kind === "tensor" || kind === "instance")) return undefined;
  const [start, stop, step] = bounds.map((bound) => bounded(bound, call));
  const stride = step ?? 1;
  if (stride === 0) throw valueError("slice step cannot be zero", call);
  const clip = (position: number, low: number, high: number) => Math.min(high, Math.max(low, position < 0 ? position + length : position));
  const from = start === undefined ? (stride > 0 ? 0 : length - 1) : clip(start, stride > 0 ? 0 : -1, stride > 0 ? length : length - 1);
  const to = stop === undefined ? (stride > 0 ? length : -1) : clip(stop, stride > 0 ? 0 : -1, stride > 0 ? length : length - 1);
  const count = Math.max(0, Math.ceil((to - from) / stride));
  return Array.from({ length: count }, (_, at) => from + at * stride);
}

function bounded(bound: Value, call: Call): number | undefined {
  if (bound.kind === "none") return undefined;
  const value = asInteger(bound);
  if (value === undefined) throw typeError("slice indices must be integers or None or have an __index__ method", call);
  return value;
}

/** An index from the front, or undefined where it is out of range. */
export function position(index: number, length: number): number | undefined {
  const at = index < 0 ? index + length : index;
  return at >= 0 && at < length ? at : undefined;
}
