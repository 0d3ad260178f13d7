import type { TextRange } from "../base/text.js";
import type { SyntaxNode } from "./node.js";

/** What was made of nodes. Of one that only stands elsewhere now, as what follows a keystroke does, it is moved, not made again. */
export class Kept<Made extends object> {
  readonly #made = new WeakMap<SyntaxNode, { readonly at: number; readonly made: Made }>();

  /** `make` must look at nothing but the node and what is inside. */
  of(node: SyntaxNode, make: () => Made): Made {
    const known = this.#made.get(node.origin);
    if (known?.at === node.startIndex) return known.made;
    const made = known ? moved(known.made, node.startIndex - known.at) : make();
    this.#made.set(node.origin, { at: node.startIndex, made });
    return made;
  }
}

/** A copy whose ranges, at any depth, are further on by `offset`. */
function moved<Made>(made: Made, offset: number): Made {
  if (Array.isArray(made)) return made.map((item) => moved(item, offset)) as Made;
  if (typeof made !== "object" || made === null) return made;
  if (isRange(made)) return { ...made, start: made.start + offset, end: made.end + offset };
  const copy: Partial<Made> = {};
  for (const key in made) {
    // Most blocks, as those of functions, are never asked for.
    if (key === "body") lazily(copy, key, () => moved(made[key], offset));
    else copy[key] = moved(made[key], offset);
  }
  return copy as Made;
}

/** Makes what a key holds when it is first asked for. */
function lazily<Of extends object, Key extends keyof Of>(object: Of, key: Key, make: () => Of[Key]): void {
  const get = () => {
    const value = make();
    Object.defineProperty(object, key, { enumerable: true, value });
    return value;
  };
  Object.defineProperty(object, key, { enumerable: true, configurable: true, get });
}

/** Other things with a start and an end have expressions there. */
function isRange(made: object): made is TextRange {
  return "start" in made && typeof made.start === "number" && "end" in made && typeof made.end === "number";
}
