import type { Datum, DatumRecord } from "./data.js";
import type { KerasLayer } from "./layer.js";

/** Names that arguments had in Keras 1, and what they are called now. */
const RENAMED: Readonly<Record<string, string>> = {
  nb_filter: "filters",
  subsample: "strides",
  subsample_length: "strides",
  border_mode: "padding",
  dim_ordering: "data_format",
  bias: "use_bias",
  init: "kernel_initializer",
  W_regularizer: "kernel_regularizer",
  b_regularizer: "bias_regularizer",
  gamma_init: "gamma_initializer",
  beta_init: "beta_initializer",
  atrous_rate: "dilation_rate",
  filter_length: "kernel_size",
  pool_length: "pool_size",
  stride: "strides",
  length: "size",
  inner_activation: "recurrent_activation",
  output_dim: "units",
  p: "rate",
};

/** In Keras 1, kernels are given as numbers of rows, columns (and planes before them). */
const KERNEL_AXES: Readonly<Record<string, readonly string[]>> = {
  Conv2D: ["nb_row", "nb_col"],
  Conv2DTranspose: ["nb_row", "nb_col"],
  SeparableConv2D: ["nb_row", "nb_col"],
  Conv3D: ["kernel_dim1", "kernel_dim2", "kernel_dim3"],
};

/** How many numbers say a kernel's size in Keras 1; undefined for layers without one. */
export function oldKernelAxes({ className }: KerasLayer): number | undefined {
  return KERNEL_AXES[className]?.length;
}

/** An argument's name in Keras 3. An Embedding's output_dim is still called that. */
export function modernName(name: string, { signature }: KerasLayer): string {
  if (Object.hasOwn(signature, name)) return name;
  // Only pooling had it; a convolution that is given one is refused by all versions.
  if (name === "stride" && !Object.hasOwn(signature, "pool_size")) return name;
  const modern = RENAMED[name];
  return modern !== undefined && Object.hasOwn(signature, modern) ? modern : name;
}

/** Arguments of any version of Keras by the names and values of Keras 3. */
export function modernData(row: KerasLayer, data: DatumRecord): DatumRecord {
  const modern: Record<string, Datum> = {};
  for (const [name, value] of Object.entries(data)) {
    const known = modernName(name, row);
    modern[known] = known === "data_format" ? (value === "th" ? "channels_first" : value === "tf" ? "channels_last" : value) : value;
  }
  const axes = KERNEL_AXES[row.className];
  if (axes && modern["kernel_size"] === undefined && axes.every((axis) => axis in modern))
    modern["kernel_size"] = axes.map((axis) => modern[axis]);
  return modern;
}
