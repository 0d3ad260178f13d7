import type { Topic } from "./saving.js";
import { zoomed } from "./zoom.js";

/** What a key asks for, by the part of the panel that has the focus. */
export type KeyAction =
  | { readonly type: "pauseOrContinue" }
  /** -1: the one before, 1: the next. */
  | { readonly type: "layer"; readonly by: -1 | 1 }
  | { readonly type: "smoothing"; readonly by: -1 | 1 }
  | { readonly type: "zoom"; readonly size: number };

/** The keys of the panel beyond those that move inside a part; `size` is the tiles' now. Undefined for all others. */
export function actionOf(event: KeyboardEvent, size: number): KeyAction | undefined {
  if (!(event.target instanceof Element) || event.ctrlKey || event.metaKey || event.altKey) return undefined;
  const topic = event.target.closest<HTMLElement>("[data-menu]")?.dataset["menu"] as Topic | undefined;
  if (topic === undefined) return undefined;
  if (event.key === " ") return event.target.matches(".chart, .layers tr") ? { type: "pauseOrContinue" } : undefined;
  if (event.key === "[" || event.key === "]") return { type: topic === "curves" ? "smoothing" : "layer", by: event.key === "[" ? -1 : 1 };
  const to = topic === "curves" ? undefined : zoomed(event.key, size);
  return to === undefined ? undefined : { type: "zoom", size: to };
}

const SMOOTHING_STEP = 0.1;
const MOST_SMOOTHING = 0.98;

/** Smoothing one step less or more; on the way back from the most it is a round number again. */
export function smoothed(factor: number, by: -1 | 1): number {
  const steps = factor / SMOOTHING_STEP;
  const next = by > 0 ? Math.floor(steps + 1e-9) + 1 : Math.ceil(steps - 1e-9) - 1;
  return Math.min(Math.max(Number((next * SMOOTHING_STEP).toFixed(2)), 0), MOST_SMOOTHING);
}
