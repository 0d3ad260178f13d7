import type uPlot from "uplot";
import type { Theme } from "../theme.js";

/** A dashed rule with a word above the plot. */
export interface Rule {
  readonly x: number;
  readonly text: string;
  /** For narrow charts. */
  readonly short: string;
}

/** Few points, each drawn; one may be the best. */
export interface Points {
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly best?: number;
}

/** The word at a line's end. */
export interface EndLabel {
  readonly text: string;
  readonly mark: "line" | "dot";
  readonly colour: string;
  readonly x: number;
  readonly y: number;
}

const LABEL_GAP = 15;

/** The heights of labels, moved apart where they would touch, in the order given. */
export function spread(heights: readonly number[]): number[] {
  const order = heights.map((_, i) => i).sort((a, b) => (heights[a] ?? 0) - (heights[b] ?? 0));
  const result = [...heights];
  for (let k = 1; k < order.length; k++) {
    const above = order[k - 1] ?? 0;
    const below = order[k] ?? 0;
    const missing = LABEL_GAP - ((result[below] ?? 0) - (result[above] ?? 0));
    if (missing <= 0) continue;
    result[above] = (result[above] ?? 0) - missing / 2;
    result[below] = (result[below] ?? 0) + missing / 2;
  }
  return result;
}

/** Draws over a chart; a `margin` keeps to the plot and so many CSS pixels beside it. */
function within(u: uPlot, margin: number | undefined, draw: (context: CanvasRenderingContext2D, ratio: number) => void): void {
  const { ctx, bbox } = u;
  ctx.save();
  ctx.textAlign = "left";
  ctx.textBaseline = "alphabetic";
  if (margin !== undefined) {
    const beside = margin * devicePixelRatio;
    ctx.beginPath();
    ctx.rect(bbox.left - beside, bbox.top - beside, bbox.width + 2 * beside, bbox.height + 2 * beside);
    ctx.clip();
  }
  draw(ctx, devicePixelRatio);
  ctx.restore();
}

export function drawRules(u: uPlot, rules: readonly Rule[], theme: Theme): void {
  within(u, undefined, (context, ratio) => {
    const { left, top, width, height } = u.bbox;
    const narrow = width / ratio < 460;
    let free = left;
    context.font = `${11 * ratio}px ${theme.mono}`;
    context.strokeStyle = theme.lines;
    context.fillStyle = theme.quiet;
    context.lineWidth = ratio;
    context.setLineDash([2 * ratio, 3 * ratio]);
    for (const rule of rules) {
      const x = Math.round(u.valToPos(rule.x, "x", true)) + ratio / 2;
      if (x < left || x > left + width) continue;
      context.beginPath();
      context.moveTo(x, top);
      context.lineTo(x, top + height);
      context.stroke();
      const text = narrow ? rule.short : rule.text;
      const size = context.measureText(text).width;
      const start = Math.min(x + 5 * ratio, left + width - size);
      if (start < free) continue;
      context.fillText(text, start, top - 4 * ratio);
      free = start + size + 8 * ratio;
    }
  });
}

export function drawPoints(u: uPlot, points: Points, colour: string, theme: Theme): void {
  const at = points.x.map((x, i) => [u.valToPos(x, "x", true), u.valToPos(points.y[i] ?? Number.NaN, "y", true)] as const);
  within(u, 0, (context, ratio) => {
    context.strokeStyle = colour;
    context.lineWidth = 1.5 * ratio;
    context.lineJoin = "round";
    context.beginPath();
    for (const [x, y] of at) context.lineTo(x, y);
    context.stroke();
  });
  within(u, 5, (context, ratio) => {
    context.strokeStyle = colour;
    context.lineWidth = 1.5 * ratio;
    const { left, width } = u.bbox;
    at.forEach(([x, y], i) => {
      if (x < left - 1 || x > left + width + 1) return;
      const best = i === points.best;
      context.fillStyle = best ? theme.background : colour;
      context.beginPath();
      context.arc(x, y, (best ? 4.5 : 2.5) * ratio, 0, 2 * Math.PI);
      context.fill();
      context.stroke();
    });
  });
}

export function drawEndLabels(u: uPlot, labels: readonly EndLabel[], theme: Theme): void {
  const { left, top, width, height } = u.bbox;
  within(u, undefined, (context, ratio) => {
    const shown = labels.filter(({ x, y }) => {
      const at = u.valToPos(x, "x", true);
      return Number.isFinite(y) && at >= left && at <= left + width + 1;
    });
    const heights = spread(shown.map(({ y }) => Math.min(Math.max(u.valToPos(y, "y", true), top), top + height) / ratio));
    context.font = `${11 * ratio}px ${theme.ui}`;
    context.textBaseline = "middle";
    shown.forEach((label, i) => {
      const x = u.valToPos(label.x, "x", true) + 8 * ratio;
      const y = (heights[i] ?? 0) * ratio;
      context.fillStyle = label.colour;
      if (label.mark === "line") context.fillRect(x, y - 0.75 * ratio, 11 * ratio, 1.5 * ratio);
      else {
        context.beginPath();
        context.arc(x + 2.5 * ratio, y, 2.5 * ratio, 0, 2 * Math.PI);
        context.fill();
      }
      context.fillStyle = theme.foreground;
      context.fillText(label.text, x + (label.mark === "line" ? 15 : 9) * ratio, y + 0.5 * ratio);
    });
  });
}

/** CSS pixels right of a line's end that its labels take. */
export function labelSpace(labels: readonly EndLabel[]): number {
  return labels.length === 0 ? 0 : 24 + Math.max(...labels.map(({ text }) => text.length)) * 6;
}
