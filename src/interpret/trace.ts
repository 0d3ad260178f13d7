import type { TextRange } from "../base/text.js";
import type { Formula, Reach } from "../layers/kind.js";
import type { Budget } from "./budget.js";
import { ReadingStopped } from "./errors.js";
import type { ProgramProblem } from "./problem.js";
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
  /** Its sizes before its axes are reordered, where they are not those that are stored. */
  readonly shape?: readonly number[];
  /** Its axes in the order of ours; absent: as they are. */
  readonly permutation?: readonly number[];
}

/** The same in layers of our own catalogue, to be trained: applied one after another, the first one to all inputs. */
export interface CatalogueStep {
  readonly type: string;
  readonly args: Readonly<Record<string, unknown>>;
  /** By the name of our parameter ("kernel", "moving_mean"); those left out start as `args` say. */
  readonly weights?: Readonly<Record<string, WeightSource>>;
  /** Of a first step: which of the inputs it is applied to, by index; absent: all of them. */
  readonly takes?: readonly number[];
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
  /** What makes the first result. Undefined where the catalogue has nothing like it: it cannot be trained here. */
  readonly catalogue: readonly CatalogueStep[] | undefined;
  /** What makes each further result, from the same inputs; absent: none of them can be had. */
  readonly others?: readonly (readonly CatalogueStep[] | undefined)[];
}

/** An argument of a layer or operation, as its framework writes it: "kernel_size", "(3, 3)". */
export interface Attribute {
  readonly name: string;
  readonly value: string;
}

/** The deepest networks that people write have some 2,000. */
const MOST_APPLICATIONS = 10_000;

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
  /** What a layer of the program's own did, operation by operation, where `catalogue` does not say it. */
  readonly inside?: Inside;
  /** What it was made with; worked out when somebody asks. */
  readonly attributes?: (() => readonly Attribute[]) | undefined;
  /** Where the layer's constructor arguments stand, for fixes. */
  readonly argumentPlaces: ReadonlyMap<number | string, TextRange>;
}

/** Applications from a layer's inputs to `results`, which stand for the layer's own, one by one. */
export interface Inside {
  readonly applications: readonly Application[];
  readonly results: readonly Tensor[];
}

/** Something the framework would refuse when it runs there. */
export interface TracedProblem extends ProgramProblem {
  readonly place: Place;
  readonly severity: "error" | "warning" | "hint";
}

/** The shape of what a line yields, for hints in `forward` and functional code. */
export interface TracedLine {
  readonly place: Place;
  readonly shape: TensorShape;
}

/** What happened while a model was applied to its input. */
export class Trace {
  /** To be added to by `add`. */
  readonly applications: Application[] = [];
  readonly problems: TracedProblem[] = [];
  readonly lines: TracedLine[] = [];
  /** What could not be known, and where: faint notes. */
  readonly notes: { readonly place: Place; readonly why: string }[] = [];

  /** Applying a layer is a step of this budget, as running a statement is. `before` is what had happened when this began. */
  constructor(
    private readonly budget?: Budget,
    readonly before?: Trace,
  ) {}

  /** Throws ReadingStopped where there are more than anybody looks at: programs grow models in loops without an end. */
  add(application: Application): void {
    this.budget?.step(application.calledAt);
    if (this.applications.length >= MOST_APPLICATIONS)
      throw new ReadingStopped(`it has more than ${MOST_APPLICATIONS} layers and operations`, application.calledAt);
    this.applications.push(application);
  }
}
