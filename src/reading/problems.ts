import type { Fix, Problem } from "../base/problem.js";
import type { TextRange } from "../base/text.js";
import type { TracedProblem } from "../interpret/trace.js";
import type { LayerFix } from "../layers/kind.js";
import type { Language } from "../syntax/parser.js";

/**
 * A traced problem as one of `file`: at its own place, or, where that is in another file, at `target` with that file's name in front.
 */
export function problemIn(traced: TracedProblem, file: string, language: Language, target: TextRange): Problem {
  const { place, severity, code, message } = traced;
  const here = place.file === file;
  const fixes = here ? traced.fixes.flatMap((fix) => editsOf(traced, fix, language) ?? []) : [];
  return { range: here ? place.range : target, severity, code, message: here ? message : `${place.file}: ${message}`, fixes };
}

function editsOf({ edits }: TracedProblem, fix: LayerFix, language: Language): Fix | undefined {
  if (!edits || !("set" in fix)) return undefined;
  const changes: { range: TextRange; text: string }[] = [];
  for (const [name, value] of Object.entries(fix.set)) {
    const range = edits.arguments.get(name);
    if (range) changes.push({ range, text: written(value, language) });
    else if (language === "javascript") return undefined;
    else changes.push({ range: behind(edits.call), text: `, ${name}=${written(value, language)}` });
  }
  return { title: fix.title, edits: changes };
}

/** Right before the bracket that closes a call. */
function behind({ end }: TextRange): TextRange {
  return { start: end - 1, end: end - 1 };
}

/** A value as the language writes it. */
function written(value: unknown, language: Language): string {
  if (Array.isArray(value)) {
    const items = value.map((item) => written(item, language)).join(", ");
    return language === "javascript" ? `[${items}]` : `(${items})`;
  }
  if (typeof value === "boolean" && language === "python") return value ? "True" : "False";
  return JSON.stringify(value);
}
