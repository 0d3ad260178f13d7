import { sizesText } from "../../../base/words.js";
import type { Reach } from "../../../layers/kind.js";
import { type ProgramError, programError } from "../../errors.js";
import type { Size, Tensor, TensorShape } from "../../tensor.js";
import type { CatalogueStep } from "../../trace.js";
import { type Call, integer, type TensorValue, unknown, type Value } from "../../values.js";

export function tensor(shape: TensorShape | undefined, dtype: string | undefined = "float32"): TensorValue {
  return { kind: "tensor", tensor: { shape, dtype } };
}

export function sizeValue(size: Size): Value {
  return size === undefined ? unknown("this size is not known") : integer(size);
}

/** What else a function may say of itself. */
interface Detail {
  readonly reach?: Reach;
  readonly multiplyAdds?: number | undefined;
  readonly catalogue?: readonly CatalogueStep[] | undefined;
}

/** Notes in the trace that a function made an array of others. */
export function applied(
  type: string,
  inputs: readonly Tensor[],
  shape: TensorShape | undefined,
  call: Call,
  { reach = "pointwise", multiplyAdds = 0, catalogue }: Detail = {},
): TensorValue {
  const result: Tensor = { shape, dtype: inputs[0]?.dtype };
  call.interpreter.trace.add({
    type,
    role: "function",
    name: "",
    madeAt: call.place,
    calledAt: call.place,
    owner: call,
    inputs,
    results: [result],
    argumentPlaces: new Map(),
    outputs: [shape],
    parameters: [],
    multiplyAdds,
    reach,
    formulas: () => [],
    catalogue,
  });
  return { kind: "tensor", tensor: result };
}

/** Sizes as the catalogue's rules for channels-first tensors take them: Julia's arrays lie in memory as theirs do, read backwards. */
export function backwards(shape: TensorShape): TensorShape {
  return [...shape].reverse();
}

/** An axis (from 1) of an array of so many axes, counted backwards from 0. */
export function backwardAxis(axis: number, rank: number): number {
  return rank - axis;
}

export function tensorsOf(values: readonly Value[]): Tensor[] {
  return values.flatMap((value) => (value.kind === "tensor" ? [value.tensor] : []));
}

/** "28x28x1x64" */
export function shapeText(shape: TensorShape): string {
  return sizesText(shape, "a number");
}

/** Julia's error for sizes that do not go together. */
export function mismatch(message: string, call: Call): ProgramError {
  return programError("DimensionMismatch", `DimensionMismatch: ${message}`, call.place);
}
