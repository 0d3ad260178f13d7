import type { Size } from "../../../interpret/tensor.js";
import { axisIn, fact, make, type Rule, refuse, withSize, written } from "../call.js";

/** Axes are an attribute, or an input in new operator sets; without them all axes are reduced. */
const reduce =
  (compute?: (numbers: readonly number[]) => number): Rule =>
  (call) => {
    const { shape, dtype, elements } = call.input(0);
    const asked = call.list("axes", 1);
    if (asked === undefined && call.given(1)) {
      const keeps = call.number("keepdims", 1) === 1;
      return make(fact(keeps ? shape?.map(() => undefined) : undefined, dtype));
    }
    if (shape === undefined) return make(fact(undefined, dtype));
    const none = asked === undefined || asked.length === 0;
    if (none && call.number("noop_with_empty_axes", 0) === 1) return make(call.input(0));
    const axes = none ? shape.map((_, axis) => axis) : asked.map((axis) => (axis === undefined ? undefined : axisIn(axis, shape.length)));
    if (axes.includes(undefined)) return refuse(`cannot reduce axes ${asked?.join(", ")} of ${written(shape)}`);
    const keep = call.number("keepdims", 1) === 1;
    const result = keep ? shape.map((size, axis) => (axes.includes(axis) ? 1 : size)) : shape.filter((_, axis) => !axes.includes(axis));
    const number = compute && elements && axes.length === shape.length ? total(elements, compute) : undefined;
    return { outputs: [{ ...fact(result, dtype), ...(number !== undefined && { elements: [number] }) }], reach: "global", multiplyAdds: 0 };
  };

function total(elements: readonly Size[], compute: (numbers: readonly number[]) => number): number | undefined {
  const known = elements.filter((element) => element !== undefined);
  return known.length < elements.length ? undefined : compute(known);
}

const argument: Rule = (call) => {
  const { shape } = call.input(0);
  const axis = shape && axisIn(call.number("axis", 0), shape.length);
  if (shape === undefined) return make(fact(undefined, "int64"));
  if (axis === undefined) return refuse(`has no axis ${call.number("axis", 0)} in ${written(shape)}`);
  const keep = call.number("keepdims", 1) === 1;
  return make(fact(keep ? withSize(shape, axis, 1) : shape.filter((_, i) => i !== axis), "int64"));
};

export const REDUCTIONS: Readonly<Record<string, Rule>> = {
  ReduceSum: reduce((numbers) => numbers.reduce((sum, x) => sum + x, 0)),
  ReduceProd: reduce((numbers) => numbers.reduce((product, x) => product * x, 1)),
  ReduceMax: reduce((numbers) => Math.max(...numbers)),
  ReduceMin: reduce((numbers) => Math.min(...numbers)),
  ReduceMean: reduce(),
  ReduceL1: reduce(),
  ReduceL2: reduce(),
  ReduceLogSum: reduce(),
  ReduceLogSumExp: reduce(),
  ReduceSumSquare: reduce(),
  ArgMax: argument,
  ArgMin: argument,
};
