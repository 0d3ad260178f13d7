import type { Argument, Expression } from "../tree.js";
import { name } from "./nodes.js";

/**
 * What `Flux.@autosize` makes of its expression: each call with an underscore among its arguments, `Dense(_ => 10)`, waits for its input, as
 * LazyLayer(Dense, _ -> Dense(_ => 10)).
 */
export function lazily(expression: Expression): Expression {
  if (expression.kind !== "call") return expression;
  const { range } = expression;
  if (depthOf(expression) !== 2) return { ...expression, args: expression.args.map(lazyArgument) };
  const made: Expression = {
    kind: "function",
    function: {
      name: "",
      nameRange: range,
      parameters: [{ name: "_", kind: "normal" }],
      body: [{ kind: "return", value: expression, range }],
      decorators: [],
      range,
    },
    range,
  };
  const args = [expression.callee, made].map((value): Argument => ({ kind: "positional", value }));
  return { kind: "call", callee: name("LazyLayer", range), args, range };
}

function lazyArgument(arg: Argument): Argument {
  const { value } = arg;
  if (value.kind !== "function") return { ...arg, value: lazily(value) };
  // Maxout(() -> Dense(_ => 6), 2)
  const body = value.function.body.map((statement) =>
    statement.kind === "return" && statement.value ? { ...statement, value: lazily(statement.value) } : statement,
  );
  return { ...arg, value: { ...value, function: { ...value.function, body } } };
}

/** How many calls are around an underscore, pairs that start with one not counted; 0 where there is none. As Flux counts. */
function depthOf(expression: Expression): number {
  switch (expression.kind) {
    case "name":
      return expression.name === "_" ? 1 : 0;
    case "call": {
      const depths = expression.args.map(({ value }) => depthOf(value));
      const [first = 0] = depths;
      if (isPair(expression.callee) && first === 1) return 1;
      return above(Math.max(0, ...depths));
    }
    case "binary":
      return above(Math.max(depthOf(expression.left), depthOf(expression.right)));
    case "function": {
      const [statement] = expression.function.body;
      return statement?.kind === "return" && statement.value ? above(depthOf(statement.value)) : 0;
    }
    default:
      return 0;
  }
}

function isPair(callee: Expression): boolean {
  return callee.kind === "name" && callee.name === "=>";
}

function above(depth: number): number {
  return depth === 0 ? 0 : depth + 1;
}
