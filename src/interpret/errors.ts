import type { LayerProblem } from "../layers/kind.js";
import type { Place, Value } from "./values.js";

/**
 * What the language or the framework would raise at this place. Tables throw it where a program surely fails; the interpreter catches
 * it at a `try` of the program, at branches it is not sure of, and at last where reading began: it never leaves that.
 */
export class ProgramError extends Error {
  constructor(
    readonly problem: LayerProblem,
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
