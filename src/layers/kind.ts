import type { Builder } from "../program/builder.js";
import type { Padding, Pair, Value } from "../program/types.js";
import type { Activation } from "./activation.js";
import type { ArgumentSchema, ArgumentsOf } from "./arguments.js";

/**
 * Sizes without the batch axis: [height, width, channels], or [units]. Three axes are an image, which is channels-last always; tensors of
 * other ranks are as the framework they come from has them (see axisOrder.ts).
 */
export type Shape = readonly number[];

/**
 * How a layer looks at its input, per spatial axis; for receptive fields. Strides are fractions where the image becomes larger, padding is
 * negative where rows are left out. "global" sees all of it, or an unknown part.
 */
export type Reach =
  | { readonly kernel: Pair; readonly strides: Pair; readonly dilation: Pair; readonly padding: Padding }
  | "pointwise"
  | "global";

/** Weights and statistics a layer owns. The variable's name in the program is `${layer}/${name}`. */
export interface Parameter {
  readonly name: string;
  readonly shape: readonly number[];
  readonly trainable: boolean;
  /** How it starts; fans in and out are those of the field (Keras' conventions). */
  readonly initializer: Initializer;
  /** Penalties on this parameter alone, as Keras counts them: l1 * sum|w| + l2 * sum w^2. */
  readonly penalty?: { readonly l1: number; readonly l2: number };
}

export type Initializer =
  | { readonly kind: "zeros" | "ones" }
  | { readonly kind: "constant"; readonly value: number }
  | { readonly kind: "randomUniform"; readonly low: number; readonly high: number }
  | { readonly kind: "randomNormal" | "truncatedNormal"; readonly mean: number; readonly deviation: number }
  | {
      readonly kind: "varianceScaling";
      readonly scale: number;
      readonly mode: "fanIn" | "fanOut" | "fanAverage";
      readonly distribution: "uniform" | "normal" | "truncatedNormal";
      readonly fanIn: number;
      readonly fanOut: number;
    };

/** One line of arithmetic for people: label "height", expression "floor((28 + 2*2 - 5)/1) + 1", value "28". Plain ASCII. */
export interface Formula {
  readonly label: string;
  readonly expression: string;
  readonly value: string;
}

/** What a layer makes of its inputs. */
export interface LayerShape {
  readonly output: Shape;
  readonly parameters: readonly Parameter[];
  /** For one example. */
  readonly multiplyAdds: number;
  readonly reach: Reach;
  /** How the output sizes, parameters and multiply-adds come about; made when asked for, as long networks are read often. */
  readonly formulas: () => readonly Formula[];
  /** Things that work but are probably not meant (rows never read, ...). */
  readonly warnings: readonly LayerProblem[];
}

/** Why a layer does not fit, without the layer's name in front; `argument` says where to underline (else the whole layer). */
export interface LayerProblem {
  readonly code: string;
  readonly message: string;
  readonly argument?: string;
  /** Arguments to set, or a layer to put in front, that would make it fit. */
  readonly fixes: readonly LayerFix[];
}

export type LayerFix =
  | { readonly title: string; readonly set: Readonly<Record<string, unknown>> }
  | {
      readonly title: string;
      readonly insertBefore: Readonly<Record<string, unknown>>;
      /** Arguments of the layer itself that have to be set as well. */
      readonly set?: Readonly<Record<string, unknown>>;
    };

export type Inferred = { readonly ok: true; readonly value: LayerShape } | { readonly ok: false; readonly error: LayerProblem };

/** What lowering may use beside the builder. */
export interface LowerContext {
  readonly builder: Builder;
  /** Dropout and batch normalization differ. */
  readonly training: boolean;
  /** The value of one of the layer's parameters, by its name in LayerShape.parameters. */
  parameter(name: string): Value;
  /** Uniform numbers in [0, 1) shaped like a value, from a stream of this layer's own. */
  random(like: Value): Value;
  /** Applies an activation. Compilation leaves the last one out where the loss works on logits; so never lower one past this. */
  activate(x: Value, activation: Activation): Value;
  /** Remembers a new value for a statistic; it is assigned at the end of a training step. */
  updateStatistic(name: string, value: Value): void;
}

/** Everything CNN Lab knows of one layer. One file each; catalogue.ts lists them. */
export interface LayerKind<Type extends string = string, Schema extends ArgumentSchema = ArgumentSchema> {
  readonly type: Type;
  /** One sentence for hovers and completion. */
  readonly summary: string;
  readonly arguments: Schema;
  /** A single one in a network is named by its type alone, without a number. */
  readonly singular?: true;
  /** "one": exactly one input. "many": two or more (add, concatenate). */
  readonly inputs: "one" | "many";
  /** `names` are those of the inputs, for messages. */
  infer(args: ArgumentsOf<Schema>, inputs: readonly Shape[], names: readonly string[]): Inferred;
  /** Called only where infer succeeded; `shape` is its answer. */
  lower(args: ArgumentsOf<Schema>, inputs: readonly Value[], shape: LayerShape, context: LowerContext): Value;
}
