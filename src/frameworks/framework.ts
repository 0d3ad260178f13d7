import type { Library } from "../interpret/library.js";
import type { Tensor, TensorShape } from "../interpret/tensor.js";
import type { Trace } from "../interpret/trace.js";
import type { InstanceValue, InterpreterApi, Place, Value } from "../interpret/values.js";
import type { TrainingText } from "./training/text.js";

export type Framework = "pytorch" | "keras" | "tfjs" | "flux" | "onnx" | "safetensors" | "cnn";

/** Where the channels are: decides how shapes are drawn and which axes are height and width. */
export type Layout = "NCHW" | "NHWC" | "WHCN";

/** What a program says of a model's training, as the training block of a `.cnn.json` file says it; the rest is left to its defaults. */
export interface TrainingSaid {
  readonly optimizer?: Readonly<Record<string, unknown>>;
  readonly loss?: string;
  readonly schedule?: Readonly<Record<string, unknown>>;
  readonly batchSize?: number;
  readonly epochs?: number;
}

/** What a framework's folder offers to the reader of source files. */
export interface SourceFramework {
  readonly framework: Framework;
  readonly layout: Layout;
  readonly languages: readonly ("python" | "javascript" | "julia")[];
  /** The framework's own modules, classes and functions, and those of its kin. */
  readonly library: Library;
  /** Whether a value is a model (or a layer): something that can be applied to tensors. */
  isModel(value: Value): boolean;
  /** Whether a class of the file makes models when it is called. */
  isModelClass(value: Value): boolean;
  /** Layers that are made of others: a class of the file that is called inside of one is a part, no model. */
  readonly containers?: readonly string[];
  /**
   * The last model that code made while it wrote this trace. Functions that make a model, train it and show what it does answer none;
   * without this, they are no targets.
   */
  lastMade?(trace: Trace): InstanceValue | undefined;
  /** A tensor of this shape as a model is fed it: batch in front (behind for Flux), float32. `example` has no batch axis. */
  input(example: TensorShape): Tensor;
  /** The inputs a model says itself (input_shape=, keras.Input); undefined where it says none. Whole shapes, batch included. */
  ownInputs(model: Value, interpreter: InterpreterApi): readonly TensorShape[] | undefined;
  /**
   * Applies a model, recording each leaf layer and function in the interpreter's trace; answers what comes out. Keras' functional models
   * have been traced while they were built: they are traced again here, in the order they run.
   */
  apply(model: Value, inputs: readonly Tensor[], interpreter: InterpreterApi, place: Place): Value;
  /** All that a model learns, also what the input never reaches; undefined, or without this, where only the trace tells. Asked after `apply`. */
  parameterCount?(model: Value): number | undefined;
  /** How the program trains a model, where running it has shown so. */
  training?(model: Value): TrainingSaid | undefined;
  /** How a program trains its models as its text says, also where it is never run. */
  trainingIn?(text: TrainingText): TrainingSaid;
  /** The example a model of this framework usually gets when nothing else says so, without the batch: 3x224x224. */
  readonly habit: TensorShape;
}
