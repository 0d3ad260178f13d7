/** How long an axis is; undefined where it cannot be known, or may be anything (Keras' batch). */
export type Size = number | undefined;

/** Sizes in the framework's own order, batch included; undefined where even the number of axes is unknown. */
export type TensorShape = readonly Size[];

/** What a tensor is to the interpreter: its shape and dtype, never its numbers. Each application makes new ones: identity is data flow. */
export interface Tensor {
  readonly shape: TensorShape | undefined;
  /** "float32", "int64", ...; undefined where unknown. */
  readonly dtype: string | undefined;
}
