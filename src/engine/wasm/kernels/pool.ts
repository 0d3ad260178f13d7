// Pooling over windows of an image, four channels at a time. `window` holds, as 32-bit numbers: images, height, width, channels, output height,
// output width, window height, window width, row stride, column stride, top, left. What lies outside the image takes no part.
import { loadLanes, step, storeLanes } from "./lanes";

let images: usize = 0;
let height: i32 = 0;
let width: i32 = 0;
let channels: usize = 0;
let outputHeight: i32 = 0;
let outputWidth: i32 = 0;
let windowHeight: i32 = 0;
let windowWidth: i32 = 0;
let rowStride: i32 = 0;
let columnStride: i32 = 0;
let top: i32 = 0;
let left: i32 = 0;

function readWindow(window: usize): void {
  images = load<u32>(window);
  height = load<i32>(window, 4);
  width = load<i32>(window, 8);
  channels = load<u32>(window, 12);
  outputHeight = load<i32>(window, 16);
  outputWidth = load<i32>(window, 20);
  windowHeight = load<i32>(window, 24);
  windowWidth = load<i32>(window, 28);
  rowStride = load<i32>(window, 32);
  columnStride = load<i32>(window, 36);
  top = load<i32>(window, 40);
  left = load<i32>(window, 44);
}

/** Two rows by two columns, all inside the image: what nearly every network pools. */
function maximumOfFour(x: usize, y: usize): void {
  const right = channels << 2;
  const below = (<usize>width * channels) << 2;
  for (let channel: usize = 0, lanes: usize = 0; channel < channels; channel += lanes, x += lanes << 2, y += lanes << 2) {
    lanes = step(channels - channel);
    const upper = f32x4.max(loadLanes(x, lanes), loadLanes(x + right, lanes));
    const lower = f32x4.max(loadLanes(x + below, lanes), loadLanes(x + below + right, lanes));
    storeLanes(y, f32x4.max(upper, lower), lanes);
  }
}

/** Gives the gradient to those that are the largest; answers what is left for the others. */
function give(gradient: v128, largest: v128, x: usize, dx: usize, lanes: usize): v128 {
  const found = f32x4.eq(loadLanes(x, lanes), largest);
  storeLanes(dx, f32x4.add(loadLanes(dx, lanes), v128.and(gradient, found)), lanes);
  return v128.andnot(gradient, found);
}

function maximumOfFourGradient(x: usize, y: usize, dy: usize, dx: usize): void {
  const right = channels << 2;
  const below = (<usize>width * channels) << 2;
  for (let at: usize = 0, lanes: usize = 0; at < right; at += lanes << 2, x += lanes << 2, dx += lanes << 2) {
    lanes = step((right - at) >> 2);
    const largest = loadLanes(y + at, lanes);
    let gradient = loadLanes(dy + at, lanes);
    gradient = give(gradient, largest, x, dx, lanes);
    gradient = give(gradient, largest, x + right, dx + right, lanes);
    gradient = give(gradient, largest, x + below, dx + below, lanes);
    give(gradient, largest, x + below + right, dx + below + right, lanes);
  }
}

/** The kinds: 0 maximum, 1 average over what is inside, 2 average over the whole window. */
function poolAt(kind: i32, x: usize, y: usize, rows: i32, columns: i32): void {
  const rowBytes = (<usize>width * channels) << 2;
  const pixelBytes = channels << 2;
  const scale = f32x4.splat(1 / <f32>(kind === 1 ? rows * columns : windowHeight * windowWidth));
  for (let channel: usize = 0, lanes: usize = 0; channel < channels; channel += lanes, x += lanes << 2, y += lanes << 2) {
    lanes = step(channels - channel);
    let result = kind === 0 ? f32x4.splat(-Infinity) : f32x4.splat(0);
    for (let row = x, rowEnd = x + <usize>rows * rowBytes; row < rowEnd; row += rowBytes)
      for (let p = row, end = row + <usize>columns * pixelBytes; p < end; p += pixelBytes)
        result = kind === 0 ? f32x4.max(result, loadLanes(p, lanes)) : f32x4.add(result, loadLanes(p, lanes));
    storeLanes(y, kind === 0 ? result : f32x4.mul(result, scale), lanes);
  }
}

/** Of the maximum: the first of equals gets it all. Adds to dx. */
function maximumGradientAt(x: usize, y: usize, dy: usize, dx: usize, rows: i32, columns: i32): void {
  const rowBytes = (<usize>width * channels) << 2;
  const pixelBytes = channels << 2;
  for (let at: usize = 0, lanes: usize = 0; at < pixelBytes; at += lanes << 2) {
    lanes = step((pixelBytes - at) >> 2);
    const largest = loadLanes(y + at, lanes);
    let gradient = loadLanes(dy + at, lanes);
    for (let row = at, rowEnd = at + <usize>rows * rowBytes; row < rowEnd; row += rowBytes)
      for (let p = row, end = row + <usize>columns * pixelBytes; p < end; p += pixelBytes) {
        gradient = give(gradient, largest, x + p, dx + p, lanes);
      }
  }
}

/** Of the average: everybody gets the same. Adds to dx. */
function averageGradientAt(kind: i32, dy: usize, dx: usize, rows: i32, columns: i32): void {
  const rowBytes = (<usize>width * channels) << 2;
  const pixelBytes = channels << 2;
  const scale = f32x4.splat(1 / <f32>(kind === 1 ? rows * columns : windowHeight * windowWidth));
  for (let channel: usize = 0, lanes: usize = 0; channel < channels; channel += lanes, dx += lanes << 2, dy += lanes << 2) {
    lanes = step(channels - channel);
    const gradient = f32x4.mul(loadLanes(dy, lanes), scale);
    for (let row = dx, rowEnd = dx + <usize>rows * rowBytes; row < rowEnd; row += rowBytes)
      for (let p = row, end = row + <usize>columns * pixelBytes; p < end; p += pixelBytes)
        storeLanes(p, f32x4.add(loadLanes(p, lanes), gradient), lanes);
  }
}

/** Walks over all windows. Without dx it pools x to y; with it, it spreads dy to dx (x and y are used for maxima only). */
export function pool(kind: i32, window: usize, x: usize, y: usize, dy: usize, dx: usize): void {
  readWindow(window);
  const pixelBytes = channels << 2;
  const imageBytes = <usize>(height * width) * pixelBytes;
  if (dx !== 0) memory.fill(dx, 0, images * imageBytes);
  for (let image: usize = 0, base: usize = 0; image < images; image++, base += imageBytes) {
    for (let outputRow = 0; outputRow < outputHeight; outputRow++) {
      const rowStart = outputRow * rowStride - top;
      const row = max(rowStart, 0);
      const rows = max(min(rowStart + windowHeight, height) - row, 0);
      for (let outputColumn = 0; outputColumn < outputWidth; outputColumn++) {
        const columnStart = outputColumn * columnStride - left;
        const column = max(columnStart, 0);
        const columns = max(min(columnStart + windowWidth, width) - column, 0);
        const at = base + <usize>(row * width + column) * pixelBytes;
        const four = kind === 0 && rows === 2 && columns === 2;
        if (dx === 0 && four) maximumOfFour(x + at, y);
        else if (dx === 0) poolAt(kind, x + at, y, rows, columns);
        else if (four) maximumOfFourGradient(x + at, y, dy, dx + at);
        else if (kind === 0) maximumGradientAt(x + at, y, dy, dx + at, rows, columns);
        else averageGradientAt(kind, dy, dx + at, rows, columns);
        y += pixelBytes;
        dy += pixelBytes;
      }
    }
  }
}
