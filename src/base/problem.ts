import type { TextRange } from "./text.js";

export type Severity = "error" | "warning" | "hint";

/** An edit that makes a problem right; its title is an imperative that names the edit ("Use padding same"). */
export interface Fix {
  readonly title: string;
  readonly edits: readonly { readonly range: TextRange; readonly text: string }[];
}

/** Something wrong in a text. The message is one sentence: the name, what is wrong with both shapes, what would fit. */
export interface Problem {
  readonly range: TextRange;
  readonly severity: Severity;
  /** Stable, for tests and for "CNN Lab(shape-mismatch)". */
  readonly code: string;
  readonly message: string;
  /** The surest first. */
  readonly fixes: readonly Fix[];
}
