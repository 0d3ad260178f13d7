import type { Fix, Problem } from "../base/problem.js";
import type { TextRange } from "../base/text.js";
import type { TracedProblem } from "../interpret/trace.js";
import { insertLayer } from "./fixes/insertLayer.js";
import { renameArgument, setArguments } from "./fixes/setArguments.js";
import type { SourceText } from "./fixes/sourceText.js";
import { problemsOf } from "./notes.js";
import type { ModelReading } from "./types.js";

/**
 * A traced problem as one of a file: at its own place, or, where that is in another file, at `target` with that file's name in front.
 */
export function problemIn(traced: TracedProblem, source: SourceText, target: TextRange): Problem {
  const { place, severity, code, message } = traced;
  const here = place.file === source.file;
  const fixes = here ? traced.fixes.flatMap((fix) => fixIn(traced, fix, source) ?? []) : [];
  return { range: here ? place.range : target, severity, code, message: here ? message : `${place.file}: ${message}`, fixes };
}

function fixIn({ edits: changed }: TracedProblem, fix: TracedProblem["fixes"][number], source: SourceText): Fix | undefined {
  if (changed?.file !== source.file) return undefined;
  if ("rename" in fix) {
    const edit = renameArgument(changed, fix.rename, source);
    return edit && { title: fix.title, edits: [edit] };
  }
  const type = "insertBefore" in fix ? fix.insertBefore["type"] : undefined;
  const inserted = typeof type === "string" ? insertLayer(changed, type, source) : [];
  const set = fix.set ? setArguments(changed, fix.set, source) : [];
  return inserted && set && { title: fix.title, edits: [...inserted, ...set] };
}

/** A reading with those errors of its file that are about layers of this model: top-level code makes them before the model is read. */
export function withErrorsOf(file: readonly Problem[], reading: ModelReading): ModelReading {
  const isOurs = ({ range }: Problem) =>
    reading.layers.some(({ range: layer }) => layer !== undefined && layer.start <= range.start && range.end <= layer.end);
  const errors = file.filter((problem) => problem.severity === "error" && isOurs(problem));
  return errors.length === 0 ? reading : { ...reading, problems: problemsOf([{ problems: errors }, reading]) };
}
