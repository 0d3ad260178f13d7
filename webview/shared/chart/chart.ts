import uPlot from "uplot";
import { short } from "../format.js";
import type { Theme } from "../theme.js";
import { drawNoise, type Mapping, smoothPath } from "./lines.js";
import { drawEndLabels, drawPoints, drawRules, type EndLabel, labelSpace, type Points, type Rule } from "./marks.js";
import { linearTicks, logTicks, type Range } from "./scale.js";

/** Everything a chart shows. Columns have one length; x never falls. */
export interface ChartData {
  readonly x: Float64Array;
  readonly raw: Float64Array;
  readonly smooth: Float64Array;
  readonly validation: Points;
  readonly rules: readonly Rule[];
  /** What is in sight: the zoom, or from the start to the planned end. */
  readonly xRange: Range;
  readonly yRange: Range;
  readonly logarithmic: boolean;
  /** Text of a tick below the plot. */
  readonly xText: (value: number) => string;
}

const TICKS = 6;
/** A logarithmic axis may have more, where it would have too few else. */
const LOG_TICKS = 8;
const X_SPACE = 90;

/** One plot of a training: faint raw line, smoothed line, validation points. Owns its canvas inside `host`. */
export class Chart {
  readonly #plot: uPlot;
  /** Room right of the plot, as it was laid out last. */
  #margin = 0;

  constructor(
    host: HTMLElement,
    private data: ChartData,
    private readonly theme: Theme,
    size: { readonly width: number; readonly height: number },
  ) {
    this.#plot = new uPlot(this.#options(size), this.#columns(), host);
  }

  update(data: ChartData): void {
    this.data = data;
    this.#plot.setData(this.#columns(), true);
    // uPlot asks for its padding only when it is laid out anew.
    const { width, height } = this.#plot;
    if (this.#right(width) !== this.#margin) this.resize(width, height);
  }

  resize(width: number, height: number): void {
    this.#plot.setSize({ width, height });
  }

  /** The plot without its axes, in CSS pixels of the host. */
  get area(): { readonly left: number; readonly top: number; readonly width: number; readonly height: number } {
    const { left, top, width, height } = this.#plot.bbox;
    const ratio = devicePixelRatio;
    return { left: left / ratio, top: top / ratio, width: width / ratio, height: height / ratio };
  }

  get canvas(): HTMLCanvasElement {
    return this.#plot.ctx.canvas;
  }

  /** The x under a horizontal position of the host, in CSS pixels. */
  xAt(position: number): number {
    const { min, max } = this.data.xRange;
    return min + ((position - this.area.left) / this.area.width) * (max - min);
  }

  /** CSS pixels of the host for a point. */
  positionOf(x: number, y: number): readonly [left: number, top: number] {
    const { left, top } = this.area;
    return [left + this.#plot.valToPos(x, "x"), top + this.#plot.valToPos(y, "y")];
  }

  destroy(): void {
    this.#plot.destroy();
  }

  #columns(): uPlot.AlignedData {
    return [this.data.x, this.data.smooth];
  }

  get #mapping(): Mapping {
    return { plot: this.#plot.bbox, x: this.data.xRange, y: this.data.yRange, logarithmic: this.data.logarithmic };
  }

  get #labels(): readonly EndLabel[] {
    const { x, smooth, validation } = this.data;
    const labels: EndLabel[] = [];
    if (x.length > 0) {
      labels.push({ text: "train", mark: "line", colour: this.theme.train, x: x.at(-1) ?? 0, y: smooth.at(-1) ?? 0 });
    }
    const last = validation.y.at(-1);
    if (last !== undefined) {
      labels.push({ text: "validation", mark: "dot", colour: this.theme.validation, x: x.at(-1) ?? validation.x.at(-1) ?? 0, y: last });
    }
    return labels;
  }

  /** Right of the plot there is only room for labels once the lines come near the planned end. */
  #right(width: number): number {
    const { x, xRange } = this.data;
    const end = x.at(-1);
    if (end === undefined || end > xRange.max) return 12;
    const left = ((xRange.max - end) / (xRange.max - xRange.min)) * (width - 60);
    return left > labelSpace(this.#labels) + 8 ? 12 : labelSpace(this.#labels);
  }

  #options(size: { width: number; height: number }): uPlot.Options {
    const { theme } = this;
    const axis: uPlot.Axis = { stroke: theme.quiet, font: `11px ${theme.mono}`, ticks: { show: false }, gap: 8 };
    const grid = { stroke: theme.hairline, width: 1 };
    return {
      ...size,
      legend: { show: false },
      cursor: { show: false },
      padding: [16, (u) => (this.#margin = this.#right(u.width)), 0, 0],
      scales: {
        x: { time: false, range: () => [this.data.xRange.min, this.data.xRange.max] },
        y: {
          distr: 100,
          fwd: (value) => (this.data.logarithmic ? Math.log(Math.max(value, 1e-12)) : value),
          bwd: (value) => (this.data.logarithmic ? Math.exp(value) : value),
          range: () => [this.data.yRange.min, this.data.yRange.max],
        },
      },
      axes: [
        {
          ...axis,
          size: 22,
          gap: 6,
          grid: { show: false },
          splits: (u) => linearTicks(this.data.xRange, Math.max(3, Math.floor(u.width / X_SPACE))),
          values: (_, splits) => splits.map(this.data.xText),
        },
        {
          ...axis,
          size: (_, values) => Math.max(36, 10 + 6.7 * Math.max(0, ...(values ?? []).map((text) => text.length))),
          grid,
          filter: (_, splits) => splits,
          splits: () => (this.data.logarithmic ? logTicks(this.data.yRange, TICKS, LOG_TICKS) : linearTicks(this.data.yRange, TICKS)),
          values: (_, splits) => splits.map((value) => short(value)),
        },
      ],
      series: [
        {},
        {
          stroke: theme.train,
          width: 1.5,
          paths: () => ({ stroke: smoothPath(this.#mapping, this.data.x, this.data.smooth) }),
          points: { show: false },
        },
      ],
      hooks: {
        drawAxes: [
          (u) => {
            drawRules(u, this.data.rules, theme);
            drawNoise(u.ctx, this.#mapping, this.data.x, this.data.raw, theme.train);
          },
        ],
        draw: [
          (u) => {
            drawPoints(u, this.data.validation, theme.validation, theme);
            drawEndLabels(u, this.#labels, theme);
          },
        ],
      },
    };
  }
}
