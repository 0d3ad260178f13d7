import { elementCount } from "../../program/shapes.js";
import type { Padding } from "../../program/types.js";
import { type Emits, type Step, type Tensor, WIDTH, type Workshop } from "./emit.js";
import { broadcastStrides, geometryOf, mergeAxes, stridesOf } from "./strides.js";

/** A step that copies `shape` entries from an address to another, each walked through by its own strides in bytes. */
export function copyStep(
  { kernels, table }: Pick<Workshop, "kernels" | "table">,
  shape: readonly number[],
  width: number,
  from: { readonly address: number; readonly strides: readonly number[] },
  to: { readonly address: number; readonly strides: readonly number[] },
): Step {
  const axes = mergeAxes(shape, [from.strides, to.strides]);
  const geometry = table(geometryOf(axes));
  return () => kernels.copyStrided(from.address, to.address, geometry, axes.length, width);
}

/** Walks through part of a tensor: from `start` along an axis. */
function part({ address, shape, dtype }: Tensor, starts: ReadonlyMap<number, number>): { address: number; strides: readonly number[] } {
  const strides = stridesOf(shape, WIDTH[dtype]);
  const offset = [...starts].reduce((sum, [axis, start]) => sum + start * (strides[axis] ?? 0), 0);
  return { address: address + offset, strides };
}

const whole = (tensor: Tensor) => part(tensor, new Map());

/** Where the image lies in a padded one. */
const inside = (tensor: Tensor, [top, , left]: Padding) =>
  part(
    tensor,
    new Map([
      [1, top],
      [2, left],
    ]),
  );

/** A step that writes a tensor with its axes in another order. */
export function transposeStep(workshop: Pick<Workshop, "kernels" | "table">, to: number, x: Tensor, permutation: readonly number[]): Step {
  const strides = stridesOf(x.shape, WIDTH[x.dtype]);
  const shape = permutation.map((axis) => x.shape[axis] ?? 1);
  const from = { address: x.address, strides: permutation.map((axis) => strides[axis] ?? 0) };
  return copyStep(workshop, shape, WIDTH[x.dtype], from, { address: to, strides: stridesOf(shape, WIDTH[x.dtype]) });
}

export const layout: Emits<"broadcastTo" | "transpose" | "pad2d" | "crop2d" | "concat" | "slice" | "batchSize"> = {
  broadcastTo: (_, workshop, y, x) => {
    const width = WIDTH[x.dtype];
    return copyStep(workshop, y.shape, width, { address: x.address, strides: broadcastStrides(x.shape, y.shape, width) }, whole(y));
  },
  transpose: ({ permutation }, workshop, y, x) => transposeStep(workshop, y.address, x, permutation),
  pad2d: ({ padding, value }, workshop, y, x) => {
    const { kernels } = workshop;
    const count = elementCount(y.shape);
    const copy = copyStep(workshop, x.shape, WIDTH.float32, whole(x), inside(y, padding));
    return () => {
      kernels.fill(y.address, count, value);
      copy();
    };
  },
  crop2d: ({ padding }, workshop, y, x) => copyStep(workshop, y.shape, WIDTH.float32, inside(x, padding), whole(y)),
  concat: ({ axis }, workshop, y, ...values) => {
    let start = 0;
    const copies = values.map((x) => {
      const copy = copyStep(workshop, x.shape, WIDTH[x.dtype], whole(x), part(y, new Map([[axis, start]])));
      start += x.shape[axis] ?? 0;
      return copy;
    });
    return () => {
      for (const copy of copies) copy();
    };
  },
  slice: ({ axis, start }, workshop, y, x) => copyStep(workshop, y.shape, WIDTH[x.dtype], part(x, new Map([[axis, start]])), whole(y)),
  batchSize: (_, { kernels }, y, x) => {
    const examples = x.shape[0] ?? 1;
    return () => kernels.fill(y.address, 1, examples);
  },
};
