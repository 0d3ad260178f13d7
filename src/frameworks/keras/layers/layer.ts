import type { TensorShape } from "../../../interpret/tensor.js";
import type { CatalogueStep, TracedParameter } from "../../../interpret/trace.js";
import type { Formula, LayerProblem, Reach } from "../../../layers/kind.js";
import type { LayerArguments } from "./arguments.js";
import type { Datum } from "./data.js";

/** Stands for the default of an argument that has to be given. */
export const REQUIRED = Symbol("required");

/** Arguments of a constructor in the order they are given without names, with what they are when left out. */
export type Signature = Readonly<Record<string, Datum | typeof REQUIRED>>;

/** What a layer makes of its inputs. Left out: no parameters, no multiply-adds, pointwise, no formulas, not in our catalogue. */
export interface Inference {
  readonly outputs: readonly (TensorShape | undefined)[];
  readonly parameters?: readonly TracedParameter[];
  readonly multiplyAdds?: number | undefined;
  readonly reach?: Reach;
  readonly formulas?: () => readonly Formula[];
  readonly catalogue?: readonly CatalogueStep[] | undefined;
}

/** Whole shapes, batch included; undefined where even the number of axes is unknown. At least one. */
export type InputShapes = readonly [TensorShape | undefined, ...(TensorShape | undefined)[]];

/** One row of the table: everything known of a class of Keras layers. */
export interface KerasLayer {
  readonly className: string;
  readonly signature: Signature;
  /** Throws Misfit where Keras would refuse. */
  infer(args: LayerArguments, inputs: InputShapes): Inference;
}

/** Why a layer does not fit; `applyKerasLayer` answers it as a value. */
export class Misfit extends Error {
  constructor(readonly problem: LayerProblem) {
    super(problem.message);
  }
}

/** A row of the table. */
export function layer(className: string, signature: Signature, infer: KerasLayer["infer"]): KerasLayer {
  return { className, signature, infer };
}
