// Matrix multiplication with rows that are found through a table, so that a convolution is one without its patches ever being copied
// (after "The Indirect Convolution Algorithm", Dukhan 2019). Six rows by eight columns stay in registers.
//
// A row table holds for each row two byte offsets: where it starts in `a` and where its result goes in `c`. A row of `a` is
// `runCount` runs of `runBytes` contiguous bytes, at the byte offsets in `runs` from its start. For a matrix there is one run, the row; for
// an image a run is what a row of the kernel sees, as channels and columns follow each other.

const ROWS: usize = 6;
const COLUMNS: usize = 8;
const PANEL_BYTES: usize = 32;

/**
 * Copies the right-hand side to panels of eight columns: first the bias (or zeros), then row by row; columns past the last are zero.
 * Row `k` of tap `t` starts at `b + taps[t] + k * rowStride`; all strides are in bytes.
 */
export function packColumns(
  b: usize,
  taps: usize,
  tapCount: usize,
  rowsPerTap: usize,
  rowStride: usize,
  columnStride: usize,
  columns: usize,
  bias: usize,
  packed: usize,
): void {
  for (let column: usize = 0; column < columns; column += COLUMNS) {
    const wide = min(COLUMNS, columns - column);
    for (let i: usize = 0; i < COLUMNS; i++, packed += 4)
      store<f32>(packed, bias !== 0 && i < wide ? load<f32>(bias + ((column + i) << 2)) : 0);
    for (let tap: usize = 0; tap < tapCount; tap++) {
      let row = b + load<i32>(taps + (tap << 2)) + column * columnStride;
      for (let k: usize = 0; k < rowsPerTap; k++, row += rowStride, packed += PANEL_BYTES) {
        if (wide === COLUMNS && columnStride === 4) {
          v128.store(packed, v128.load(row));
          v128.store(packed, v128.load(row, 16), 16);
        } else {
          for (let i: usize = 0; i < COLUMNS; i++) store<f32>(packed + (i << 2), i < wide ? load<f32>(row + i * columnStride) : 0);
        }
      }
    }
  }
}

/** Stores up to eight results of a row, none of them below `floor`. */
function storeRow(c: usize, left: v128, right: v128, floor: v128, columns: usize): void {
  left = f32x4.max(left, floor);
  right = f32x4.max(right, floor);
  if (columns >= COLUMNS) {
    v128.store(c, left);
    v128.store(c, right, 16);
    return;
  }
  if (columns >= 4) {
    v128.store(c, left);
    left = right;
    c += 16;
    columns -= 4;
  }
  if (columns > 0) v128.store32_lane(c, left, 0);
  if (columns > 1) v128.store32_lane(c, left, 1, 4);
  if (columns > 2) v128.store32_lane(c, left, 2, 8);
}

/** Entry of the row table, the last one for all that are past it: those rows are computed again rather than told apart. */
function entry(table: usize, row: usize, rows: usize): usize {
  return table + (min(row, rows - 1) << 3);
}

/** Six rows times one panel. */
function multiplyTile(
  a: usize,
  c: usize,
  table: usize,
  row: usize,
  rows: usize,
  runs: usize,
  runsEnd: usize,
  runBytes: usize,
  panel: usize,
  columns: usize,
  floor: v128,
): void {
  const e0 = entry(table, row, rows);
  const e1 = entry(table, row + 1, rows);
  const e2 = entry(table, row + 2, rows);
  const e3 = entry(table, row + 3, rows);
  const e4 = entry(table, row + 4, rows);
  const e5 = entry(table, row + 5, rows);
  let left0 = v128.load(panel);
  let right0 = v128.load(panel, 16);
  let left1 = left0;
  let right1 = right0;
  let left2 = left0;
  let right2 = right0;
  let left3 = left0;
  let right3 = right0;
  let left4 = left0;
  let right4 = right0;
  let left5 = left0;
  let right5 = right0;
  let b = panel + PANEL_BYTES;
  for (let run = runs; run < runsEnd; run += 4) {
    const start = a + load<i32>(run);
    let a0 = start + load<i32>(e0);
    let a1 = start + load<i32>(e1);
    let a2 = start + load<i32>(e2);
    let a3 = start + load<i32>(e3);
    let a4 = start + load<i32>(e4);
    let a5 = start + load<i32>(e5);
    // Each row has a pointer of its own: adding an index to all of them costs a sixth of the speed.
    for (const end = a0 + runBytes; a0 < end; b += PANEL_BYTES) {
      const left = v128.load(b);
      const right = v128.load(b, 16);
      let x = v128.load32_splat(a0);
      left0 = f32x4.add(left0, f32x4.mul(x, left));
      right0 = f32x4.add(right0, f32x4.mul(x, right));
      a0 += 4;
      x = v128.load32_splat(a1);
      left1 = f32x4.add(left1, f32x4.mul(x, left));
      right1 = f32x4.add(right1, f32x4.mul(x, right));
      a1 += 4;
      x = v128.load32_splat(a2);
      left2 = f32x4.add(left2, f32x4.mul(x, left));
      right2 = f32x4.add(right2, f32x4.mul(x, right));
      a2 += 4;
      x = v128.load32_splat(a3);
      left3 = f32x4.add(left3, f32x4.mul(x, left));
      right3 = f32x4.add(right3, f32x4.mul(x, right));
      a3 += 4;
      x = v128.load32_splat(a4);
      left4 = f32x4.add(left4, f32x4.mul(x, left));
      right4 = f32x4.add(right4, f32x4.mul(x, right));
      a4 += 4;
      x = v128.load32_splat(a5);
      left5 = f32x4.add(left5, f32x4.mul(x, left));
      right5 = f32x4.add(right5, f32x4.mul(x, right));
      a5 += 4;
    }
  }
  storeRow(c + load<i32>(e0, 4), left0, right0, floor, columns);
  storeRow(c + load<i32>(e1, 4), left1, right1, floor, columns);
  storeRow(c + load<i32>(e2, 4), left2, right2, floor, columns);
  storeRow(c + load<i32>(e3, 4), left3, right3, floor, columns);
  storeRow(c + load<i32>(e4, 4), left4, right4, floor, columns);
  storeRow(c + load<i32>(e5, 4), left5, right5, floor, columns);
}

/** c = max(a times the packed columns plus their bias, floor), for `rows` rows of the table. */
export function multiplyRows(
  a: usize,
  c: usize,
  table: usize,
  rows: usize,
  runs: usize,
  runCount: usize,
  runBytes: usize,
  packed: usize,
  columns: usize,
  floor: f32,
): void {
  const panelBytes = runCount * runBytes * (PANEL_BYTES / 4) + PANEL_BYTES;
  const runsEnd = runs + (runCount << 2);
  const least = f32x4.splat(floor);
  for (let column: usize = 0; column < columns; column += COLUMNS, packed += panelBytes, c += PANEL_BYTES)
    for (let row: usize = 0; row < rows; row += ROWS)
      multiplyTile(a, c, table, row, rows, runs, runsEnd, runBytes, packed, columns - column, least);
}

/** Adds up to six by eight sums, of which only the first `height` and `columns` are wanted. */
function addRow(out: usize, left: v128, right: v128, columns: usize): void {
  if (columns >= COLUMNS) {
    v128.store(out, f32x4.add(v128.load(out), left));
    v128.store(out, f32x4.add(v128.load(out, 16), right), 16);
    return;
  }
  if (columns >= 4) {
    v128.store(out, f32x4.add(v128.load(out), left));
    left = right;
    out += 16;
    columns -= 4;
  }
  if (columns > 0) store<f32>(out, load<f32>(out) + f32x4.extract_lane(left, 0));
  if (columns > 1) store<f32>(out, load<f32>(out, 4) + f32x4.extract_lane(left, 1), 4);
  if (columns > 2) store<f32>(out, load<f32>(out, 8) + f32x4.extract_lane(left, 2), 8);
}

/** Copies eight columns of all rows of `c` to a panel, so that they are walked through once and then lie together. */
function packPanel(c: usize, table: usize, tableEnd: usize, columns: usize, panel: usize): void {
  for (; table < tableEnd; table += 8, panel += PANEL_BYTES) {
    const from = c + load<i32>(table, 4);
    if (columns >= COLUMNS) {
      v128.store(panel, v128.load(from));
      v128.store(panel, v128.load(from, 16), 16);
    } else {
      for (let i: usize = 0; i < COLUMNS; i++) store<f32>(panel + (i << 2), i < columns ? load<f32>(from + (i << 2)) : 0);
    }
  }
}

/** Six consecutive entries of all rows of `a`, times the panel's rows, summed over the rows and added to `out`. */
function correlateTile(
  a: usize,
  panel: usize,
  table: usize,
  tableEnd: usize,
  out: usize,
  outStride: usize,
  height: usize,
  columns: usize,
): void {
  let left0 = f32x4.splat(0);
  let right0 = left0;
  let left1 = left0;
  let right1 = left0;
  let left2 = left0;
  let right2 = left0;
  let left3 = left0;
  let right3 = left0;
  let left4 = left0;
  let right4 = left0;
  let left5 = left0;
  let right5 = left0;
  for (; table < tableEnd; table += 8, panel += PANEL_BYTES) {
    const from = a + load<i32>(table);
    const left = v128.load(panel);
    const right = v128.load(panel, 16);
    let x = v128.load32_splat(from);
    left0 = f32x4.add(left0, f32x4.mul(x, left));
    right0 = f32x4.add(right0, f32x4.mul(x, right));
    x = v128.load32_splat(from, 4);
    left1 = f32x4.add(left1, f32x4.mul(x, left));
    right1 = f32x4.add(right1, f32x4.mul(x, right));
    x = v128.load32_splat(from, 8);
    left2 = f32x4.add(left2, f32x4.mul(x, left));
    right2 = f32x4.add(right2, f32x4.mul(x, right));
    x = v128.load32_splat(from, 12);
    left3 = f32x4.add(left3, f32x4.mul(x, left));
    right3 = f32x4.add(right3, f32x4.mul(x, right));
    x = v128.load32_splat(from, 16);
    left4 = f32x4.add(left4, f32x4.mul(x, left));
    right4 = f32x4.add(right4, f32x4.mul(x, right));
    x = v128.load32_splat(from, 20);
    left5 = f32x4.add(left5, f32x4.mul(x, left));
    right5 = f32x4.add(right5, f32x4.mul(x, right));
  }
  addRow(out, left0, right0, columns);
  if (height > 1) addRow(out + outStride, left1, right1, columns);
  if (height > 2) addRow(out + 2 * outStride, left2, right2, columns);
  if (height > 3) addRow(out + 3 * outStride, left3, right3, columns);
  if (height > 4) addRow(out + 4 * outStride, left4, right4, columns);
  if (height > 5) addRow(out + 5 * outStride, left5, right5, columns);
}

/**
 * out += transpose(a) times c, over `rows` rows of the table: the gradient of what multiplyRows multiplied by. `out` has a row for each
 * entry of the runs, `outStride` bytes apart; `panel` is room for eight numbers a row.
 */
export function correlateRows(
  a: usize,
  c: usize,
  table: usize,
  rows: usize,
  runs: usize,
  runCount: usize,
  runBytes: usize,
  columns: usize,
  out: usize,
  outStride: usize,
  panel: usize,
): void {
  const tableEnd = table + (rows << 3);
  const runsEnd = runs + (runCount << 2);
  const runLength = runBytes >> 2;
  for (let column: usize = 0; column < columns; column += COLUMNS, c += PANEL_BYTES, out += PANEL_BYTES) {
    packPanel(c, table, tableEnd, columns - column, panel);
    let to = out;
    for (let run = runs; run < runsEnd; run += 4, to += runLength * outStride) {
      const start = a + load<i32>(run);
      for (let i: usize = 0; i < runLength; i += ROWS)
        correlateTile(start + (i << 2), panel, table, tableEnd, to + i * outStride, outStride, runLength - i, columns - column);
    }
  }
}
