import { suggest } from "../layers/suggest.js";
import type { Parameter } from "../syntax/tree.js";
import { keywordFix, type ProgramProblem } from "./problem.js";
import type { Place, Value } from "./values.js";

/**
 * What the language or the framework would raise at this place. Tables throw it where a program surely fails; the interpreter catches
 * it at a `try` of the program, at branches it is not sure of, and at last where reading began: it never leaves that.
 */
export class ProgramError extends Error {
  constructor(
    readonly problem: ProgramProblem,
    readonly place: Place,
    /** The exception of the program itself, where it raised one. */
    readonly raised?: Value,
  ) {
    super(problem.message);
  }
}

/** An error without fixes. `code` is for people who filter problems: "TypeError", "shape". */
export function programError(code: string, message: string, place: Place, raised?: Value): ProgramError {
  return new ProgramError({ code, message, fixes: [] }, place, raised);
}

/**
 * Python's TypeError for a keyword that a call must not have, of `callee` as it is named there: "Conv2d()". The fix writes the nearest of
 * those that it may still have.
 */
export function unexpectedKeyword(callee: string, keyword: string, free: readonly string[], place: Place): ProgramError {
  const meant = suggest(keyword, free);
  const message = `${callee} got an unexpected keyword argument '${keyword}'`;
  const fixes = meant === undefined ? [] : [keywordFix(keyword, meant)];
  return new ProgramError(
    { code: "TypeError", message, fixes, edits: { file: place.file, call: place.range, arguments: new Map() } },
    place,
  );
}

/** Python's TypeError for parameters without an argument; those of one kind. */
export function missingArguments(callee: string, missing: readonly Pick<Parameter, "name" | "kind">[], place: Place): ProgramError {
  const kind = missing[0]?.kind === "namedOnly" ? "keyword-only" : "positional";
  const names = missing.map(({ name }) => `'${name}'`);
  const all = names.length > 1 ? `${names.slice(0, -1).join(", ")}${names.length > 2 ? "," : ""} and ${names.at(-1)}` : names.join();
  const message = `${callee} missing ${missing.length} required ${kind} argument${missing.length > 1 ? "s" : ""}: ${all}`;
  return programError("TypeError", message, place);
}

/** Python's TypeError for more positional arguments than a function takes; `self` counts as one of them. */
export function tooManyArguments(
  callee: string,
  { least, most, given }: { readonly least: number; readonly most: number; readonly given: number },
  place: Place,
): ProgramError {
  const takes = least === most ? `${most}` : `from ${least} to ${most}`;
  const were = given === 1 ? "1 was" : `${given} were`;
  const message = `${callee} takes ${takes} positional ${takes === "1" ? "argument" : "arguments"} but ${were} given`;
  return programError("TypeError", message, place);
}

/** A generator has yielded as much as anybody takes of one: its body ends here. */
export class GeneratorFull extends Error {
  constructor(readonly yields: object) {
    super("the generator goes on");
  }
}

/** The budget is spent: nothing of the program catches this. */
export class ReadingStopped extends Error {
  constructor(
    readonly reason: string,
    readonly place: Place,
  ) {
    super(`Reading stopped here: ${reason}`);
  }
}
