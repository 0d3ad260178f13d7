import type { Rule } from "./call.js";
import { ARRANGEMENTS } from "./operators/arrange.js";
import { CONSTANTS } from "./operators/constant.js";
import { CONTROL } from "./operators/control.js";
import { CONVOLUTIONS } from "./operators/convolution.js";
import { ELEMENTWISE } from "./operators/elementwise.js";
import { IMAGES } from "./operators/image.js";
import { LINEAR } from "./operators/linear.js";
import { NORMALIZATIONS } from "./operators/normalization.js";
import { POOLS } from "./operators/pooling.js";
import { REDUCTIONS } from "./operators/reduce.js";
import { SELECTIONS } from "./operators/select.js";

/** Domains whose operators are known: ONNX' own, and ONNX Runtime's fused ones. */
const DOMAINS = new Set(["", "ai.onnx", "com.microsoft"]);

/** Every operator that is understood, of all operator sets; what changed between them is in its rule. */
export const OPERATORS: ReadonlyMap<string, Rule> = new Map(
  Object.entries({
    ...CONVOLUTIONS,
    ...POOLS,
    ...LINEAR,
    ...NORMALIZATIONS,
    ...ELEMENTWISE,
    ...ARRANGEMENTS,
    ...SELECTIONS,
    ...CONSTANTS,
    ...REDUCTIONS,
    ...IMAGES,
    ...CONTROL,
  }),
);

/** The rule of an operator; undefined where nothing is known of it. */
export function ruleOf(operator: string, domain: string): Rule | undefined {
  return DOMAINS.has(domain) ? OPERATORS.get(operator) : undefined;
}
