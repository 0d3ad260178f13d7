import "uplot/dist/uPlot.min.css";
import "../shared/base.css";
import "../shared/panel.css";
import "../shared/elements.js";
import "./training.css";
import "./curves.css";
import "./layers.css";
import { render } from "preact";
import type { FromTrainingPanel, ToTrainingPanel } from "../../src/protocol/trainingPanel.js";
import { panelApi } from "../shared/api.js";
import { afterPaint } from "../shared/frames.js";
import { App } from "./app.js";
import type { Saved } from "./saved.js";
import { INITIAL, reduce } from "./state.js";

const api = panelApi<ToTrainingPanel, FromTrainingPanel, Saved>();
const saved = api.load();
const root = document.getElementById("root") ?? document.body;

/** From a metric's arrival in the host until it is on the screen. */
const MEASURE = "metric to screen";

let state = INITIAL;
/** Frames reduced but not painted yet. */
let due: { readonly frame: number; readonly received?: number }[] = [];
let drawing = false;

function draw(): void {
  drawing = false;
  render(<App state={state} saved={saved} post={api.post} save={api.save} />, root);
  const painted = due;
  due = [];
  afterPaint(() => {
    for (const { frame, received } of painted) {
      api.post({ type: "ack", frame });
      if (received !== undefined) measureSince(received);
    }
  });
}

/** For the browser's own tools and for tests, which observe measures; none is kept. */
function measureSince(received: number): void {
  performance.measure(MEASURE, { start: received - performance.timeOrigin, end: performance.now() });
  performance.clearMeasures(MEASURE);
}

api.listen((message) => {
  state = reduce(state, message);
  if ("frame" in message) due.push(message);
  if (drawing) return;
  drawing = true;
  requestAnimationFrame(draw);
});
api.post({ type: "ready" });
