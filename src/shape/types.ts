import type { Problem } from "../base/problem.js";
import type { LayerShape, Shape } from "../layers/kind.js";
import type { Layer } from "../model/network.js";

/** Part of the input one output unit depends on, per axis [height, width], in input pixels. */
export interface ReceptiveField {
  readonly size: readonly [number, number];
  /** Input pixels between neighbouring units; a fraction behind layers that enlarge images. */
  readonly stride: readonly [number, number];
  /** Input coordinate of the first unit's first pixel; negative inside padding. */
  readonly offset: readonly [number, number];
}

/** A layer with what inference knows of it. */
export interface InferredLayer {
  readonly layer: Layer;
  /** Undefined where an input is unknown, left out when broken. */
  readonly inputs: readonly (Shape | undefined)[];
  /** Undefined where it could not be inferred. */
  readonly shape: LayerShape | undefined;
  /** Undefined without a spatial input or where unknown. */
  readonly receptiveField: ReceptiveField | undefined;
  /** Bytes of the output for one example, float32. */
  readonly activationBytes: number;
}

export interface NetworkShapes {
  /** One for each layer of the network, in its order. */
  readonly layers: readonly InferredLayer[];
  /** Undefined where unknown. */
  readonly output: Shape | undefined;
  readonly totalParameters: number;
  readonly trainableParameters: number;
  readonly totalMultiplyAdds: number;
  readonly totalActivationBytes: number;
  readonly problems: readonly Problem[];
}
// `inferShapes(network: Network): NetworkShapes` is in infer.ts. It never throws.
