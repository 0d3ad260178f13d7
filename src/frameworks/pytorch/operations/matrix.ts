import { thousands } from "../../../base/words.js";
import { product } from "../../../interpret/sizes.js";
import type { Size, TensorShape } from "../../../interpret/tensor.js";
import { answer, problem, type Rule } from "../core/answer.js";
import { crossed, printed } from "../core/sizes.js";
import { broadcast } from "./broadcast.js";

/** torch.matmul, bmm and mm of two named arguments. */
export function matrixProduct(first = "self", second = "other"): Rule {
  return (args) => {
    const [a, b] = [args.shape(first), args.shape(second)];
    if (!a || !b) return answer(undefined, { multiplyAdds: undefined, reach: "global" });
    if (a.length === 0 || b.length === 0) {
      const message = "both arguments to matmul need to be at least 1D, but they are 0D and 1D";
      return answer(undefined, { problem: problem("wrong-rank", message) });
    }
    const left = a.length === 1 ? [1, ...a] : a;
    const right = b.length === 1 ? [...b, 1] : b;
    const [inner, other] = [left.at(-1), right.at(-2)];
    const batch = broadcast(left.slice(0, -2), right.slice(0, -2));
    const rows = a.length === 1 ? [] : [left.at(-2)];
    const columns = b.length === 1 ? [] : [right.at(-1)];
    const wrong = inner !== undefined && other !== undefined && inner !== other;
    const output = batch.shape && [...batch.shape, ...rows, ...columns];
    const multiplyAdds = output && product([...output.slice(output.length > 2 ? 1 : 0), inner]);
    const found = wrong ? problem("wrong-features", misfit(a, b)) : batch.problem;
    return answer(output, {
      multiplyAdds,
      reach: "global",
      formulas: () =>
        multiplyAdds === undefined
          ? []
          : [{ label: "multiply-adds", expression: `${crossed(output ?? [], "*")}*${inner}`, value: thousands(multiplyAdds) }],
      ...(found && { problem: found }),
    });
  };
}

function misfit(a: TensorShape, b: TensorShape): string {
  if (a.length <= 2 && b.length <= 2) return `mat1 and mat2 shapes cannot be multiplied (${crossed(a)} and ${crossed(b)})`;
  return `Expected size for first two dimensions of batch2 tensor to be: [${a[0] ?? "?"}, ${a.at(-1) ?? "?"}] but got: [${b[0] ?? "?"}, ${b.at(-2) ?? "?"}]`;
}

/** addmm, baddbmm: a sum with a matrix product has the product's shape. */
export const addedProduct: Rule = matrixProduct("mat1", "mat2");

/** outer: vectors to a matrix. */
export const outer: Rule = (args) => {
  const [a, b] = [args.shape("self"), args.shape("other")];
  return answer(a && b && [a[0], b[0]], { reach: "global" });
};

/** torch.einsum with letters, "..." included. */
export const einsum: Rule = (args) => {
  const equation = args.text("equation")?.replace(/\s/g, "");
  const items = args.items("operands");
  const [only] = items ?? [];
  const operands = items?.length === 1 && (only?.kind === "list" || only?.kind === "tuple") ? only.items : items;
  const shapes = operands?.map((operand) => (operand.kind === "tensor" ? operand.tensor.shape : undefined));
  if (equation === undefined || !shapes) return answer(undefined, { multiplyAdds: undefined, reach: "global" });
  const [inputs = "", given] = equation.split("->");
  const sizes = new Map<string, Size>();
  let rest: TensorShape = [];
  let wrong: string | undefined;
  for (const [i, term] of inputs.split(",").entries()) {
    const shape = shapes[i];
    if (!shape) return answer(undefined, { multiplyAdds: undefined, reach: "global" });
    const letters = [...term.replace("...", "")];
    const between = shape.length - letters.length;
    if (between < 0 || (between > 0 && !term.includes("..."))) {
      wrong ??= `einsum(): the number of subscripts in the equation (${letters.length}) does not match the number of dimensions (${shape.length}) for operand ${i}`;
      continue;
    }
    const dots = term.indexOf("...");
    const named = dots < 0 ? shape : [...shape.slice(0, dots), ...shape.slice(dots + between)];
    if (dots >= 0) rest = broadcast(rest, shape.slice(dots, dots + between)).shape ?? rest;
    for (const [at, letter] of letters.entries()) {
      const [before, size] = [sizes.get(letter), named[at]];
      if (before !== undefined && size !== undefined && before !== size && before !== 1 && size !== 1) {
        wrong ??= `einsum(): operands do not broadcast with remapped shapes [original->remapped]: ${shapes.map((known) => printed(known ?? [])).join(" ")}`;
      }
      if (before === undefined || before === 1) sizes.set(letter, size);
    }
  }
  const output = given ?? implied(inputs);
  const axes = [...output.matchAll(/\.\.\.|[a-zA-Z]/g)].flatMap(([letter]): readonly Size[] =>
    letter === "..." ? rest : [sizes.get(letter)],
  );
  const all = product([...sizes.values(), ...rest]);
  return answer(wrong ? undefined : axes, {
    multiplyAdds: all,
    reach: "global",
    ...(wrong !== undefined && { problem: problem("unequal-shapes", wrong) }),
  });
};

/** Without "->": letters that stand once, in alphabetical order. */
function implied(inputs: string): string {
  const letters = [...inputs.replace(/[^a-zA-Z]/g, "")];
  const once = letters.filter((letter) => letters.indexOf(letter) === letters.lastIndexOf(letter)).sort();
  return `${inputs.includes("...") ? "..." : ""}${once.join("")}`;
}
