import type { TextRange } from "../base/text.js";
import type { Layout } from "../frameworks/framework.js";
import type { TensorShape } from "../interpret/tensor.js";
import type { Module } from "../syntax/tree.js";
import { type Edit, insertion, type SourceText } from "./fixes/sourceText.js";

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

const COMMENT = /\bcnn:\s*input\s+(\d[\dx×]*(?:\s*,\s*\d[\dx×]*)*)/;

/** The last such comment of a file that stands at or before an offset, else the first one of the file. */
export function commentedInputs(comments: Module["comments"], before: number): SaidInputs | undefined {
  const said = comments.flatMap(({ text, range }) => {
    const shapes = parseInputs(COMMENT.exec(text)?.[1] ?? "");
    return shapes ? [{ shapes, range }] : [];
  });
  return said.filter(({ range }) => range.start <= before).at(-1) ?? said[0];
}

/** Lines between a comment and what it is about. */
const BETWEEN = /^(\s*|\s*(#|\/\/|@).*)$/;

/** Says a model's inputs by the comment above it, or changes that comment. `target` is the model's name where it is defined. */
export function inputCommentEdit({ text, tree, language }: SourceText, target: TextRange, inputs: string): Edit {
  const line = text.lastIndexOf("\n", target.start - 1) + 1;
  const said = commentedInputs(tree.comments, target.start);
  if (
    said &&
    said.range.end <= line &&
    text
      .slice(said.range.end, line)
      .split("\n")
      .every((between) => BETWEEN.test(between))
  ) {
    const old = text.slice(said.range.start, said.range.end);
    return { range: said.range, text: old.replace(COMMENT, `cnn: input ${inputs}`) };
  }
  const indent = /^[ \t]*/.exec(text.slice(line))?.[0] ?? "";
  return insertion(line, `${indent}${language === "javascript" ? "//" : "#"} cnn: input ${inputs}\n`);
}

const USUAL = [
  { channels: 1, side: 28, why: "MNIST's digits" },
  { channels: 3, side: 32, why: "CIFAR's pictures" },
  { channels: 3, side: 224, why: "ImageNet's pictures" },
];

/** Inputs to choose from, in a framework's order, and what has them. */
export function usualInputs(layout: Layout): { readonly input: string; readonly why: string }[] {
  return USUAL.map(({ channels, side, why }) => ({
    input: (layout === "NCHW" ? [channels, side, side] : [side, side, channels]).join("x"),
    why,
  }));
}

/** Pictures have few channels: where these stand tells the order somebody has written. */
const MOST_CHANNELS = 4;

/** A shape that was written without a framework in mind, in a framework's order: 3x32x32 is 32x32x3 for Keras. */
export function inOrder(shape: TensorShape, layout: Layout): TensorShape {
  const [first = 0, , last = 0] = shape;
  if (shape.length !== 3 || first <= MOST_CHANNELS === last <= MOST_CHANNELS) return shape;
  const isChannelsFirst = first <= MOST_CHANNELS;
  if (isChannelsFirst === (layout === "NCHW")) return shape;
  const [a, b, c] = shape;
  // Flux has width before height.
  if (layout === "WHCN") return [c, b, a];
  return isChannelsFirst ? [b, c, a] : [c, a, b];
}
