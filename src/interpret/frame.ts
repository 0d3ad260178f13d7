import type { Scope } from "./scope.js";
import type { ClassValue, FunctionValue, Value } from "./values.js";

/** Where a statement runs. */
export interface Frame {
  /** Path of the file within the workspace. */
  readonly file: string;
  /** Names that the statement sees and sets. */
  readonly scope: Scope;
  /** What functions defined here close over: the same, but for Python's class bodies, whose names methods don't see. */
  readonly closure: Scope;
  /** The file's own names. */
  readonly globals: Scope;
  /** The function that runs and its receiver; none at the top of a file. */
  readonly function?: FunctionValue;
  readonly self?: Value | undefined;
  /** In the body of a class: functions defined here are its methods. */
  readonly owner?: ClassValue | undefined;
  /** What a generator has yielded so far. */
  readonly yields?: Value[];
}
