import { networkFacts } from "../../shape/words.js";
import type { Analysis } from "./analysis.js";

/** What a click on a part of the lens does. */
export type LensAction = "train" | "showModel" | "showTraining" | "stop" | "trust" | "firstProblem";

/** Part of the lens: with an action a link, else a fact. */
export interface LensPart {
  readonly title: string;
  readonly action?: LensAction;
}

/** What is known of a network's trainings. */
export interface TrainingState {
  /** "Epoch 8 of 12, 98.84 %" while it is being trained. */
  readonly progress: string | undefined;
  /** Folder of that run, else of the newest; undefined without runs. */
  readonly run: string | undefined;
}

/** Actions first, then facts. What can't be trained offers no training: its first link goes to the reason. */
export function lensParts(analysis: Analysis, training: TrainingState, trusted: boolean): LensPart[] {
  const facts = networkFacts(analysis.shapes).map((title) => ({ title }));
  const errors = analysis.problems.filter((problem) => problem.severity === "error");
  const model: LensPart = { title: "Show Model", action: "showModel" };
  const show: LensPart[] = [model, ...(training.run === undefined ? [] : [{ title: "Show Training", action: "showTraining" } as const])];
  if (training.progress !== undefined) {
    return [{ title: training.progress }, { title: "Show Training", action: "showTraining" }, { title: "Stop", action: "stop" }, model];
  }
  if (!trusted) return [{ title: "Trust this workspace to train", action: "trust" }, model, ...facts];
  if (errors.length > 0) {
    const title = errors.length === 1 ? "1 problem" : `${errors.length} problems`;
    return [{ title, action: "firstProblem" }, ...show, ...facts];
  }
  return [{ title: "Train CNN", action: "train" }, ...show, ...facts];
}
