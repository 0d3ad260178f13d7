import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { Chart, type ChartData } from "../shared/chart/chart.js";
import type { Range } from "../shared/chart/scale.js";
import { NONE } from "../shared/format.js";
import { useTheme, useWidth } from "../shared/hooks.js";
import type { Reading } from "./curves.js";

interface Props {
  readonly title: string;
  readonly data: ChartData;
  readonly reading: Reading;
  /** The crosshair as x and smoothed value, undefined where there is none. */
  readonly cross: { readonly x: number; readonly y: number } | undefined;
  readonly label: string;
  readonly table: readonly (readonly [place: string, train: string, validation: string])[];
  readonly onCross: (x: number | undefined) => void;
  /** Steps to the left or right. */
  readonly onMove: (steps: number) => void;
  readonly onZoom: (range: Range | undefined) => void;
  /** For saving: the canvas as drawn. */
  readonly onCanvas: (canvas: HTMLCanvasElement | undefined) => void;
}

const HEIGHT = 216;
const LEAST_DRAG = 5;

/** One chart with its readout; pointing reads, dragging zooms, Shift+drag pans, a double click returns. */
export function Curve(props: Props) {
  const { data, cross, reading } = props;
  const [host, width] = useWidth<HTMLDivElement>();
  const theme = useTheme();
  const chart = useRef<Chart | undefined>(undefined);
  const [, drawn] = useState(0);

  useLayoutEffect(() => {
    if (host.current === null || width === 0) return;
    const made = new Chart(host.current, data, theme, { width, height: HEIGHT });
    chart.current = made;
    props.onCanvas(made.canvas);
    drawn((n) => n + 1);
    return () => {
      made.destroy();
      chart.current = undefined;
      props.onCanvas(undefined);
    };
  }, [theme, width === 0]);
  useLayoutEffect(() => chart.current?.resize(width, HEIGHT), [width]);
  useLayoutEffect(() => chart.current?.update(data), [data]);

  const [table, setTable] = useState(false);
  // The crosshair speaks where a key moved it; a pointer reads without a word.
  const [byKey, setByKey] = useState(false);
  const { selection, ...gestures } = useGestures(chart, props);
  const point = cross === undefined ? undefined : chart.current?.positionOf(cross.x, cross.y);
  const area = chart.current?.area;
  return (
    <figure class="section" data-menu="curves">
      <div class="bar">
        <h3>{props.title}</h3>
        <span class="readout push">
          <span class="quiet place">{reading.place}</span>
          <span class="train">
            <span class="word quiet">train </span>
            <span class="value">{reading.train ?? NONE}</span>
          </span>
          <span class="validation">
            <span class="word quiet">validation </span>
            <span class="value">{reading.validation ?? NONE}</span>
          </span>
        </span>
        <button type="button" class="sr show-table" aria-expanded={table} onClick={() => setTable(!table)}>
          Show as table
        </button>
      </div>
      <div
        class="chart"
        tabIndex={0}
        role="img"
        aria-label={`${props.label} Arrow keys move the crosshair.`}
        aria-keyshortcuts="ArrowLeft ArrowRight Home End Escape [ ] Space Shift+F10"
        onFocusOut={() => setByKey(false)}
        {...gestures}
        onKeyDown={(event) => {
          setByKey(true);
          gestures.onKeyDown(event);
        }}
      >
        <div ref={host} class="plot" />
        {point !== undefined && area !== undefined && point[0] >= area.left && point[0] <= area.left + area.width ? (
          <>
            <i class="cross" style={{ left: `${point[0]}px`, top: `${area.top}px`, height: `${area.height}px` }} />
            {point[1] >= area.top && point[1] <= area.top + area.height ? (
              <i class="cross-point" style={{ left: `${point[0]}px`, top: `${point[1]}px` }} />
            ) : null}
          </>
        ) : null}
        {selection !== undefined && area !== undefined ? (
          <i
            class="zoom"
            style={{
              left: `${selection.min}px`,
              width: `${selection.max - selection.min}px`,
              top: `${area.top}px`,
              height: `${area.height}px`,
            }}
          />
        ) : null}
      </div>
      <p class="sr" aria-live="polite">
        {byKey && cross !== undefined
          ? `${reading.place}: train ${reading.train ?? "none"}, validation ${reading.validation ?? "none"}`
          : ""}
      </p>
      {table ? <CurveTable title={props.title} rows={props.table} /> : null}
    </figure>
  );
}

function CurveTable({ title, rows }: { readonly title: string; readonly rows: Props["table"] }) {
  return (
    <table class="curve-table">
      <caption class="sr">{title} by epoch</caption>
      <thead>
        <tr>
          <th scope="col">Epoch</th>
          <th scope="col" class="n">
            Train
          </th>
          <th scope="col" class="n">
            Validation
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(([place, train, validation]) => (
          <tr key={place}>
            <td class="num">{place}</td>
            <td class="n">{train}</td>
            <td class="n">{validation}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Pointer and keyboard of a chart. `selection` is the dragged range in CSS pixels while a drag lasts. */
function useGestures(chart: { readonly current: Chart | undefined }, props: Props) {
  const [selection, setSelection] = useState<Range>();
  const drag = useRef<{ readonly from: number; readonly range: Range; readonly pan: boolean } | undefined>(undefined);
  const latest = useRef(props);
  useEffect(() => {
    latest.current = props;
  });
  const place = (event: PointerEvent) => event.clientX - (event.currentTarget as HTMLElement).getBoundingClientRect().left;
  return {
    selection,
    onPointerDown(event: PointerEvent & { currentTarget: HTMLElement }) {
      if (event.button !== 0 || chart.current === undefined) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      drag.current = { from: place(event), range: latest.current.data.xRange, pan: event.shiftKey };
    },
    onPointerMove(event: PointerEvent) {
      const made = chart.current;
      if (made === undefined) return;
      const at = place(event);
      const started = drag.current;
      if (started?.pan) {
        const shift = ((started.from - at) / made.area.width) * (started.range.max - started.range.min);
        latest.current.onZoom({ min: started.range.min + shift, max: started.range.max + shift });
      } else if (started !== undefined && Math.abs(at - started.from) >= LEAST_DRAG) {
        setSelection({ min: Math.min(at, started.from), max: Math.max(at, started.from) });
      } else latest.current.onCross(made.xAt(at));
    },
    onPointerUp() {
      drag.current = undefined;
      if (selection === undefined || chart.current === undefined) return;
      setSelection(undefined);
      latest.current.onZoom({ min: chart.current.xAt(selection.min), max: chart.current.xAt(selection.max) });
    },
    onPointerLeave() {
      if (drag.current === undefined) latest.current.onCross(undefined);
    },
    onDblClick: () => latest.current.onZoom(undefined),
    onKeyDown(event: KeyboardEvent) {
      const key = { ArrowLeft: -1, ArrowRight: 1, Home: Number.NEGATIVE_INFINITY, End: Number.POSITIVE_INFINITY }[event.key];
      if (key !== undefined) latest.current.onMove(event.shiftKey ? 10 * key : key);
      else if (event.key !== "Escape") return;
      else if (latest.current.cross !== undefined) latest.current.onCross(undefined);
      else latest.current.onZoom(undefined);
      event.preventDefault();
    },
  };
}
