import type { TextRange } from "../base/text.js";
import type { LayerFix, LayerProblem } from "../layers/kind.js";
import type { Place } from "./values.js";

/** Another keyword for an argument of the call. */
export interface KeywordFix {
  readonly title: string;
  readonly rename: { readonly from: string; readonly to: string };
}

/** What a program does wrong, with fixes of its text. */
export interface ProgramProblem extends Omit<LayerProblem, "fixes"> {
  readonly fixes: readonly (LayerFix | KeywordFix)[];
  /** The call that `fixes` change, usually the constructor of the layer; absent: nothing can be mended by an edit. */
  readonly edits?: {
    readonly file: string;
    /** The whole call, `Linear(400, 10)`. */
    readonly call: TextRange;
    /** Where the values of its arguments stand, by the names that `fixes` use; those left out are added at the end. */
    readonly arguments: ReadonlyMap<string, TextRange>;
    /** Where the layer was applied when it failed. */
    readonly calledAt?: Place;
  };
}

/** Writes the keyword that is meant instead of one that a call must not have. */
export function keywordFix(from: string, to: string): KeywordFix {
  return { title: `Use ${to}`, rename: { from, to } };
}
