import { type LineNote, notesOf, problemsOf } from "../../../reading/notes.js";
import type { ModelReading, ModelTarget, SourceReading } from "../../../reading/types.js";

/** What is known of a text. */
export interface CodeAnalysis {
  readonly source: SourceReading;
  readonly targets: readonly ModelTarget[];
  /** One for each target, in their order; targets past the time for reading are left to be read when they are asked for. */
  readonly readings: readonly ModelReading[];
  readonly notes: readonly LineNote[];
  readonly problems: ReturnType<typeof problemsOf>;
}

/** Milliseconds for the models of a file; those that come later are read when someone asks. */
const PATIENCE = 150;

export function analyzed(source: SourceReading): CodeAnalysis {
  const end = performance.now() + PATIENCE;
  const readings: ModelReading[] = [];
  for (const { expression } of source.targets) {
    if (readings.length > 0 && performance.now() > end) break;
    readings.push(source.read(expression));
  }
  const problems = problemsOf([{ problems: source.problems }, ...readings]);
  const { targets } = source;
  return { source, targets, readings, notes: notesOf(source.text, readings, targets), problems };
}
