import type { Size, TensorShape } from "../../../interpret/tensor.js";
import type { CatalogueStep } from "../../../interpret/trace.js";
import type { LayerProblem } from "../../../layers/kind.js";
import { answer, answers, problem, type Rule } from "../core/answer.js";
import type { Args } from "../core/args.js";

/** The shape that two shapes broadcast to; a problem where they don't. Numbers are scalars: []. */
export function broadcast(
  a: TensorShape | undefined,
  b: TensorShape | undefined,
): { readonly shape: TensorShape | undefined; readonly problem?: LayerProblem } {
  if (!a || !b) return { shape: undefined };
  const rank = Math.max(a.length, b.length);
  const shape: Size[] = [];
  for (let axis = 0; axis < rank; axis++) {
    const [first, second] = [at(a, axis, rank), at(b, axis, rank)];
    if (first === 1) shape.push(second);
    else if (second === 1 || first === second) shape.push(first);
    else if (first === undefined || second === undefined) shape.push(first ?? second);
    else {
      const message = `The size of tensor a (${first}) must match the size of tensor b (${second}) at non-singleton dimension ${axis}`;
      return { shape: a.length >= b.length ? a : b, problem: problem("unequal-shapes", message) };
    }
  }
  return { shape };
}

function at(shape: TensorShape, axis: number, rank: number): Size {
  const from = axis - (rank - shape.length);
  return from < 0 ? 1 : shape[from];
}

/** Arithmetic and comparisons of two things of which one is a tensor; `second` is the name of the other argument. */
export function elementwise(
  catalogue?: (args: Args) => readonly CatalogueStep[] | undefined,
  dtype?: string,
  first = "self",
  second = "other",
): Rule {
  return (args) => {
    const { shape, problem: wrong } = broadcast(shapeOf(args, first), shapeOf(args, second));
    return answer(shape, { catalogue: catalogue?.(args), dtype, ...(wrong && { problem: wrong }) });
  };
}

/** Numbers count as scalars, everything else that is no tensor is not known. */
function shapeOf(args: Args, name: string): TensorShape | undefined {
  const value = args.value(name);
  if (value.kind === "tensor") return value.tensor.shape;
  return value.kind === "number" || value.kind === "boolean" ? [] : undefined;
}

/** torch.where and masked operations: three shapes. Of a condition alone: where it is true, along each axis, nobody knows how often. */
export const where: Rule = (args) => {
  if (args.isNone("self")) {
    const axes = args.shape("condition");
    const found = { dtype: "int64", reach: "global" } as const;
    return axes
      ? answers(
          axes.map(() => [undefined]),
          found,
        )
      : answer(undefined, found);
  }
  const once = broadcast(shapeOf(args, "condition"), shapeOf(args, "self"));
  const twice = broadcast(once.shape, shapeOf(args, "other"));
  const wrong = once.problem ?? twice.problem;
  return answer(twice.shape, { ...(wrong && { problem: wrong }), dtype: args.tensor("self")?.dtype });
};
