import { firstAbove } from "../rising.js";
import type { Range } from "./scale.js";

// Long lines are drawn by pixel columns: a stroke through thousands of points costs milliseconds where there is no graphics processor.

/** Where numbers lie on the canvas, without a call for each: plot in canvas pixels, ranges of both axes. */
export interface Mapping {
  readonly plot: { readonly left: number; readonly top: number; readonly width: number; readonly height: number };
  readonly x: Range;
  readonly y: Range;
  readonly logarithmic: boolean;
}

/** Calls back for each pixel column in sight with the entries that fall into it: first, last, highest, lowest, mean, in canvas pixels. */
function columns(
  { plot, x: xRange, y: yRange, logarithmic }: Mapping,
  x: Float64Array,
  y: Float64Array,
  column: (at: number, first: number, last: number, high: number, low: number, mean: number) => void,
): void {
  const size = devicePixelRatio;
  const perX = plot.width / (xRange.max - xRange.min);
  const scaled = (value: number) => (logarithmic ? Math.log(Math.max(value, 1e-12)) : value);
  const bottom = scaled(yRange.min);
  const perY = plot.height / (scaled(yRange.max) - bottom);
  let at = Number.NaN;
  let first = 0;
  let last = 0;
  let high = 0;
  let low = 0;
  let sum = 0;
  let count = 0;
  // One entry outside on either side, so that lines run to the edge.
  for (let i = Math.max(0, firstAbove(x, xRange.min) - 1); i < x.length; i++) {
    const value = plot.top + plot.height - (scaled(y[i] ?? Number.NaN) - bottom) * perY;
    if (!Number.isFinite(value)) continue;
    const position = plot.left + ((x[i] ?? 0) - xRange.min) * perX;
    const here = Math.round(position / size) * size;
    if (here !== at) {
      if (count > 0) column(at, first, last, high, low, sum / count);
      at = here;
      first = high = low = value;
      sum = count = 0;
    }
    last = value;
    high = Math.min(high, value);
    low = Math.max(low, value);
    sum += value;
    count++;
    if (position > plot.left + plot.width + size) break;
  }
  if (count > 0) column(at, first, last, high, low, sum / count);
}

/** A noisy line, faint: in each pixel column a bar over all its values, joined to the column before. */
export function drawNoise(context: CanvasRenderingContext2D, mapping: Mapping, x: Float64Array, y: Float64Array, colour: string): void {
  const { left, top, width, height } = mapping.plot;
  const size = devicePixelRatio;
  let before: { readonly at: number; readonly last: number } | undefined;
  context.save();
  context.beginPath();
  context.rect(left, top, width, height);
  context.clip();
  context.globalAlpha = 0.28;
  context.fillStyle = context.strokeStyle = colour;
  context.lineWidth = size;
  columns(mapping, x, y, (at, first, last, high, low) => {
    let [from, to] = [high, low];
    if (before !== undefined && at - before.at <= size) {
      from = Math.min(from, before.last);
      to = Math.max(to, before.last);
    } else if (before !== undefined) {
      // Far apart, as in a zoom: a line from one to the next.
      context.beginPath();
      context.moveTo(before.at, before.last);
      context.lineTo(at, first);
      context.stroke();
    }
    context.fillRect(at, from, size, Math.max(size, to - from));
    before = { at, last };
  });
  context.restore();
}

/** A smooth line as a path: one point for each pixel column, the mean of its values. */
export function smoothPath(mapping: Mapping, x: Float64Array, y: Float64Array): Path2D {
  const path = new Path2D();
  columns(mapping, x, y, (at, _first, _last, _high, _low, mean) => path.lineTo(at, mean));
  return path;
}
