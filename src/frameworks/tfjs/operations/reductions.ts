import type { TensorShape } from "../../../interpret/tensor.js";
import { axisOf, type Operands, one, type Rule, written } from "./rule.js";

function reduced(
  shape: TensorShape | undefined,
  args: Operands,
  keepAt: number,
  fail: (message: string) => never,
): TensorShape | undefined {
  const keep = args.flag(keepAt, false);
  if (!shape || keep === undefined) return undefined;
  if (!args.given(1)) return args.complete ? (keep ? shape.map(() => 1) : []) : undefined;
  const axes = args.sizes(1) ?? [args.whole(1)];
  if (axes.includes(undefined)) return undefined;
  const gone = axes.map(
    (axis) => axisOf(axis ?? 0, shape.length) ?? fail(`the axis ${axis} is not there in a tensor of shape ${written(shape)}`),
  );
  return keep ? shape.map((size, at) => (gone.includes(at) ? 1 : size)) : shape.filter((_, at) => !gone.includes(at));
}

const reduce =
  (keepAt = 2): Rule =>
  (args, fail) =>
    one(reduced(args.shape(0), args, keepAt, fail), { reach: "global" });

/** argMax(x, axis = 0) */
const search: Rule = (args) => {
  const shape = args.shape(0);
  const axis = args.whole(1, 0);
  const at = shape && axis !== undefined ? axisOf(axis, shape.length) : undefined;
  return one(at === undefined ? undefined : shape?.filter((_, each) => each !== at), { dtype: "int32" });
};

/** Operations that take axes together. */
export const REDUCTIONS: ReadonlyMap<string, Rule> = new Map<string, Rule>([
  ...["sum", "mean", "max", "min", "prod", "any", "all", "logSumExp"].map((name): [string, Rule] => [name, reduce()]),
  ["argMax", search],
  ["argMin", search],
  ["moments", (args, fail) => ({ shapes: [reduced(args.shape(0), args, 2, fail)] })],
]);
