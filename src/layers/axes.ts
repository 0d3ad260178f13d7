import { type Argument, isCount } from "./arguments.js";
import type { LayerProblem, Shape } from "./kind.js";
import { shapeText } from "./words.js";

/** More axes than any tensor of a network has, the batch left out. */
export const LARGEST_RANK = 8;

/** A whole number of either sign: a position, where negative ones count from the end. */
export function position(doc: string): Argument<number> {
  return {
    doc,
    schema: { type: "integer" },
    read: (json) =>
      typeof json === "number" && isCount(Math.abs(json), 0)
        ? { ok: true, value: json }
        : { ok: false, error: "a whole number; negative ones count from the end" },
  };
}

/** An axis of a shape without batch, from 0; undefined where there is none. */
export function axisAt(axis: number, rank: number): number | undefined {
  const counted = axis < 0 ? rank + axis : axis;
  return counted >= 0 && counted < rank ? counted : undefined;
}

/** What to say of an axis that the input lacks; -1 is always one. */
export function wrongAxis(argument: string, axis: number, input: Shape): LayerProblem {
  const set = argument === "axes" ? [-1] : -1;
  const fixes = [{ title: `Set ${argument} ${JSON.stringify(set)}`, set: { [argument]: set } }];
  return { code: "wrong-axis", argument, message: `axis ${axis} is not one of ${shapeText(input)}; use -1, the last`, fixes };
}
