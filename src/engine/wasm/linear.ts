import { axisSize } from "../../program/shapes.js";
import { bytesOf, type Emits, type Epilogue, type Step, type Tensor, WIDTH, type Workshop } from "./emit.js";
import { transposeStep } from "./layout.js";
import { packing, panelRoom, runsOf } from "./panels.js";

/** Rows that are worked on while a panel stays in the cache. */
const BLOCK = 96;
const FLOAT = WIDTH.float32;

/** Steps through rows of two matrices together, BLOCK at a time. */
function eachBlock(total: number, visit: (start: number, rows: number) => void): void {
  for (let start = 0; start < total; start += BLOCK) visit(start, Math.min(BLOCK, total - start));
}

const rowTable = ({ table }: Workshop, total: number, strideA: number, strideC: number): number =>
  table(Array.from({ length: Math.min(BLOCK, total) }, (_, row) => [row * strideA, row * strideC]).flat());

/** c = a b, or a transpose(b). */
function product(workshop: Workshop & Epilogue, c: Tensor, a: Tensor, b: Tensor, transposeB: boolean): Step {
  const { kernels, bias, floor } = workshop;
  const [m, k, n] = [axisSize(a.shape, 0), axisSize(a.shape, 1), axisSize(c.shape, 1)];
  const { packed, pack } = packing(workshop, {
    address: b.address,
    taps: [0],
    rowsPerTap: k,
    rowStride: FLOAT * (transposeB ? 1 : n),
    columnStride: FLOAT * (transposeB ? k : 1),
    columns: n,
    bias: bias?.address ?? 0,
  });
  const table = rowTable(workshop, m, k * FLOAT, n * FLOAT);
  const runs = runsOf(workshop, [0], k * FLOAT);
  return () => {
    pack();
    eachBlock(m, (start, rows) => {
      const from = a.address + start * k * FLOAT;
      const to = c.address + start * n * FLOAT;
      kernels.multiplyRows(from, to, table, rows, runs.address, runs.count, runs.bytes, packed, n, floor);
    });
  };
}

/** c = transpose(a) b, with b at an address. */
function correlation(workshop: Workshop, c: Tensor, a: Tensor, b: number): Step {
  const { kernels } = workshop;
  const [k, m, n] = [axisSize(a.shape, 0), axisSize(a.shape, 1), axisSize(c.shape, 1)];
  const table = rowTable(workshop, k, m * FLOAT, n * FLOAT);
  const runs = runsOf(workshop, [0], m * FLOAT);
  const panel = panelRoom(workshop, Math.min(BLOCK, k));
  return () => {
    kernels.fill(c.address, m * n, 0);
    eachBlock(k, (start, rows) => {
      const from = a.address + start * m * FLOAT;
      const by = b + start * n * FLOAT;
      kernels.correlateRows(from, by, table, rows, runs.address, runs.count, runs.bytes, n, c.address, n * FLOAT, panel);
    });
  };
}

function transposedCorrelation(workshop: Workshop, c: Tensor, a: Tensor, b: Tensor): Step {
  const turned = workshop.scratch(bytesOf(b));
  const transpose = transposeStep(workshop, turned, b, [1, 0]);
  const correlate = correlation(workshop, c, a, turned);
  return () => {
    transpose();
    correlate();
  };
}

export const linear: Emits<"matMul"> = {
  matMul: ({ transposeA, transposeB }, workshop, c, a, b) => {
    if (!transposeA) return product(workshop, c, a, b, transposeB);
    return transposeB ? transposedCorrelation(workshop, c, a, b) : correlation(workshop, c, a, b.address);
  },
};
