import { sizesText } from "../../src/base/words.js";
import type { ModelNode, ModelTensor, Sizes } from "../../src/protocol/modelPanel.js";
import { count, NONE } from "../shared/format.js";

/** Sizes joined by x, unknown ones as "?"; an unknown batch is left out, as it says nothing. [null, 64, 7, 7] -> "64x7x7" */
export function shapeText(sizes: Sizes | null | undefined): string {
  if (sizes === null || sizes === undefined) return "unknown";
  const shown = sizes.length > 1 && sizes[0] === null ? sizes.slice(1) : sizes;
  return sizesText(shown, "scalar");
}

/** Of all outputs; "" where nothing is known, for places that rather stay empty. */
export function outputText({ outputs }: Pick<ModelNode, "outputs">): string {
  return outputs.every((sizes) => sizes === null) ? "" : outputs.map(shapeText).join(", ");
}

export function tensorText({ shape }: Pick<ModelTensor, "shape">): string {
  return sizesText(shape, "scalar");
}

/** How many numbers a tensor has; undefined where a size is unknown. */
export function sizeOf({ shape }: Pick<ModelTensor, "shape">): number | undefined {
  return shape.reduce<number | undefined>((product, size) => (product === undefined || size === null ? undefined : product * size), 1);
}

/** What a node is called: its name, else its type. */
export function nameOf({ name, type }: Pick<ModelNode, "name" | "type">): string {
  return name === "" ? type : name;
}

/** A count, or a dash where it is zero or unknown. */
export function countOrNone(value: number | null | undefined): string {
  return value === null || value === undefined || value === 0 ? NONE : count(value);
}

const BYTES = ["B", "KiB", "MiB", "GiB", "TiB"];

/** 6400 -> "6.25 KiB" */
export function bytesText(bytes: number): string {
  const power = bytes < 1 ? 0 : Math.min(BYTES.length - 1, Math.floor(Math.log2(bytes) / 10));
  const value = bytes / 1024 ** power;
  return `${power === 0 ? value : Number(value.toPrecision(3))} ${BYTES[power]}`;
}

/** "1 problem", "2,500 nodes" */
export function plural(value: number, noun: string): string {
  return `${count(value)} ${noun}${value === 1 ? "" : "s"}`;
}
