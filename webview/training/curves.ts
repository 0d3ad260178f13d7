import type { RunRecord } from "../../src/run/record.js";
import type { ChartData } from "../shared/chart/chart.js";
import type { Rule } from "../shared/chart/marks.js";
import { fitRange, linearRange, logRange, niceStep, type Range } from "../shared/chart/scale.js";
import { count, duration, fixed, percent, short } from "../shared/format.js";
import { Column } from "../shared/growing.js";
import { Smoother } from "../shared/smoothing.js";
import type { Axis, CurveView } from "./saved.js";
import { bestEpoch, lastStep, type Series, stepsPerSecond } from "./series.js";

export type Quantity = "loss" | "accuracy";

/** Validation and train of one quantity at a place of the curves, as text. */
export interface Reading {
  readonly place: string;
  readonly train: string | undefined;
  readonly validation: string | undefined;
}

/** The share of the first steps that the vertical axis does not have to show: few where the axis has room for decades. */
const FIRST_STEPS = { logarithmic: 0.02, linear: 0.1 };
const ACCURACY_LIMITS: Range = { min: 0, max: 100 };
const LOSS_LIMITS: Range = { min: 0, max: Number.POSITIVE_INFINITY };

const XTEXT: Readonly<Record<Axis, (value: number) => string>> = { step: count, epoch: (value) => short(value, 4), time: duration };

/** What the charts show of a run; keeps smoothed columns, so that a new step costs one step. */
export class Curves {
  readonly #smoothers = new Map<Quantity, Smoother>();
  readonly #percents = new PercentColumn();
  readonly #x = new XColumn();

  /** One chart, with x in units of the view's axis. */
  chart(quantity: Quantity, series: Series, record: RunRecord, view: CurveView): ChartData {
    const raw = this.#column(quantity, series);
    const smooth = this.#smooth(quantity, raw, view.smoothing);
    const scores = series.epochs.flatMap((epoch) => {
      const value = epoch.validation?.[quantity];
      return value === undefined
        ? []
        : [{ x: xOfStep(epoch.step, series, record, view.axis), y: quantity === "loss" ? value : 100 * value }];
    });
    const best = bestEpoch(series);
    const logarithmic = quantity === "loss" && view.logarithmic;
    const x = this.#x.of(series, record, view.axis).values;
    const seen = inSight(x, view.zoom, Math.ceil(raw.length * FIRST_STEPS[logarithmic ? "logarithmic" : "linear"]));
    const fit = fitRange(
      [smooth.values.subarray(seen.from, seen.to), scores.filter((score) => within(score.x, view.zoom)).map(({ y }) => y)],
      raw.values.subarray(seen.from, seen.to),
    );
    return {
      x,
      raw: raw.values,
      smooth: smooth.values,
      validation: {
        x: scores.map(({ x }) => x),
        y: scores.map(({ y }) => y),
        ...(best === undefined ? {} : { best: series.epochs.indexOf(best) }),
      },
      rules: rulesOf(series, record, view.axis),
      xRange: view.zoom ?? { min: 0, max: plannedEnd(series, record, view.axis) },
      yRange: yRange(quantity, logarithmic, fit),
      logarithmic,
      xText: XTEXT[view.axis],
    };
  }

  /** The smoothed value of a step. */
  smoothAt(quantity: Quantity, series: Series, view: CurveView, step: number): number {
    return this.#smooth(quantity, this.#column(quantity, series), view.smoothing).at(step - series.first);
  }

  /** What the readout above a chart says of a step. */
  reading(quantity: Quantity, series: Series, record: RunRecord, view: CurveView, step: number): Reading {
    const text = (value: number) => fixed(value, quantity === "loss" ? 4 : 2);
    const epoch = series.epochs.filter((line) => line.step <= step).at(-1);
    const score = epoch?.validation?.[quantity];
    const train = step < series.first ? Number.NaN : this.smoothAt(quantity, series, view, step);
    return {
      place: placeText(step, series, record, view.axis),
      train: lastStep(series) === 0 ? undefined : text(train),
      validation: score === undefined ? undefined : quantity === "loss" ? fixed(score, 4) : percent(score),
    };
  }

  #column(quantity: Quantity, series: Series): Column {
    return quantity === "loss" ? series.loss : this.#percents.of(series.accuracy);
  }

  #smooth(quantity: Quantity, column: Column, factor: number): Column {
    let smoother = this.#smoothers.get(quantity);
    if (smoother?.factor !== factor) {
      smoother = new Smoother(factor);
      this.#smoothers.set(quantity, smoother);
    }
    return smoother.of(column);
  }
}

/** A share's column as percents, kept up with it. */
class PercentColumn {
  #source = Column.empty;
  #percents = Column.empty;

  of(source: Column): Column {
    if (source.length < this.#source.length || source.at(this.#source.length - 1) !== this.#source.last) this.#percents = Column.empty;
    const added = source.values.subarray(this.#percents.length).map((share) => 100 * share);
    this.#percents = this.#percents.append(added);
    this.#source = source;
    return this.#percents;
  }
}

/** The x of every step. */
class XColumn {
  #axis: Axis = "step";
  #key = "";
  #column = Column.empty;

  of(series: Series, record: RunRecord, axis: Axis): Column {
    if (axis === "time") return series.time;
    const key = `${series.first}/${record.stepsPerEpoch}`;
    if (axis !== this.#axis || key !== this.#key) this.#column = Column.empty;
    this.#axis = axis;
    this.#key = key;
    const divisor = axis === "epoch" ? Math.max(1, record.stepsPerEpoch) : 1;
    const start = this.#column.length;
    const missing = Math.max(0, series.loss.length - start);
    this.#column = this.#column.append(Float64Array.from({ length: missing }, (_, i) => (series.first + start + i) / divisor));
    return this.#column.take(series.loss.length);
  }
}

/** The steps the vertical axis is fitted to: those zoomed to, else all but the first. */
function inSight(x: Float64Array, zoom: Range | undefined, first: number): { readonly from: number; readonly to: number } {
  if (zoom === undefined) return { from: first, to: x.length };
  const from = x.findIndex((value) => value >= zoom.min);
  const after = x.findIndex((value) => value > zoom.max);
  return { from: from < 0 ? x.length : from, to: after < 0 ? x.length : after };
}

function within(x: number, zoom: Range | undefined): boolean {
  return zoom === undefined || (x >= zoom.min && x <= zoom.max);
}

export function plannedSteps(record: RunRecord): number {
  return Math.max(1, record.stepsPerEpoch * record.training.epochs);
}

/** Where the horizontal axis ends: what is empty is what is left. */
export function plannedEnd(series: Series, record: RunRecord, axis: Axis): number {
  if (axis === "step") return Math.max(plannedSteps(record), lastStep(series));
  if (axis === "epoch") return record.training.epochs;
  const speed = stepsPerSecond(series);
  const elapsed = Math.max(series.time.length > 0 ? series.time.last : 0, 1);
  const left = record.state === "finished" || speed === undefined ? 0 : (plannedSteps(record) - lastStep(series)) / speed;
  const end = elapsed + left;
  const step = niceStep(end / 20);
  return left > 0 ? Math.ceil(end / step) * step : end;
}

export function xOfStep(step: number, series: Series, record: RunRecord, axis: Axis): number {
  if (axis === "step") return step;
  if (axis === "epoch") return step / Math.max(1, record.stepsPerEpoch);
  const index = Math.min(Math.max(step - series.first, 0), series.time.length - 1);
  return index < 0 ? 0 : series.time.at(index);
}

/** The step nearest to an x, among those that were measured; undefined before the first. */
export function stepOfX(x: number, series: Series, record: RunRecord, axis: Axis): number | undefined {
  const last = lastStep(series);
  if (last === 0) return undefined;
  const clamp = (step: number) => Math.min(Math.max(Math.round(step), series.first), last);
  if (axis === "step") return clamp(x);
  if (axis === "epoch") return clamp(x * record.stepsPerEpoch);
  const after = series.time.values.findIndex((time) => time >= x);
  return after < 0 ? last : clamp(series.first + after);
}

function placeText(step: number, series: Series, record: RunRecord, axis: Axis): string {
  if (axis === "step") return `step ${count(step)}`;
  const x = xOfStep(step, series, record, axis);
  return axis === "epoch" ? `epoch ${fixed(x, 2)}` : duration(x);
}

function yRange(quantity: Quantity, logarithmic: boolean, fit: Range | undefined): Range {
  if (quantity === "accuracy") return fit === undefined ? ACCURACY_LIMITS : linearRange(fit, ACCURACY_LIMITS);
  if (logarithmic) return fit === undefined ? { min: 0.01, max: 3 } : logRange(fit);
  return fit === undefined ? { min: 0, max: 3 } : linearRange({ min: 0, max: fit.max }, LOSS_LIMITS);
}

function rulesOf(series: Series, record: RunRecord, axis: Axis): Rule[] {
  return record.events.flatMap((event): Rule[] => {
    const x = xOfStep(event.step, series, record, axis);
    switch (event.event) {
      case "rate":
        return [{ x, text: `learning rate ${short(event.learningRate)}`, short: `lr ${short(event.learningRate)}` }];
      case "resumed":
        return [{ x, text: "resumed", short: "resumed" }];
      case "earlyStop":
        return [{ x, text: "stopped early, best restored", short: "best restored" }];
      case "diverged":
        return [{ x, text: "diverged", short: "diverged" }];
      default:
        return [];
    }
  });
}
