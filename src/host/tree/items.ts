import type { RunState } from "../../run/record.js";
import { isUnderWay } from "../../run/record.js";
import type { ITEM_CONTEXTS } from "../ids.js";
import { isResumable } from "../training/describeRun.js";
import type { ObservableRun } from "../training/observableRun.js";

/** A network of the workspace with its runs, the newest first. */
export interface NetworkNode {
  readonly kind: "network";
  /** Absolute path. */
  readonly file: string;
  /** False where only runs of it are left. */
  readonly exists: boolean;
  readonly runs: readonly ObservableRun[];
}

export interface RunNode {
  readonly kind: "run";
  readonly run: ObservableRun;
}

export type TreeNode = NetworkNode | RunNode;

/** Commands are handed tree items, files or nothing. */
export function isNetworkNode(value: unknown): value is NetworkNode {
  return isNode(value) && value.kind === "network";
}

export function isRunNode(value: unknown): value is RunNode {
  return isNode(value) && value.kind === "run";
}

function isNode(value: unknown): value is { readonly kind: unknown } {
  return typeof value === "object" && value !== null && "kind" in value;
}

/** Networks in order of their paths, those whose file is gone last; each with its runs. */
export function networkNodes(
  files: readonly string[],
  runs: readonly ObservableRun[],
  fileOf: (run: ObservableRun) => string,
): NetworkNode[] {
  const byFile = new Map<string, ObservableRun[]>(files.map((file) => [file, []]));
  for (const run of runs) {
    const file = fileOf(run);
    const known = byFile.get(file);
    if (known) known.push(run);
    else byFile.set(file, [run]);
  }
  const existing = new Set(files);
  const nodes = [...byFile].map(([file, ofFile]): NetworkNode => {
    const newestFirst = ofFile.sort((a, b) => b.record.created.localeCompare(a.record.created));
    return { kind: "network", file, exists: existing.has(file), runs: newestFirst };
  });
  return nodes.sort((a, b) => Number(b.exists) - Number(a.exists) || a.file.localeCompare(b.file));
}

/** The best accuracy of all runs, 0 to 1. */
export function bestAccuracy(runs: readonly ObservableRun[]): number | undefined {
  const accuracies = runs.map(({ record }) => (record.test ?? record.best?.validation)?.accuracy).filter((value) => value !== undefined);
  return accuracies.length === 0 ? undefined : Math.max(...accuracies);
}

/** A codicon and the theme's colour for it, never colour alone. */
export interface Icon {
  readonly icon: string;
  readonly color?: string;
}

const ICONS: Readonly<Record<RunState, Icon>> = {
  starting: { icon: "circle-outline", color: "charts.blue" },
  running: { icon: "pulse", color: "charts.blue" },
  paused: { icon: "debug-pause", color: "charts.blue" },
  finished: { icon: "pass", color: "charts.green" },
  stopped: { icon: "circle-slash" },
  diverged: { icon: "warning", color: "list.warningForeground" },
  failed: { icon: "error", color: "list.errorForeground" },
  killed: { icon: "debug-disconnect", color: "list.warningForeground" },
};

export function runIcon(state: RunState): Icon {
  return ICONS[state];
}

/** Which menu entries a run has; see `view/item/context` in package.json. */
export function runContext(run: ObservableRun): keyof typeof ITEM_CONTEXTS {
  if (run.live) {
    if (run.record.state === "paused") return "runPaused";
    return run.record.state === "starting" ? "runStarting" : "runRunning";
  }
  if (isUnderWay(run.record.state)) return "runElsewhere";
  return isResumable(run) ? "runResumable" : "runEnded";
}
