import type { TextRange } from "../base/text.js";
import type { TensorShape } from "../interpret/tensor.js";
import type { Module } from "../syntax/tree.js";

/** Shapes of the model's inputs without the batch, as `--input` and the comment `cnn: input 3x32x32` say them. */
export interface SaidInputs {
  readonly shapes: readonly TensorShape[];
  readonly range: TextRange;
}

/** "3x32x32", or several with commas between: "1x96x96,1x96x96". Undefined where it is no such thing. */
export function parseInputs(text: string): TensorShape[] | undefined {
  const shapes = text.split(",").map((shape) => shape.trim().split(/[x×]/).map(Number));
  return shapes.every((sizes) => sizes.every((size) => Number.isInteger(size) && size > 0)) ? shapes : undefined;
}

const COMMENT = /\bcnn:\s*input\s+(\d[\dx×,\s]*)/;

/** The last such comment of a file that stands at or before an offset, else the first one of the file. */
export function commentedInputs(comments: Module["comments"], before: number): SaidInputs | undefined {
  const said = comments.flatMap(({ text, range }) => {
    const shapes = parseInputs(COMMENT.exec(text)?.[1]?.trim() ?? "");
    return shapes ? [{ shapes, range }] : [];
  });
  return said.filter(({ range }) => range.start <= before).at(-1) ?? said[0];
}
