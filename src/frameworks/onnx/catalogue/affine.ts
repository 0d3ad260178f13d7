import { type Steps, step } from "../../../interpret/steps.js";
import type { Constant } from "./constant.js";
import type { Operands } from "./operands.js";

/** A stored tensor that is laid over the input: a view of all its axes, and its sizes as the catalogue has them. */
interface Laid {
  readonly constant: Constant;
  /** Without the batch; channels last for images. */
  readonly shape: readonly number[];
}

/** The catalogue's order of all axes of an image, batch included. */
const IMAGE = [0, 2, 3, 1];

/** A stored tensor over an input of so many axes, by numpy's rules; undefined where it has a batch of its own. */
export function laid(constant: Constant | undefined, rank: number): Laid | undefined {
  if (!constant || constant.shape.length > rank) return undefined;
  const padded = constant.padded(rank);
  if (padded.shape[0] !== 1) return undefined;
  const ordered = rank === 4 ? padded.permuted(IMAGE) : padded;
  const shape = ordered.shape.slice(1);
  const first = shape.findIndex((size) => size !== 1);
  return { constant: ordered, shape: first < 0 ? [1] : shape.slice(first) };
}

/** Before operator set 7 the second operand was laid along an axis of the first; without one it was laid over the last axes. */
export function aligned({ call, rank }: Operands, constant: Constant | undefined): Constant | undefined {
  const axis = call.operatorSet < 7 && call.number("broadcast", 0) === 1 ? call.number("axis", undefined) : undefined;
  if (!constant || axis === undefined) return constant;
  const behind = rank - (axis < 0 ? axis + rank : axis) - constant.shape.length;
  return behind < 0 ? undefined : constant.reshaped([...constant.shape, ...Array<number>(behind).fill(1)]);
}

/** A stored tensor that is added. */
export function added(tensor: Laid | undefined): Steps | undefined {
  return tensor && [learned("bias", tensor)];
}

/** A stored tensor that is multiplied by. */
export function scaled(tensor: Laid | undefined): Steps | undefined {
  return tensor && [learned("scaling", tensor)];
}

function learned(type: "bias" | "scaling", { constant, shape }: Laid) {
  const weights = { [type === "bias" ? "bias" : "scale"]: constant.source };
  return step(type, { shape, ...(!constant.learned && { trainable: false }) }, weights);
}
