import { useMemo, useRef, useState } from "preact/hooks";
import type { RunRecord } from "../../src/run/record.js";
import type { Range } from "../shared/chart/scale.js";
import { count, fixed, percent } from "../shared/format.js";
import { Curve } from "./curve.js";
import { Curves, plannedEnd, type Quantity, stepOfX, xOfStep } from "./curves.js";
import type { Axis, CurveView } from "./saved.js";
import { lastStep, type Series } from "./series.js";

interface Props {
  readonly record: RunRecord;
  readonly series: Series;
  readonly view: CurveView;
  readonly onView: (view: CurveView) => void;
  readonly onCanvas: (quantity: Quantity, canvas: HTMLCanvasElement | undefined) => void;
}

const AXES: readonly (readonly [Axis, string])[] = [
  ["step", "Step"],
  ["epoch", "Epoch"],
  ["time", "Time"],
];
const TITLES = { loss: "Loss", accuracy: "Accuracy, %" } as const;

/** Loss and accuracy with one crosshair, and the controls of both. */
export function CurvesSection({ record, series, view, onView, onCanvas }: Props) {
  const curves = useRef(new Curves()).current;
  const [cross, setCross] = useState<number>();
  const last = lastStep(series);
  const step = cross === undefined ? last : Math.min(cross, last);
  const zoom = (range: Range | undefined) => {
    const { zoom: _, ...whole } = view;
    onView(range === undefined ? whole : { ...whole, zoom: within(range, plannedEnd(series, record, view.axis)) });
  };
  const quantities: readonly Quantity[] =
    record.training.metrics.includes("accuracy") || series.accuracy.length > 0 ? ["loss", "accuracy"] : ["loss"];
  const loss = useMemo(() => curves.chart("loss", series, record, view), [series, record, view]);
  const accuracy = useMemo(() => curves.chart("accuracy", series, record, view), [series, record, view]);
  return (
    <>
      <Controls view={view} onView={onView} onReset={() => zoom(undefined)} />
      <div class={quantities.length > 1 ? "pair charts" : "charts"}>
        {quantities.map((quantity) => {
          const reading = curves.reading(quantity, series, record, view, step);
          return (
            <Curve
              key={quantity}
              title={TITLES[quantity]}
              data={quantity === "loss" ? loss : accuracy}
              reading={reading}
              cross={
                cross === undefined || last === 0
                  ? undefined
                  : { x: xOfStep(step, series, record, view.axis), y: curves.smoothAt(quantity, series, view, step) }
              }
              label={`${TITLES[quantity]} by ${view.axis}. Training ${reading.train ?? "none"}, validation ${reading.validation ?? "none"} at step ${count(step)}.`}
              table={tableOf(quantity, series)}
              onCross={(x) => setCross(x === undefined ? undefined : stepOfX(x, series, record, view.axis))}
              onMove={(steps) => setCross(Math.min(Math.max(step + steps, series.first), Math.max(last, series.first)))}
              onZoom={zoom}
              onCanvas={(canvas) => onCanvas(quantity, canvas)}
            />
          );
        })}
      </div>
    </>
  );
}

function Controls({
  view,
  onView,
  onReset,
}: {
  readonly view: CurveView;
  readonly onView: (view: CurveView) => void;
  readonly onReset: () => void;
}) {
  return (
    <div class="section controls">
      <div class="bar">
        <h2>Curves</h2>
        <fieldset class="choice push">
          <legend class="sr">Horizontal axis</legend>
          {AXES.map(([axis, title]) => (
            <button
              type="button"
              key={axis}
              aria-pressed={view.axis === axis}
              onClick={() => onView({ axis, logarithmic: view.logarithmic, smoothing: view.smoothing })}
            >
              {title}
            </button>
          ))}
        </fieldset>
        <span class="choice">
          <button
            type="button"
            title="Logarithmic loss axis"
            aria-pressed={view.logarithmic}
            onClick={() => onView({ ...view, logarithmic: !view.logarithmic })}
          >
            Log loss
          </button>
        </span>
        <label class="field" title="Smoothing of the training curve ([ and ] on a curve)">
          <span>Smoothing</span>
          <input
            type="range"
            min="0"
            max="0.98"
            step="0.02"
            value={view.smoothing}
            onInput={(event) => onView({ ...view, smoothing: event.currentTarget.valueAsNumber })}
          />
          <output class="num">{fixed(view.smoothing, 2)}</output>
        </label>
        <button type="button" class="icon-button" title="Reset zoom (double click, Escape)" aria-label="Reset zoom" onClick={onReset}>
          <i class="codicon codicon-discard" aria-hidden="true" />
        </button>
      </div>
    </div>
  );
}

/** A zoom that stays inside the planned axis and is never too narrow to see. */
function within(range: Range, end: number): Range {
  const width = Math.min(Math.max(range.max - range.min, end / 1000), end);
  const min = Math.min(Math.max(range.min, 0), end - width);
  return { min, max: min + width };
}

function tableOf(quantity: Quantity, series: Series): (readonly [string, string, string])[] {
  const text = (value: number | undefined) => (value === undefined ? "\u2013" : quantity === "loss" ? fixed(value, 4) : percent(value));
  return series.epochs.map((epoch) => [String(epoch.epoch), text(epoch.train[quantity]), text(epoch.validation?.[quantity])] as const);
}
