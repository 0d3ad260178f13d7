import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, CDPSession, Page } from "playwright-core";
import { sceneOf } from "../../webview/model/graph/scene.js";
import { longGraph } from "../fixtures/modelGraphs.js";
import { median, quantile } from "./measure.js";

type Preview = typeof import("../webview/preview/render.mjs");

const LAYOUTS = 9;
const FRAMES = 300;
/** A notch of the wheel in every frame: 7,200 px/s. */
const STEP_PX = 120;
const SIZE = { width: 1400, height: 900 };
const SCROLLERS = { graph: ".graph-scroller", list: ".table-scroller" } as const;
/** What a frame costs the page, by Chromium's own trace. */
const WORK = new Set(["EventDispatch", "FireAnimationFrame", "RunMicrotasks", "FunctionCall", "TimerFire", "UpdateLayoutTree", "Layout"]);
const PAINTING = new Set([...WORK, "PrePaint", "Paint", "Layerize"]);
/** Each frame's last. */
const FRAME = "Layerize";

interface TraceEvent {
  readonly name: string;
  readonly tid: number;
  /** Microseconds of the thread's own processor time, which other programs do not lengthen; only work has them. */
  readonly tts?: number;
  readonly tdur?: number;
}

/** The Model panel with 10,000 nodes, scrolled: how long each frame keeps the page's thread busy with scripts, styles and layout. A frame at 60/s has 16.7 ms. */
export async function scrolling(): Promise<void> {
  const graph = longGraph(10_000);
  const times = Array.from({ length: LAYOUTS }, () => {
    const before = process.cpuUsage();
    sceneOf(graph);
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  });
  console.log(
    `laid out, ${graph.nodes.length} nodes: ${median(times).toFixed(0)} ms of CPU, first ${(times[0] ?? Number.NaN).toFixed(0)} ms (${LAYOUTS} times)`,
  );
  const file = pathToFileURL(path.resolve("test/webview/preview/render.mjs")).href;
  const preview = (await import(file)) as Preview;
  const folder = mkdtempSync(path.join(os.tmpdir(), "cnn-bench-"));
  const browser = await preview.openBrowser().catch(() => undefined);
  if (browser === undefined) return console.log("skipped: no Chromium (CHROME_PATH)");
  try {
    const address = await preview.buildPreview(folder, "model", "modelPage");
    for (const view of ["graph", "list"] as const) await scrolled(browser, address, view);
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true });
  }
}

async function scrolled(browser: Browser, address: string, view: keyof typeof SCROLLERS): Promise<void> {
  const page = await browser.newPage({ viewport: SIZE });
  const saved = JSON.stringify({ origin: "preview", view, zoom: 1 });
  await page.goto(`${address}?${new URLSearchParams({ theme: "vscode-dark", model: "long", saved })}`);
  await page.waitForSelector(SCROLLERS[view]);
  await scroll(page, SCROLLERS[view]); // compiles
  const session = await browser.newBrowserCDPSession();
  const events = await traced(session, () => scroll(page, SCROLLERS[view]));
  await page.close();
  console.log(
    `${view}, ${STEP_PX} px a frame: ${spread(workByFrame(events, WORK))}; with painting ${spread(workByFrame(events, PAINTING))}`,
  );
}

function spread(milliseconds: readonly number[]): string {
  const at = (share: number) => quantile(milliseconds, share).toFixed(1);
  return `half of ${milliseconds.length} frames within ${at(0.5)} ms, 95 % within ${at(0.95)} ms, longest ${at(1)} ms`;
}

/** Scrolls a step in each of many animation frames. */
function scroll(page: Page, selector: string): Promise<void> {
  return page.evaluate(
    ({ selector, frames, step }) =>
      new Promise<void>((resolve) => {
        const target = document.querySelector(selector);
        let frame = 0;
        const next = () => {
          if (target === null || frame++ >= frames) return resolve();
          target.scrollTop += step;
          requestAnimationFrame(next);
        };
        requestAnimationFrame(next);
      }),
    { selector, frames: FRAMES, step: STEP_PX },
  );
}

async function traced(session: CDPSession, work: () => Promise<void>): Promise<TraceEvent[]> {
  const events: TraceEvent[] = [];
  session.on("Tracing.dataCollected", ({ value }) => events.push(...(value as unknown as TraceEvent[])));
  await session.send("Tracing.start", {
    traceConfig: { includedCategories: ["devtools.timeline"] },
  });
  await work();
  const complete = new Promise<void>((resolve) => session.once("Tracing.tracingComplete", () => resolve()));
  await session.send("Tracing.end");
  await complete;
  return events;
}

/** Milliseconds of some kinds of work in each frame, in the thread that made most frames: the page's. */
function workByFrame(events: readonly TraceEvent[], kinds: ReadonlySet<string>): number[] {
  const threads = new Map<number, number>();
  for (const { name, tid } of events) if (name === FRAME) threads.set(tid, (threads.get(tid) ?? 0) + 1);
  const [thread] = [...threads].sort((a, b) => b[1] - a[1])[0] ?? [0];
  const own = events
    .filter(({ tid, name }) => tid === thread && (name === FRAME || kinds.has(name)))
    .sort((a, b) => (a.tts ?? 0) - (b.tts ?? 0));
  const frames: number[] = [];
  let sum = 0;
  let end = 0;
  for (const { name, tts = 0, tdur = 0 } of own) {
    // What is inside another piece of work counts once.
    if (kinds.has(name)) sum += Math.max(0, tts + tdur - Math.max(tts, end)) / 1000;
    end = Math.max(end, tts + tdur);
    if (name !== FRAME) continue;
    frames.push(sum);
    sum = 0;
  }
  return frames;
}
