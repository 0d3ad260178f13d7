import type { TextRange } from "../../base/text.js";
import type { Grammars } from "../parser.js";
import type { Module } from "../tree.js";
import { brokenStatements, without } from "./broken.js";
import { pythonModule } from "./module.js";

/** The program in a text of Python; where it is being written, without the statement that is not done yet. Never fails. */
export function parsePython(grammars: Grammars, text: string): Module {
  const broken = brokenStatements(text);
  const around = parsedWithout(broken);
  const isAllDangling = broken.every(({ dangles }) => dangles);
  // Where all else is whole, what opens there is closed nowhere, and to parse it costs several times as much as all else.
  if (isAllDangling || total(around.errors) === total(broken)) return around;
  const module = parsedWithout(broken.filter(({ dangles }) => dangles));
  // Where taking out what looks open does not help, it was not what is broken.
  return total(around.errors) - total(broken) < total(module.errors) ? around : module;

  function parsedWithout(statements: readonly TextRange[]): Module {
    const parsed = pythonModule(grammars.parse("python", statements.length > 0 ? without(text, statements) : text));
    if (statements.length === 0) return parsed;
    const errors = statements.map(({ start, end }) => ({ start, end }));
    return { ...parsed, errors: [...errors, ...parsed.errors].sort((a, b) => a.start - b.start) };
  }
}

function total(ranges: readonly TextRange[]): number {
  return ranges.reduce((sum, { start, end }) => sum + end - start, 0);
}
