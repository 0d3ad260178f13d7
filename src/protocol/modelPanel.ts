// What the Model panel and its host say to each other. The panel shows any model: a saved file, source code, a network file.

/** Sizes of a tensor in its framework's own order, batch included; null where unknown. */
export type Sizes = readonly (number | null)[];

/** One layer or operation, in the order they run. */
export interface ModelNode {
  /** Its path or given name; "" for functions. */
  readonly name: string;
  readonly type: string;
  readonly outputs: readonly (Sizes | null)[];
  /** Null where unknown. */
  readonly parameters: number | null;
  /** For one example; null where unknown. */
  readonly multiplyAdds: number | null;
  /** Its line in the text beside, from 1; null where it has none. */
  readonly line: number | null;
  /** Indices into the model's tensors. */
  readonly tensors: readonly number[];
}

/** A weight or another stored tensor. */
export interface ModelTensor {
  readonly name: string;
  readonly shape: readonly (number | null)[];
  readonly dtype: string;
  /** Whether its numbers can be asked for. */
  readonly stored: boolean;
}

/** All of a model that is known without reading its weights. */
export interface ModelGraph {
  readonly title: string;
  /** "Keras", "ONNX", "PyTorch source". */
  readonly format: string;
  readonly inputs: readonly Sizes[];
  /** "a guess: this framework's habit"; empty where the file says so itself. */
  readonly inputNote: string;
  readonly nodes: readonly ModelNode[];
  /** Which results feed which nodes, by index; -1 is the model's input. */
  readonly edges: readonly (readonly [from: number, to: number])[];
  readonly tensors: readonly ModelTensor[];
  readonly totalParameters: number | null;
  readonly totalMultiplyAdds: number | null;
  /** `node` by index where the problem is one layer's. */
  readonly problems: readonly { readonly message: string; readonly severity: "error" | "warning" | "hint"; readonly node: number | null }[];
  /** There is a text beside whose cursor follows the selection. */
  readonly hasText: boolean;
  readonly canTrain: boolean;
}

/** What is known of one node beyond its row. */
export interface NodeDetails {
  readonly node: number;
  readonly inputs: readonly (Sizes | null)[];
  readonly attributes: readonly { readonly name: string; readonly value: string }[];
  /** "height: floor((28 + 2*2 - 5)/1) + 1 = 28". */
  readonly formulas: readonly { readonly label: string; readonly expression: string; readonly value: string }[];
  /** Of activations for one example at 4 bytes a number; null where unknown. */
  readonly activationBytes: number | null;
  /** Rows and columns of the input that one output sees; null where it is not an image's. */
  readonly receptiveField: readonly [number, number] | null;
}

/** Of all finite numbers of a tensor. */
export interface TensorSummary {
  readonly tensor: number;
  readonly count: number;
  readonly minimum: number;
  readonly maximum: number;
  readonly mean: number;
  readonly deviation: number;
  readonly zeros: number;
  readonly notFinite: number;
  /** Equal bins from minimum to maximum. */
  readonly histogram: readonly number[];
}

/** Numbers of a tensor as they are stored, row by row of its last axis. */
export interface TensorNumbers {
  readonly tensor: number;
  readonly offset: number;
  readonly values: Float32Array;
}

/** Kernels of a convolution: planes of height times width, all channels of the first kernel first. */
export interface KernelPlanes {
  readonly tensor: number;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly kernels: number;
  /** Which kernels `values` has, from `first` on. */
  readonly first: number;
  readonly values: Float32Array;
}

export type ToModelPanel =
  /** The page keeps `origin` in its saved state, as "origin", so that the host finds the model again after a reload. */
  | { readonly type: "model"; readonly graph: ModelGraph; readonly origin: string }
  /** The file cannot be read (any more); what was shown stays, dimmed. */
  | { readonly type: "failed"; readonly message: string }
  | { readonly type: "details"; readonly details: NodeDetails }
  | { readonly type: "summary"; readonly summary: TensorSummary }
  | { readonly type: "numbers"; readonly numbers: TensorNumbers }
  | { readonly type: "kernels"; readonly kernels: KernelPlanes }
  /** Reading one tensor failed. */
  | { readonly type: "tensorFailed"; readonly tensor: number; readonly message: string }
  /** The text's cursor is on this node's line. */
  | { readonly type: "select"; readonly node: number };

export type FromModelPanel =
  | { readonly type: "ready" }
  /** The user chose a node: its details are wanted, and the text's cursor follows. */
  | { readonly type: "select"; readonly node: number }
  /** Details of a node that the user did not choose just now: the text selected it, or the model is new. The cursor stays. */
  | { readonly type: "details"; readonly node: number }
  | { readonly type: "summary"; readonly tensor: number }
  | { readonly type: "numbers"; readonly tensor: number; readonly offset: number; readonly count: number }
  /** Asked for tensors of four axes. */
  | { readonly type: "kernels"; readonly tensor: number; readonly first: number; readonly count: number }
  | { readonly type: "openText" }
  | { readonly type: "train" }
  /** Asks where, then writes. `name` is the file name to offer. */
  | { readonly type: "save"; readonly name: string; readonly content: Uint8Array | string };
