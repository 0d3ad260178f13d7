import type { TextRange } from "../../../base/text.js";
import type { TensorShape } from "../../../interpret/tensor.js";
import type { Arguments, Value } from "../../../interpret/values.js";
import type { Datum } from "../layers/data.js";
import type { KerasLayer } from "../layers/layer.js";
import { sizeOf, sizesOf, toDatum } from "./datum.js";

/** Arguments of a layer's constructor by the names of Keras 3, whatever version they were written for. */
export interface ConstructorArguments {
  readonly data: Record<string, Datum>;
  readonly places: Map<number | string, TextRange>;
  readonly inputShape: TensorShape | undefined;
}

/** Names that arguments had in Keras 1. */
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

export function constructorArguments(
  row: KerasLayer,
  args: Arguments,
  given: ReadonlyMap<number | string, TextRange>,
): ConstructorArguments {
  const names = Object.keys(row.signature);
  const data: Record<string, Datum> = {};
  const places = new Map<number | string, TextRange>();
  const put = (name: string, value: Value, key: number | string) => {
    data[name] = converted(name, toDatum(value));
    const at = given.get(key);
    if (at) places.set(name, at);
  };
  const positional = oldKernel(row, args.positional) ?? args.positional;
  const shift = args.positional.length - positional.length;
  positional.forEach((value, i) => {
    const name = names[i];
    if (name !== undefined) put(name, value, i > 1 ? i + shift : i);
  });
  for (const [name, value] of args.named) {
    const known = Object.hasOwn(row.signature, name) ? name : renamed(name, row);
    put(known, value, name);
  }
  const axes = KERNEL_AXES[row.className];
  if (axes && data["kernel_size"] === undefined && axes.every((axis) => axis in data)) data["kernel_size"] = axes.map((axis) => data[axis]);
  return { data, places, inputShape: statedInput(args.named) };
}

function renamed(name: string, row: KerasLayer): string {
  // An Embedding's output_dim is still called that.
  const modern = RENAMED[name];
  return modern !== undefined && Object.hasOwn(row.signature, modern) ? modern : name;
}

function converted(name: string, datum: Datum): Datum {
  if (name !== "data_format" && name !== "dim_ordering") return datum;
  return datum === "th" ? "channels_first" : datum === "tf" ? "channels_last" : datum;
}

/** Convolution2D(32, 3, 3) of Keras 1 as Conv2D(32, (3, 3)); undefined where it is no such call. Conv2D(32, 3, 3) is strides 3 in others. */
function oldKernel(row: KerasLayer, positional: readonly Value[]): readonly Value[] | undefined {
  const axes = KERNEL_AXES[row.className]?.length;
  if (axes === undefined || positional.length <= axes) return undefined;
  const kernel = positional.slice(1, axes + 1);
  const [filters, , , ...rest] = positional;
  const isOld = filters && kernel.every(({ kind }) => kind === "number") && (axes === 3 || rest.length === 0 || rest[0]?.kind === "string");
  return isOld ? [filters, { kind: "tuple", items: kernel }] : undefined;
}

/** What a first layer says of the model's input, batch included. */
function statedInput(named: ReadonlyMap<string, Value>): TensorShape | undefined {
  const whole = sizesOf(named.get("batch_input_shape") ?? named.get("batch_shape"));
  if (whole) return whole;
  const batch = sizeOf(named.get("batch_size"));
  const example = sizesOf(named.get("input_shape"));
  if (example) return [batch, ...example];
  const dim = named.get("input_dim");
  if (dim === undefined) return undefined;
  const length = named.get("input_length");
  return length ? [batch, sizeOf(length), sizeOf(dim)] : [batch, sizeOf(dim)];
}
