import { WIDTH, type Workshop } from "./emit.js";

const COLUMNS = 8;
const FLOAT = WIDTH.float32;

/** The right-hand side of a product, to be copied into panels: see kernels/multiply.ts. Strides are in bytes. */
export interface RightHandSide {
  readonly address: number;
  readonly taps: readonly number[];
  readonly rowsPerTap: number;
  readonly rowStride: number;
  readonly columnStride: number;
  readonly columns: number;
  /** Address, or 0 for none. */
  readonly bias: number;
}

/** Room for the panels, and a step that fills them. */
export function packing({ kernels, table, scratch }: Workshop, b: RightHandSide): { readonly packed: number; pack(): void } {
  const panels = Math.ceil(b.columns / COLUMNS);
  const packed = scratch(panels * (b.taps.length * b.rowsPerTap + 1) * COLUMNS * FLOAT);
  const taps = table(b.taps);
  const pack = () =>
    kernels.packColumns(b.address, taps, b.taps.length, b.rowsPerTap, b.rowStride, b.columnStride, b.columns, b.bias, packed);
  return { packed, pack };
}

/** Room that correlateRows needs for this many rows. */
export const panelRoom = ({ scratch }: Workshop, rows: number): number => scratch(rows * COLUMNS * FLOAT);

/** What a row is made of: `count` runs of `bytes` contiguous bytes. */
export interface Runs {
  readonly address: number;
  readonly count: number;
  readonly bytes: number;
}

/** The longest equal runs that taps at these offsets, of `bytes` each, make up. */
export function runsOf(workshop: Workshop, offsets: readonly number[], bytes: number): Runs {
  for (let length = offsets.length; length > 1; length--) {
    if (offsets.length % length !== 0) continue;
    const together = offsets.every((offset, i) => i % length === 0 || offset === (offsets[i - 1] ?? 0) + bytes);
    if (!together) continue;
    const starts = offsets.filter((_, i) => i % length === 0);
    return { address: workshop.table(starts), count: starts.length, bytes: length * bytes };
  }
  return { address: workshop.table(offsets), count: offsets.length, bytes };
}
