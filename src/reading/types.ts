import type { Problem } from "../base/problem.js";
import type { TextRange } from "../base/text.js";
import type { Framework, Layout, TrainingSaid } from "../frameworks/framework.js";
import type { Tensor, TensorShape } from "../interpret/tensor.js";
import type { Application, Attribute } from "../interpret/trace.js";

/** How the input's shape came about; the last two are guesses, shown as such. */
export type InputOrigin = "asked" | "comment" | "setting" | "file" | "solved" | "habit";

/** A model that a source file can make. */
export interface ModelTarget {
  /** An expression in the file's own language: "ResNet18()", "model". */
  readonly expression: string;
  readonly name: string;
  readonly kind: "class" | "function" | "variable";
  /** Of its name, where it is defined. */
  readonly range: TextRange;
}

/** One layer or operation of a model, in the order they run. */
export interface ReadLayer {
  readonly name: string;
  readonly type: string;
  readonly role: "layer" | "function";
  /** Where it was made, or what a library makes was asked for; undefined where another file did, or where the file has no text. */
  readonly range: TextRange | undefined;
  /** The other file that made it, or the library's own. */
  readonly file?: string;
  readonly inputs: readonly (TensorShape | undefined)[];
  readonly outputs: readonly (TensorShape | undefined)[];
  /** Its own, those it shares with an earlier use of itself too; undefined where unknown. */
  readonly parameters: number | undefined;
  /** What it came from, where it was traced: formulas, reach, weights. */
  readonly application?: Application;
  /** What it was made with; worked out when somebody asks. */
  readonly attributes?: () => readonly Attribute[];
  /** Of saved models: the names of its stored weights in `tensors`, by those of its parameters. */
  readonly weights?: ReadonlyMap<string, string>;
}

/** The graph of layers: which results feed which layers, by index into `layers`; -1 is the model's input. */
export type Edge = readonly [from: number, to: number];

/** A tensor that a file stores. */
export interface StoredTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: string;
}

/** What is known of one model of a file, whatever it is written in. Shapes are whole, batch included. */
export interface ModelReading {
  readonly framework: Framework;
  readonly layout: Layout;
  readonly target: string;
  readonly inputs: readonly TensorShape[];
  readonly inputOrigin: InputOrigin;
  /** The model's own function that gets the inputs: what it calls them, and where its name stands. */
  readonly signature?: { readonly names: readonly string[]; readonly range: TextRange };
  readonly layers: readonly ReadLayer[];
  readonly edges: readonly Edge[];
  readonly outputs: readonly (TensorShape | undefined)[];
  /** The tensors that go in and come out, as applications know them; absent: what nothing makes goes in, what is made last comes out. */
  readonly ends?: { readonly inputs: readonly Tensor[]; readonly outputs: readonly Tensor[] };
  /** How the program trains it, where it says so plainly; worked out when somebody asks. */
  readonly training?: () => TrainingSaid;
  /** Each layer's once; undefined where unknown. */
  readonly totalParameters: number | undefined;
  /** Shapes of values at lines of `forward`, `call` and functional code. */
  readonly lines: readonly { readonly range: TextRange; readonly shape: TensorShape }[];
  /** All that is stored; checkpoints have these alone, without a graph. */
  readonly tensors?: readonly StoredTensor[];
  readonly problems: readonly Problem[];
}

/** A source file as far as it was understood. */
export interface SourceReading {
  readonly text: string;
  readonly targets: readonly ModelTarget[];
  /** The first of `targets`, for which the others need not be looked for. */
  readonly firstTarget: ModelTarget | undefined;
  /** The same as `targets`, each looked for when it is asked for. */
  eachTarget(): Iterator<ModelTarget, undefined>;
  /** Places that the grammar did not understand: someone is typing there. */
  readonly broken: boolean;
  /** Of the file itself, not of one of its models. */
  readonly problems: readonly Problem[];
  /**
   * One model of the file, by an expression in the file's language or as a target that may not have been looked for yet; without either the
   * first target. `inputs` are examples without a batch. Never throws; answers are kept.
   */
  read(target?: string | ModelTarget, inputs?: readonly TensorShape[]): ModelReading;
  /** The edit that says the inputs of one of `targets` by a comment above it, as "3x32x32". */
  inputComment(expression: string, inputs: string): { readonly range: TextRange; readonly text: string };
}
