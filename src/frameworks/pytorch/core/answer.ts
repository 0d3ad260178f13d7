import type { TensorShape } from "../../../interpret/tensor.js";
import type { CatalogueStep } from "../../../interpret/trace.js";
import { type TensorValue, tuple, type Value } from "../../../interpret/values.js";
import type { Formula, LayerProblem, Reach } from "../../../layers/kind.js";
import type { Args } from "./args.js";

/** What one operation makes of its arguments. */
export interface Answer {
  readonly outputs: readonly (TensorShape | undefined)[];
  readonly dtype: string | undefined;
  /** For one example; undefined where unknown. */
  readonly multiplyAdds: number | undefined;
  readonly reach: Reach;
  readonly formulas: () => readonly Formula[];
  /** Undefined where the catalogue has nothing like it; empty where nothing happens to the numbers. */
  readonly catalogue: readonly CatalogueStep[] | undefined;
  /** Of further results, as `catalogue` is of the first. */
  readonly others: readonly (readonly CatalogueStep[] | undefined)[];
  /** What PyTorch would raise; the outputs are then what they would be with the right argument. */
  readonly problem: LayerProblem | undefined;
  /** How the results are handed back: a single one as it is, several as a tuple, unless said here. */
  readonly pack: (results: readonly TensorValue[]) => Value;
}

/** A row of the table: shapes, costs and problems of an operation. */
export type Rule = (args: Args) => Answer;

const DEFAULTS: Answer = {
  outputs: [],
  dtype: undefined,
  multiplyAdds: 0,
  reach: "pointwise",
  formulas: () => [],
  catalogue: undefined,
  others: [],
  problem: undefined,
  pack: (results) => (results.length === 1 && results[0] ? results[0] : tuple(results)),
};

/** An answer with one output. */
export function answer(output: TensorShape | undefined, more: Partial<Answer> = {}): Answer {
  return { ...DEFAULTS, outputs: [output], ...more };
}

/** An answer with several outputs. */
export function answers(outputs: readonly (TensorShape | undefined)[], more: Partial<Answer> = {}): Answer {
  return { ...DEFAULTS, ...more, outputs, ...(more.pack ? {} : { pack: tuple }) };
}

/** A problem that sets nothing right by itself. */
export function problem(code: string, message: string, more: Partial<LayerProblem> = {}): LayerProblem {
  return { code, message, fixes: [], ...more };
}

/** A fix that sets one argument: `in_features=256`. */
export function setting(argument: string, value: unknown): LayerProblem["fixes"][number] {
  return { title: `Set ${argument}=${Array.isArray(value) ? `(${value.join(", ")})` : String(value)}`, set: { [argument]: value } };
}
