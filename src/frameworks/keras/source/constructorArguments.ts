import type { TextRange } from "../../../base/text.js";
import type { TensorShape } from "../../../interpret/tensor.js";
import type { Arguments, Value } from "../../../interpret/values.js";
import type { Datum } from "../layers/data.js";
import type { KerasLayer } from "../layers/layer.js";
import { meantArgument } from "../layers/misspelt.js";
import { modernData, modernName, oldKernelAxes } from "../layers/oldNames.js";
import { sizeOf, sizesOf, toDatum } from "./datum.js";

/** Arguments of a layer's constructor by the names of Keras 3, whatever version they were written for. */
export interface ConstructorArguments {
  readonly data: Record<string, Datum>;
  readonly places: Map<number | string, TextRange>;
  readonly inputShape: TensorShape | undefined;
  /** Keywords that Keras refuses, and what they are taken for. */
  readonly misspelt: readonly { readonly keyword: string; readonly meant: string }[];
}

export function constructorArguments(
  row: KerasLayer,
  args: Arguments,
  given: ReadonlyMap<number | string, TextRange>,
): ConstructorArguments {
  const names = Object.keys(row.signature);
  const data: Record<string, Datum> = {};
  const places = new Map<number | string, TextRange>();
  const put = (name: string, value: Value, key: number | string) => {
    data[name] = toDatum(value);
    const at = given.get(key);
    if (at) places.set(modernName(name, row), at);
  };
  const positional = oldKernel(row, args.positional) ?? args.positional;
  const shift = args.positional.length - positional.length;
  positional.forEach((value, i) => {
    const name = names[i];
    if (name !== undefined) put(name, value, i > 1 ? i + shift : i);
  });
  const misspelt: { keyword: string; meant: string }[] = [];
  for (const [name, value] of args.named) {
    const meant = meantArgument(name, row);
    if (meant !== undefined) misspelt.push({ keyword: name, meant });
    put(meant ?? name, value, name);
  }
  return { data: { ...modernData(row, data) }, places, inputShape: statedInput(args.named), misspelt };
}

/** Convolution2D(32, 3, 3) of Keras 1 as Conv2D(32, (3, 3)); undefined where it is no such call. */
function oldKernel(row: KerasLayer, positional: readonly Value[]): readonly Value[] | undefined {
  const axes = oldKernelAxes(row);
  if (axes === undefined || positional.length <= axes) return undefined;
  const [filters, ...rest] = positional;
  const kernel = rest.slice(0, axes);
  const isOld = filters && kernel.every(({ kind }) => kind === "number") && rest.slice(axes).every(({ kind }) => kind === "string");
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
