import type { Size, TensorShape } from "../../interpret/tensor.js";
import { broadcast } from "./call.js";

/** The shape an Einstein summation yields ("bij,bjk->bik", also with ... and without ->); undefined where it cannot be known. */
export function einsumShape(equation: string, shapes: readonly (TensorShape | undefined)[]): TensorShape | undefined {
  const [left = "", right] = equation.replace(/\s/g, "").split("->");
  const terms = left.split(",");
  const sizes = new Map<string, Size>();
  const rest: TensorShape[] = [];
  for (const [i, term] of terms.entries()) {
    const shape = shapes[i];
    if (shape === undefined) return undefined;
    const [before = "", after = ""] = term.split("...");
    const letters = [...before, ...after];
    if (term.includes("...") ? letters.length > shape.length : letters.length !== shape.length) return undefined;
    const tail = shape.length - after.length;
    for (const [axis, letter] of [...before].entries()) learn(sizes, letter, shape[axis]);
    for (const [axis, letter] of [...after].entries()) learn(sizes, letter, shape[tail + axis]);
    if (term.includes("...")) rest.push(shape.slice(before.length, tail));
  }
  const around = broadcast(rest);
  if (around === "unfit" || around === undefined) return undefined;
  const result = right ?? implied(terms);
  const [before = "", after = ""] = result.split("...");
  const named = (letters: string) => [...letters].map((letter) => sizes.get(letter));
  return [...named(before), ...(result.includes("...") ? around : []), ...named(after)];
}

function learn(sizes: Map<string, Size>, letter: string, size: Size): void {
  const before = sizes.get(letter);
  if (before === undefined || before === 1) sizes.set(letter, size ?? before);
}

/** Without an arrow: the ellipsis, then every letter that is met once, in alphabetical order. */
function implied(terms: readonly string[]): string {
  const letters = terms.join("").replaceAll(".", "");
  const once = [...new Set(letters)].filter((letter) => letters.split(letter).length === 2).sort();
  return `${terms.some((term) => term.includes("...")) ? "..." : ""}${once.join("")}`;
}
