import type { TensorOperations } from "./tensorOperations.js";
import type { ModuleValue } from "./values.js";

/** What is known of modules that are not in the workspace. */
export interface Library {
  /** A module by its full name ("torch.nn"); undefined where we know nothing of it. */
  module(name: string): ModuleValue | undefined;
  /** What the operators of the language do to this library's tensors. The first library that a program imports decides. */
  readonly tensors?: TensorOperations;
}
