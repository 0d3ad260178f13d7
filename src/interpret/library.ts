import type { ModuleValue } from "./values.js";

/** What is known of modules that are not in the workspace. */
export interface Library {
  /** A module by its full name ("torch.nn"); undefined where we know nothing of it. */
  module(name: string): ModuleValue | undefined;
}
