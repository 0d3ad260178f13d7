import type { Shape } from "../kind.js";

/** A weight as TensorFlow.js layers stores it; its name is the parameter's. */
export interface TfjsWeight {
  readonly name: string;
  readonly shape: Shape;
  readonly data: Float32Array;
}

/** A layer of a TensorFlow.js layers model, without name and inputs. */
export interface TfjsLayer {
  readonly className: string;
  /** In the spelling of model.json: kernel_size. */
  readonly config: Readonly<Record<string, unknown>>;
  readonly weights: readonly TfjsWeight[];
}

/** The layers one of ours becomes, one behind the other; `main` is the one that keeps the name. */
export interface TfjsChain {
  readonly before?: TfjsLayer;
  readonly main: TfjsLayer;
  readonly after?: TfjsLayer;
}

/** What a description may use. */
export interface TfjsContext {
  readonly inputs: readonly Shape[];
  /** The values of one of the layer's parameters. */
  weight(name: string): TfjsWeight;
}

/** A chain, or why TensorFlow.js layers cannot say it, without the layer's name in front. */
export type TfjsDescription = TfjsChain | { readonly refused: string };

export const plain = (
  className: string,
  config: Readonly<Record<string, unknown>> = {},
  weights: readonly TfjsWeight[] = [],
): TfjsLayer => ({
  className,
  config,
  weights,
});

/** Config of layers that would take channels-first images as well. */
export const CHANNELS_LAST = { data_format: "channels_last" };
