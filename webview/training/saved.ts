import type { Range } from "../shared/chart/scale.js";
import { FITTING } from "./zoom.js";

export type Axis = "step" | "epoch" | "time";

/** How the curves are looked at. */
export interface CurveView {
  readonly axis: Axis;
  readonly logarithmic: boolean;
  /** Factor of the moving average, 0 to 0.98. */
  readonly smoothing: number;
  /** In units of the axis; absent: from the start to the planned end. */
  readonly zoom?: Range;
}

/** Which kernel is looked at. */
export interface KernelChoice {
  readonly layer: string;
  readonly output: number;
  readonly channel: number;
}

/** What survives hiding the panel and reloading the window. */
export interface Saved {
  /** The run, for the host to find again. */
  readonly run?: string;
  readonly curves: CurveView;
  readonly kernel?: KernelChoice;
  /** About how wide a kernel's tile is, in CSS pixels. */
  readonly tileSize: number;
  readonly scroll: number;
}

export const FRESH: Saved = { curves: { axis: "step", logarithmic: true, smoothing: 0.9 }, tileSize: FITTING, scroll: 0 };
