import type { TextRange } from "../base/text.js";
import type { Formula, LayerProblem, Reach } from "../layers/kind.js";
import type { Size, Tensor, TensorShape } from "./tensor.js";
import type { Place } from "./values.js";

/** A weight or statistic, its sizes in the framework's own order. */
export interface TracedParameter {
  readonly name: string;
  readonly shape: readonly Size[];
  /** Statistics are no parameters in the framework's count where `counted` is false (PyTorch's running mean); Keras counts them. */
  readonly trainable: boolean;
  readonly counted: boolean;
}

/** Where a weight of a catalogue layer is among the framework's own: reordered, then reshaped to our sizes (the counts are equal). */
export interface WeightSource {
  /** Of the application's parameters, by its name there. */
  readonly parameter: string;
  /** Its axes in the order of ours; absent: as they are. */
  readonly permutation?: readonly number[];
}

/** The same in layers of our own catalogue, to be trained: applied one after another, the first one to all inputs. */
export interface CatalogueStep {
  readonly type: string;
  readonly args: Readonly<Record<string, unknown>>;
  /** By the name of our parameter ("kernel", "moving_mean"); those left out start as `args` say. */
  readonly weights?: Readonly<Record<string, WeightSource>>;
}

/** What one operation makes of its inputs: a row of a framework's table answers this. */
export interface Outcome {
  /** Undefined: this output's shape cannot be known. */
  readonly outputs: readonly (TensorShape | undefined)[];
  readonly parameters: readonly TracedParameter[];
  /** For one example; undefined where unknown. */
  readonly multiplyAdds: number | undefined;
  readonly reach: Reach;
  readonly formulas: () => readonly Formula[];
  /** Undefined where the catalogue has nothing like it: it cannot be trained here. */
  readonly catalogue: readonly CatalogueStep[] | undefined;
}

/** An argument of a layer or operation, as its framework writes it: "kernel_size", "(3, 3)". */
export interface Attribute {
  readonly name: string;
  readonly value: string;
}

/** One operation applied to tensors. */
export interface Application extends Outcome {
  /** As the framework names it: "Conv2d", "F.relu", "Conv2D". */
  readonly type: string;
  /** A layer was constructed somewhere; a function ("F.relu", "+", "torch.cat") just happens. */
  readonly role: "layer" | "function";
  /** The layer's path in its model ("layer1.0.conv1") or its given name; "" for functions. */
  readonly name: string;
  /** Where the layer was constructed; for functions the same as `calledAt`. */
  readonly madeAt: Place;
  readonly calledAt: Place;
  /** The layer itself: applied twice, its parameters count once. */
  readonly owner: object;
  readonly inputs: readonly Tensor[];
  readonly results: readonly Tensor[];
  /** What it was made with; worked out when somebody asks. */
  readonly attributes?: () => readonly Attribute[];
  /** Where the layer's constructor arguments stand, for fixes. */
  readonly argumentPlaces: ReadonlyMap<number | string, TextRange>;
}

/** Something the framework would refuse when it runs there. */
export interface TracedProblem extends LayerProblem {
  readonly place: Place;
  readonly severity: "error" | "warning" | "hint";
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

/** The shape of what a line yields, for hints in `forward` and functional code. */
export interface TracedLine {
  readonly place: Place;
  readonly shape: TensorShape;
}

/** What happened while a model was applied to its input. */
export class Trace {
  readonly applications: Application[] = [];
  readonly problems: TracedProblem[] = [];
  readonly lines: TracedLine[] = [];
  /** What could not be known, and where: faint notes. */
  readonly notes: { readonly place: Place; readonly why: string }[] = [];
}
