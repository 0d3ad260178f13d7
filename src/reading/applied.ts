import { ProgramError, type ReadingStopped } from "../interpret/errors.js";
import type { Tensor } from "../interpret/tensor.js";
import type { Trace } from "../interpret/trace.js";
import type { Value } from "../interpret/values.js";

/** A model applied to an input. */
export interface Application {
  readonly inputs: readonly Tensor[];
  readonly trace: Trace;
  readonly result: Value | undefined;
  /** What ended it early. */
  readonly failure: ProgramError | ReadingStopped | undefined;
}

/** Whether nothing speaks against an input; a model too large to be followed to its end is no reason. */
export function fits({ trace, failure }: Application): boolean {
  return !(failure instanceof ProgramError) && trace.problems.every(({ severity }) => severity !== "error");
}

/**
 * Whether it is the model that is wrong rather than the input that was guessed for it: one layer of a model with one input does not fit,
 * and there is an edit that would make it.
 */
export function isBelievable({ inputs, trace, failure }: Application): boolean {
  const [error, ...others] = trace.problems.filter(({ severity }) => severity === "error");
  return inputs.length === 1 && failure === undefined && others.length === 0 && error !== undefined && error.fixes.length > 0;
}

/**
 * What ended an application early, where the text is to blame: not for what who applies it leaves out, which is no part of it, nor for what
 * a class leaves to those that are derived from it.
 */
export function ownFailure({ failure }: Application, isBase: boolean): Application["failure"] {
  if (!(failure instanceof ProgramError)) return failure;
  const isAbstract = isBase || (failure.raised !== undefined && failure.problem.code === "NotImplementedError");
  return isAbstract || failure.place.file === "" ? undefined : failure;
}

/** The first thing that is wrong, in words. */
export function firstError({ trace, failure }: Application): string | undefined {
  return trace.problems.find(({ severity }) => severity === "error")?.message ?? failure?.message;
}

/** An application without its errors. */
export function silenced(applied: Application): Application {
  const problems = applied.trace.problems.filter(({ severity }) => severity !== "error");
  applied.trace.problems.splice(0, applied.trace.problems.length, ...problems);
  return { ...applied, failure: undefined };
}
