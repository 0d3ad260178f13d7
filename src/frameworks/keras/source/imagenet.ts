import type { Size } from "../../../interpret/tensor.js";
import { FALSE, integer, type NativeFunction, NONE, tuple, unknown, type Value } from "../../../interpret/values.js";
import { sizesOf } from "./datum.js";
import { imageDataFormat } from "./settings.js";

/** What keras.applications share: which input a network gets that says none. */
const obtainInputShape: NativeFunction["call"] = ({ positional, named }, { interpreter }) => {
  const argument = (position: number, name: string): Value => positional[position] ?? named.get(name) ?? NONE;
  const given = sizesOf(argument(0, "input_shape"));
  if (given) return tuple(given.map((size) => (size === undefined ? NONE : integer(size))));
  const size = argument(1, "default_size");
  const flattens = named.get("require_flatten") ?? named.get("include_top") ?? positional[4];
  const format = named.get("data_format");
  const first = (format?.kind === "string" ? format.value : imageDataFormat(interpreter)) === "channels_first";
  const side: Size = flattens?.kind === "boolean" && !flattens.value ? undefined : size.kind === "number" ? size.value : undefined;
  const value: Value = side === undefined ? NONE : integer(side);
  return first ? tuple([integer(3), value, value]) : tuple([value, value, integer(3)]);
};

/** How many rows and columns are padded before a convolution with strides, so that it fits as "same" would. */
const correctPad: NativeFunction["call"] = ({ positional: [tensor = NONE, kernel] }, { interpreter }) => {
  const shape = tensor.kind === "tensor" ? tensor.tensor.shape : undefined;
  const sizes = sizesOf(kernel);
  const [height, width] = imageDataFormat(interpreter) === "channels_first" ? (shape?.slice(2) ?? []) : (shape?.slice(1) ?? []);
  const [rows, columns = rows] = sizes ?? [];
  if (rows === undefined || columns === undefined) return unknown("a kernel whose size is not known");
  const sides = (size: Size, reach: number) => {
    const half = Math.floor(reach / 2);
    return tuple([integer(half - (size === undefined ? 1 : 1 - (size % 2))), integer(half)]);
  };
  return tuple([sides(height, rows), sides(width, columns)]);
};

const FUNCTIONS: Readonly<Record<string, NativeFunction["call"]>> = {
  obtain_input_shape: obtainInputShape,
  _obtain_input_shape: obtainInputShape,
  correct_pad: correctPad,
  validate_activation: () => NONE,
  exists: () => FALSE,
};

export function imagenetFunction(name: string): NativeFunction | undefined {
  const call = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
  return call && { kind: "native", name, call };
}
